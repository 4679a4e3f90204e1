// Makes the playground: one HTML file with everything in it, which a browser also opens from the disk. Runs after `tsc -b`.
// With --serve it is shown on this machine, at http://localhost:8000 or the port of --port.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, relative } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { RULES, rulePage } from '@prosodist/core';
import { build, transform } from 'esbuild';
import { notices } from './notices.mjs';
import { root } from './run.mjs';

const home = join(root, 'packages/playground');
const source = join(home, 'src');

/** The first browsers that have all that the page uses. */
const TARGET = ['chrome111', 'firefox113', 'safari16.4'];

/** Where the page is. */
export const PAGE = join(home, 'dist/index.html');

/**
 * Builds the page.
 * @returns bytes of its parts, packed as servers send them
 */
export async function buildPlayground() {
  const project = exampleProject(join(root, 'examples/jitsi-active-directory'), '/etc/prosody');
  const example = { EXAMPLE: project, JUDGED_EXAMPLE: await judgedAtBuild(project) };
  const script = await bundle(
    'page/main.ts',
    example,
    /packages\/(?:core|language-service)\/.*(?:luaparse|evaluate\/(?!files)|catalog|rules)/,
  );
  const worker = await bundle('worker/main.ts', example, /pages\.generated/);
  const css = readFileSync(join(source, 'page/style.css'), 'utf8');
  const style = (await transform(css, { loader: 'css', minify: true, target: TARGET })).code.trim();
  // the editor makes a style element of its own, which this lets in; no script and no frame is let in by it
  const nonce = sha256(script.text + style)
    .slice(0, 22)
    .replace(/[+/]/g, 'x');
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha256(script.text)}'`,
    `style-src 'nonce-${nonce}'`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const page = readFileSync(join(source, 'index.html'), 'utf8')
    .replace('<style>', `<style nonce="${nonce}">`)
    .replace('@POLICY@', policy)
    .replace('/* STYLE */', () => style)
    .replace('@WORKER@', () => worker.text)
    .replace('"@RULE_PAGES@"', () => forJson(rulePages()))
    .replace('/* SCRIPT */', () => script.text)
    .replace('@LICENCES@', () => notices([...new Set([script, worker].flatMap(({ inputs }) => inputs))]).replaceAll('--', '- -'));
  mkdirSync(join(home, 'dist'), { recursive: true });
  writeFileSync(PAGE, page);
  const packed = text => gzipSync(text).length;
  return { script: packed(script.text), worker: packed(worker.text), page: packed(page) };
}

async function bundle(entry, example, without) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(source, entry)],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: TARGET,
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    plugins: [exampleModule(example)],
  });
  const [output] = Object.values(metafile.outputs);
  const stray =
    without && Object.entries(output.inputs).find(([input, { bytesInOutput }]) => bytesInOutput > 0 && without.test(input));
  if (stray) throw new Error(`${entry} must not contain ${stray[0]}: another part of the page has it`);
  return { text: forHtml(outputFiles[0].text, entry), inputs: Object.keys(output.inputs) };
}

/** Every rule's page by its name: behind the scripts, for none of them is needed to start. */
function rulePages() {
  return Object.fromEntries(RULES.map(({ name }) => [name, rulePage(name)]));
}

/** What the worker's own code says of a project: the page shows it before its worker has begun. */
async function judgedAtBuild(project) {
  const contents = `import { openProject } from './worker/state.ts';
    import { judged } from './worker/judged.ts';
    export const judge = project => judged(openProject(project, undefined));`;
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents, resolveDir: source },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
  });
  const { judge } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
  return judge(project);
}

/** The example as a module of its own, so that the page asks for nothing. */
function exampleModule(example) {
  return {
    name: 'example',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^example$/ }, ({ path }) => ({ path, namespace: 'example' }));
      onLoad({ filter: /./, namespace: 'example' }, () => ({
        contents: Object.entries(example)
          .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
          .join('\n'),
      }));
    },
  };
}

function exampleProject(folder, at) {
  const files = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const name = `${at}/${relative(folder, file).replaceAll('\\', '/')}`;
    if (entry.isSymbolicLink()) files[name] = { link: readlinkSync(file) };
    else if (entry.isFile() && name.endsWith('.lua')) files[name] = readFileSync(file, 'utf8');
  }
  return { files, entry: `${at}/prosody.cfg.lua`, version: '13.0' };
}

/** Nothing but ASCII, in which no element of HTML begins. */
function forJson(value) {
  return JSON.stringify(value).replace(/[<\u0080-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** In HTML a script ends at these letters, be they in a string or not; inside one, a backslash changes nothing. */
function forHtml(script, name) {
  const safe = script.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');
  if (/<\/script|<!--/i.test(safe)) throw new Error(`${name} cannot stand in a page`);
  return safe;
}

function sha256(text) {
  return createHash('sha256').update(text).digest('base64');
}

/** Serves the page on this machine alone; port 0 takes a free one. */
export function servePlayground(port) {
  const server = createServer((request, response) => {
    if (!/^\/(?:index\.html)?(?:\?|$)/.test(request.url ?? '')) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(readFileSync(PAGE));
  });
  return new Promise((resolve, reject) => server.once('error', reject).listen(port, 'localhost', () => resolve(server)));
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const { script, worker, page } = await buildPlayground();
  const kib = bytes => `${Math.ceil(bytes / 1024)} KiB`;
  console.log(`${relative(root, PAGE)}: page's script ${kib(script)}, worker ${kib(worker)}, all ${kib(page)} (gzip)`);
  if (argv.includes('--serve')) {
    const port = argv.includes('--port') ? Number(argv[argv.indexOf('--port') + 1]) : 8000;
    const server = await servePlayground(port);
    console.log(`The playground is at http://localhost:${server.address().port}/ (Ctrl-C ends it)`);
  }
}
