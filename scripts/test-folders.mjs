// Each folder of tests is a mocha of its own, and some run at a time: much of their time goes by waiting for real servers. What one says is shown when it ends.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { root } from './run.mjs';

/** These wait longest, so they start first. */
const slow = ['test/directory', 'test/vscode', 'test/packages', 'test/oracle', 'packages/machine/test'];

/** Every test file, relative to the repository. */
export function testFiles() {
  const packages = readdirSync(join(root, 'packages')).map(name => join('packages', name, 'test'));
  return [...packages, 'test'].flatMap(filesBelow);
}

function filesBelow(folder) {
  let entries = [];
  try {
    entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return entries
    .filter(entry => entry.isFile() && entry.name.endsWith('.test.ts') && !entry.parentPath.includes('node_modules'))
    .map(entry => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/**
 * Runs all test files, prints what the mochas say, and a last line with the sums.
 * In: mocha's command line behind `node`, and what failed before. Out: 0 when all passed, else 1.
 */
export async function runFolders(mocha, before) {
  const folders = grouped(testFiles());
  const waiting = [...folders].sort(([a], [b]) => rank(a) - rank(b));
  const sums = { passes: 0, failures: 0, pending: 0, forbidden: 0 };
  const broken = [];
  const notes = mkdtempSync(join(tmpdir(), 'prosodist-tests-'));
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [folder, files] = next;
      const summary = join(notes, folder.replaceAll('/', '-'));
      const { status, output } = await mochaOf([...mocha, ...files], summary);
      console.log(`\n${folder}\n${output}`);
      const told = summaryOf(summary);
      for (const key of Object.keys(sums)) sums[key] += told?.[key] ?? 0;
      if (status !== 0) broken.push(folder);
      // one that died before it could tell is a failure of its own
      if (!told) sums.failures += 1;
    }
  };
  // one more than there are processors: half of the time is waiting
  await Promise.all(Array.from({ length: Math.min(availableParallelism() + 1, 4) }, lane));
  rmSync(notes, { recursive: true, force: true });
  if (before) console.log(`\nFailed before the tests: ${before}`);
  if (broken.length > 0) console.log(`\nNot well: ${broken.sort().join(', ')}`);
  console.log(`\n${sums.passes} passed, ${sums.failures} failed, ${sums.pending} skipped`);
  return broken.length > 0 || sums.failures + sums.forbidden > 0 ? 1 : 0;
}

// packages/core/test/lint/a.test.ts belongs to packages/core/test, test/vscode/a.test.ts to test/vscode
function folderOf(file) {
  const parts = file.split('/');
  return parts.slice(0, Math.min(parts[0] === 'packages' ? 3 : 2, parts.length - 1)).join('/');
}

function grouped(files) {
  const folders = new Map();
  for (const file of files) folders.set(folderOf(file), [...(folders.get(folderOf(file)) ?? []), file]);
  return folders;
}

function rank(folder) {
  const at = slow.indexOf(folder);
  return at < 0 ? slow.length : at;
}

function summaryOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function mochaOf(args, summary) {
  return new Promise(resolve => {
    const program = spawn('node', args, { cwd: root, env: { ...process.env, PROSODIST_SUMMARY: summary } });
    let output = '';
    for (const stream of [program.stdout, program.stderr])
      stream.setEncoding('utf8').on('data', text => {
        output += text;
      });
    program.once('error', error => resolve({ status: 1, output: error.message }));
    program.once('close', status => resolve({ status: status ?? 1, output }));
  });
}
