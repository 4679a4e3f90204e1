// npm run executable [x64|arm64]…: prosodist as one file for servers without Node: dist/prosodist-ARCH.
// It is Node's own single executable application: Node's program, from the npm package that carries it, with ours inside.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadedFiles } from './bundle-cli.mjs';
import { root } from './run.mjs';

/** The Node that is inside: a line with long-term support, and the same for both architectures. */
export const node = '24.21.0';
/** As Node's documentation gives it for the program to find its own part (doc/api/single-executable-applications.md). */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
const cache = join(root, 'node_modules/.cache/executable');
const out = join(root, 'dist');

/** Makes the executable of an architecture. Out: its path. Throws when a step fails. */
export async function executable(arch) {
  mkdirSync(out, { recursive: true });
  const blob = applicationBlob(arch);
  const target = join(out, `prosodist-${arch}`);
  const part = `${target}.part`;
  copyFileSync(nodeProgram(arch), part);
  chmodSync(part, 0o755);
  strip(part, arch);
  must('node', [join(root, 'node_modules/postject/dist/cli.js'), part, 'NODE_SEA_BLOB', blob, '--sentinel-fuse', fuse]);
  renameSync(part, target);
  return target;
}

/**
 * What is inside: the program and what it loads from beside it, as `npm run build` made them and npm has them, and the code caches of
 * what a check takes. A cache is for one V8 and one processor, so another architecture gets none.
 */
function applicationBlob(arch) {
  const files = join(cache, 'files');
  rmSync(files, { recursive: true, force: true });
  mkdirSync(files, { recursive: true });
  for (const name of ['prosodist.cjs', ...loadedFiles]) copyFileSync(join(root, 'packages/cli/dist', name), join(files, name));
  const main = join(root, 'scripts/executable-start.cjs');
  if (arch === process.arch) makeCaches(main, files);
  const config = join(cache, 'config.json');
  const blob = join(cache, 'application.blob');
  const assets = Object.fromEntries(readdirSync(files).map(name => [name, join(files, name)]));
  const settings = { main, output: blob, disableExperimentalSEAWarning: true, assets };
  writeFileSync(config, JSON.stringify(settings));
  must(nodeProgram(process.arch), ['--experimental-sea-config', config]);
  return blob;
}

/**
 * Checks the examples once: what was compiled for that is what most runs need. V8 does it without threads and chance, so that the same
 * comes of it each time.
 */
function makeCaches(main, files) {
  const program = nodeProgram(process.arch);
  const examples = join(root, 'examples/jitsi-active-directory');
  const flags = ['--predictable', '--hash-seed=1', '--random-seed=1'];
  const { status, stderr } = spawnSync(program, [...flags, main, 'check', examples], {
    env: { ...process.env, PROSODIST_FILES: files, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  if (status === null || status > 1) throw new Error(`no code caches: ${stderr}`);
  const { stdout } = spawnSync(program, ['-p', `new vm.Script('0').createCachedData().readUInt32LE(${FLAGS})`], {
    encoding: 'utf8',
  });
  for (const name of ['prosodist.cjs', ...loadedFiles].filter(file => existsSync(join(files, `${file}.cache`)))) {
    const file = join(files, `${name}.cache`);
    const bytes = readFileSync(file);
    bytes.writeUInt32LE(Number(stdout), FLAGS);
    writeFileSync(file, bytes);
  }
  must(program, ['-e', TAKEN, join(files, 'check.cjs')]);
}

/** Where a code cache has the hash of V8's flags (SerializedCodeData of V8's code-serializer.h): it is for those of an ordinary run. */
const FLAGS = 12;

/** Whether V8 takes a cache: it looks at the flags, at its version and at the text. */
const TAKEN = `const [, file] = process.argv, text = fs.readFileSync(file, 'latin1').replace(/^#!.*/, '');
const cachedData = fs.readFileSync(file + '.cache');
const { cachedDataRejected } = new vm.Script('(function (exports, require, module) {' + text + '\\n})', { cachedData });
if (cachedDataRejected) throw new Error('V8 does not take the code cache of ' + file);`;

/** Node's program for an architecture, from the npm registry, kept in the cache. npm checks that it is what was published. */
function nodeProgram(arch) {
  const folder = join(cache, `node-${node}-${arch}`);
  const program = join(folder, 'package/bin/node');
  if (existsSync(program)) return program;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const name = `node-linux-${arch}@${node}`;
  must('npm', ['pack', name, '--silent', '--prefer-offline', '--pack-destination', folder]);
  must('tar', ['-xzf', join(folder, `node-linux-${arch}-${node}.tgz`), '-C', folder, 'package/bin/node', 'package/LICENSE']);
  return program;
}

/** The licence of the Node inside. Out: its text. */
export function nodeLicence(arch) {
  return readFileSync(join(nodeProgram(arch), '../../LICENSE'), 'utf8');
}

// Names for debuggers are an eighth of the file. GNU's strip knows other architectures only where binutils has them.
function strip(file, arch) {
  const names = arch === process.arch ? ['strip'] : [`${arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu-strip`];
  for (const name of names) spawnSync(name, ['--strip-unneeded', file], { stdio: 'ignore' });
}

function must(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', cwd: root });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${error?.message ?? ''}${stdout}${stderr}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv.slice(2);
  for (const arch of asked.length > 0 ? asked : ['x64', 'arm64']) {
    const file = await executable(arch);
    console.log(`${file.slice(root.length + 1)}: ${Math.ceil(statSync(file).size / 1e6)} MB`);
  }
}
