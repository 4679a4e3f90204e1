// Makes extension/prosodist-VERSION.vsix from what `npm run build` left in extension/dist, with vsce fetched by npx.
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const vsce = '@vscode/vsce@3.9.2'; // the last line that runs on Node 20
const budget = 1200 * 1000;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const extension = join(root, 'extension');
for (const file of ['dist/extension.cjs', 'dist/extension.web.js', 'dist/server.cjs', 'dist/server.worker.js'])
  if (!existsSync(join(extension, file))) fail(`extension/${file} is missing: run \`npm run build\` first`);

// The extension is packed from a copy: there it gets the name it has in the Marketplace (npm allows it only once among the
// workspaces, and the command line has it), the licence, and no dependencies, because they are inside the bundles.
const stage = mkdtempSync(join(tmpdir(), 'prosodist-vsix-'));
process.on('exit', () => rmSync(stage, { recursive: true, force: true }));
cpSync(extension, stage, { recursive: true, filter: path => !/^(node_modules|src|types)$|\.(vsix|map)$/.test(basename(path)) });
copyFileSync(join(root, 'LICENSE'), join(stage, 'LICENSE'));
const {
  private: _private,
  dependencies: _bundled,
  devDependencies: _tools,
  scripts: _scripts,
  ...manifest
} = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
writeFileSync(join(stage, 'package.json'), JSON.stringify({ ...manifest, name: 'prosodist' }, null, 2));

const vsix = join(extension, `prosodist-${manifest.version}.vsix`);
rmSync(vsix, { force: true });
const vsceArguments = ['package', '--no-dependencies', '--allow-missing-repository', '--out', vsix];
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
const { status } = spawnSync('npm', npmArguments, { cwd: stage, stdio: 'inherit', shell: windows });
if (status !== 0 || !existsSync(vsix)) fail('vsce did not make the VSIX; what it says is above');

const { size } = statSync(vsix);
console.log(`${vsix.slice(root.length + 1)}: ${Math.ceil(size / 1000)} KB of ${budget / 1000} KB`);
if (size > budget) fail('the VSIX is over its budget; node_modules/.cache/bundles tells what is in the bundles');

function fail(message) {
  console.error(`package: ${message}`);
  process.exit(1);
}
