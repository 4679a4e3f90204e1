// Bundles what is shipped as one file each: the extension, the language server, the command line. Runs after `tsc -b`,
// because the bundles take the packages as their users get them. What each bundle is made of is written to
// node_modules/.cache/bundles/*.json (esbuild's metafile), for the tests that watch sizes.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { allLater, apart, commandsModule, dataLater, laterBundles, noPrograms } from './bundle-cli.mjs';
import { noNotebooks, noVersionCheck } from './bundle-client.mjs';
import { notices } from './notices.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, 'node_modules/.cache/bundles');

/** For a web page: nothing of Node, and what differs between the two by `browser` of a library's package.json. */
const web = { platform: 'browser', mainFields: ['browser', 'module', 'main'], target: 'es2022' };

const bundles = [
  {
    name: 'extension',
    entry: 'extension/src/extension.ts',
    outfile: 'extension/dist/extension.cjs',
    options: { external: ['vscode'], sourcemap: 'external', plugins: [noVersionCheck, noNotebooks] },
    without: /packages\//,
  },
  {
    name: 'extension-web',
    entry: 'extension/src/browser.ts',
    outfile: 'extension/dist/extension.web.js',
    options: { ...web, external: ['vscode'], plugins: [noNotebooks] },
    without: /packages\//,
  },
  {
    name: 'server-worker',
    entry: 'packages/language-server/src/browser.ts',
    outfile: 'extension/dist/server.worker.js',
    options: { ...web, format: 'iife' },
    without: /packages\/(?:machine|directory)\//,
  },
  {
    name: 'language-server',
    entry: 'packages/language-server/src/main.ts',
    outfile: 'packages/language-server/dist/main.cjs',
    program: true,
    copies: ['extension/dist/server.cjs', 'packages/cli/dist/language-server.cjs'],
  },
  {
    name: 'cli',
    entry: 'packages/cli/src/main.ts',
    outfile: 'packages/cli/dist/prosodist.cjs',
    program: true,
    options: { plugins: [apart, noPrograms] },
    without: /packages\/(?:core|machine|directory|language-server)\/|node_modules\/(?!commander\/)/,
  },
  {
    name: 'cli-check',
    entry: 'packages/cli/src/commands/check.ts',
    outfile: 'packages/cli/dist/check.cjs',
    options: { plugins: [allLater] },
    without: /packages\/(?:directory|language-server)\//,
  },
  ...laterBundles,
  {
    name: 'cli-commands',
    stdin: commandsModule,
    outfile: 'packages/cli/dist/commands.cjs',
    options: { plugins: [apart, dataLater] },
    without: /node_modules\/vscode-languageserver\/|packages\/language-server\//,
  },
];

for (const bundle of bundles) {
  if (bundle.stdin || existsSync(join(root, bundle.entry))) await make(bundle);
  else console.warn(`bundle: ${bundle.name} is left out, ${bundle.entry} does not exist`);
}

async function make({ name, entry, stdin, outfile, program = false, copies = [], options = {}, without }) {
  const { metafile } = await build({
    absWorkingDir: root,
    ...(stdin ? { stdin: stdin() } : { entryPoints: [entry] }),
    outfile,
    bundle: true,
    platform: 'node',
    // jsonc-parser's other form asks for its parts in a way that no bundler follows
    mainFields: ['module', 'main'],
    format: 'cjs',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    banner: program && !readFileSync(join(root, entry), 'utf8').startsWith('#!') ? { js: '#!/usr/bin/env node' } : {},
    ...options,
  });
  const inputs = Object.keys(metafile.inputs);
  const stray = without && inputs.find(input => !input.startsWith('command:') && without.test(input));
  if (stray) throw new Error(`${outfile} must not contain ${stray}: load it when it is needed`);

  const target = join(root, outfile);
  if (outfile.endsWith('.cjs')) assertAscii(target);
  if (program) chmodSync(target, 0o755);
  writeFileSync(noticesOf(target), notices(inputs));
  for (const copy of copies.map(file => join(root, file))) {
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(target, copy);
    copyFileSync(noticesOf(target), noticesOf(copy));
  }
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, `${name}.json`), JSON.stringify(metafile));
  console.log(`bundle: ${[outfile, ...copies].join(', ')} ${Math.ceil(statSync(target).size / 1024)} KiB`);
}

// One other character, and Node takes a file twice as long to read and its text twice the memory. esbuild writes them as \uXXXX,
// but for those in regular expressions.
function assertAscii(file) {
  const text = readFileSync(file, 'latin1');
  const at = text.search(/[^\x00-\x7f]/);
  if (at >= 0)
    throw new Error(`${file} must be ASCII: write \\uXXXX for what comes after ${text.slice(Math.max(0, at - 80), at)}`);
}

function noticesOf(bundle) {
  return bundle.replace(/\.c?js$/, '.notices.txt');
}
