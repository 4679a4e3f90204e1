// npm run executable [x64|arm64]…: prosodist as one file for servers without Node: dist/prosodist-ARCH.
// It is Node's own single executable application: Node's program, from the npm package that carries it, with ours inside.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
  const blob = applicationBlob();
  const target = join(out, `prosodist-${arch}`);
  const part = `${target}.part`;
  copyFileSync(nodeProgram(arch), part);
  chmodSync(part, 0o755);
  strip(part, arch);
  must('node', [join(root, 'node_modules/postject/dist/cli.js'), part, 'NODE_SEA_BLOB', blob, '--sentinel-fuse', fuse]);
  renameSync(part, target);
  return target;
}

/** The program, and what it loads from beside it; they are what `npm run build` made, as npm has them. */
const files = ['check', 'commands', 'language-server', 'pages', 'prosody-0.12', 'prosody-13.0'].map(name => `${name}.cjs`);
const bundle = name => join(root, 'packages/cli/dist', name);

// An executable has no files beside it, but it can carry them. So what the program asks for is looked for inside, and compiled when
// it is asked for: whoever checks a file does not wait for the language server.
const inside = `const outside = require;
const loaded = new Map();
require = name => {
  if (!name.startsWith('./')) return outside(name);
  if (!loaded.has(name)) {
    const text = outside('node:sea').getAsset(name.slice(2), 'utf8').replace(/^#!.*/, '');
    const module = { exports: {} };
    loaded.set(name, module);
    const make = outside('node:vm').runInThisContext('(function (exports, require, module) {' + text + '\\n})', { filename: name });
    make(module.exports, require, module);
  }
  return loaded.get(name).exports;
};
`;

function applicationBlob() {
  mkdirSync(cache, { recursive: true });
  const main = join(cache, 'prosodist.cjs');
  writeFileSync(main, inside + readFileSync(bundle('prosodist.cjs'), 'utf8').replace(/^#!.*\n/, ''));
  const config = join(cache, 'config.json');
  const blob = join(cache, 'application.blob');
  // no code cache: it would hold for one architecture only
  const assets = Object.fromEntries(files.map(name => [name, bundle(name)]));
  const settings = { main, output: blob, disableExperimentalSEAWarning: true, assets };
  writeFileSync(config, JSON.stringify(settings));
  must(nodeProgram(process.arch), ['--experimental-sea-config', config]);
  return blob;
}

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
