// Makes extension/prosodist-VERSION.vsix from what `npm run build` left in extension/dist, with vsce fetched by npx, or
// the file that `--out=FILE` names. The same build gives the same bytes.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const vsce = '@vscode/vsce@3.9.2'; // the last line that runs on Node 20
const budget = 1050 * 1000;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const extension = join(root, 'extension');
for (const file of ['dist/extension.cjs', 'dist/extension.web.js', 'dist/server.cjs', 'dist/server.worker.js'])
  if (!existsSync(join(extension, file))) fail(`extension/${file} is missing: run \`npm run build\` first`);

// The extension is packed from a copy: there it gets the name it has in the Marketplace (npm allows it only once among the
// workspaces, and the command line has it), the licence, and no dependencies, because they are inside the bundles.
const stage = mkdtempSync(join(tmpdir(), 'prosodist-vsix-'));
process.on('exit', () => rmSync(stage, { recursive: true, force: true }));
cpSync(extension, stage, {
  recursive: true,
  filter: path => !/^(node_modules|src|types)$|\.(vsix|map|tsbuildinfo)$/.test(basename(path)),
});
copyFileSync(join(root, 'LICENSE'), join(stage, 'LICENSE'));
const {
  private: _private,
  dependencies: _bundled,
  devDependencies: _tools,
  scripts: _scripts,
  ...manifest
} = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
writeFileSync(join(stage, 'package.json'), JSON.stringify({ ...manifest, name: 'prosodist' }, null, 2));
// The Marketplace takes pictures by address only, and vsce would look for them at the repository's top.
const place = kind => `${manifest.repository.url.replace(/\.git$/, '')}/${kind}/HEAD/${manifest.repository.directory}/`;
const readme = readFileSync(join(extension, 'README.md'), 'utf8').replace(
  /(!?)\[([^\]]*)\]\((?!\w+:|#)([^)]+)\)/g,
  (_, picture, text, link) => `${picture}[${text}](${new URL(link, place(picture ? 'raw' : 'blob')).href})`,
);
writeFileSync(join(stage, 'README.md'), readme);
// vsce keeps the modes of files, and those are of this machine
for (const entry of readdirSync(stage, { recursive: true, withFileTypes: true }))
  if (entry.isFile()) chmodSync(join(entry.parentPath, entry.name), 0o644);

const [, out] = /^--out=(.+)$/.exec(process.argv[2] ?? '') ?? [];
const vsix = out ? resolve(out) : join(extension, `prosodist-${manifest.version}.vsix`);
// under another name until it is whole: somebody may be installing the one that is there
const made = `${vsix}.${process.pid}.vsix`;
process.on('exit', () => rmSync(made, { force: true }));
const vsceArguments = ['package', '--no-dependencies', '--out', made];
// vsce needs none of the native modules that its dependencies would build or fetch in their install scripts
const npmArguments = [
  'exec',
  '--yes',
  '--ignore-scripts',
  '--prefer-offline',
  `--package=${vsce}`,
  '--',
  'vsce',
  ...vsceArguments,
];
const windows = process.platform === 'win32';
// vsce gives every file this time; the archive has it in the local one
const env = { ...process.env, SOURCE_DATE_EPOCH: '946684800', TZ: 'UTC' };
const { status } = spawnSync('npm', npmArguments, { cwd: stage, stdio: 'inherit', shell: windows, env });
if (status !== 0 || !existsSync(made)) fail('vsce did not make the VSIX; what it says is above');

renameSync(made, vsix);

const { size } = statSync(vsix);
console.log(`${relative(root, vsix)}: ${Math.ceil(size / 1000)} KB of ${budget / 1000} KB`);
if (size > budget) fail('the VSIX is over its budget; node_modules/.cache/bundles tells what is in the bundles');

function fail(message) {
  console.error(`package: ${message}`);
  process.exit(1);
}
