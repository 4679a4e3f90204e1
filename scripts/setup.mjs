// Makes a clone ready: installs what package-lock.json asks for, and builds. What is up to date is left alone.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { must, root } from './run.mjs';

const sources = ['packages', 'extension', 'scripts/bundle.mjs', 'tsconfig.json', 'package-lock.json'];
const notSources = new Set(['node_modules', 'dist', 'test']);
// The build ends with it.
const built = 'packages/cli/dist/prosodist.cjs';

/** Installs and builds where that is due. */
export function setup() {
  if (newest('node_modules/.package-lock.json') < newest('package-lock.json')) must('npm', ['ci', '--no-audit', '--no-fund']);
  if (newest(built) < Math.max(...sources.map(newest))) must('npm', ['run', 'build']);
}

// The time of the last change of a file, or of any file in a folder; 0 when nothing is there.
function newest(path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const entries = readdirSync(join(root, path), { withFileTypes: true }).filter(entry => !notSources.has(entry.name));
  const own = entries.filter(entry => entry.isDirectory() || /\.(ts|json)$/.test(entry.name));
  return Math.max(0, ...own.map(entry => newest(join(path, entry.name))));
}

if (argv[1] === fileURLToPath(import.meta.url)) setup();
