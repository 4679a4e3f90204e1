// How the repository's scripts start other programs: shown before they run, in the repository's folder, output passed through.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Shows and runs a command; returns its exit status. */
export function run(command, args, env = {}) {
  console.log(`\n$ ${[command, ...args].map(quoted).join(' ')}`);
  const { status, signal, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32' && command === 'npm', // there npm is no program but a script
  });
  if (error) console.error(`${command}: ${error.message}`);
  if (signal) console.error(`${command}: ended by ${signal}`);
  return status ?? 1;
}

/** Runs a command that everything after it needs: its failure is the script's. */
export function must(command, args, env) {
  const status = run(command, args, env);
  if (status !== 0) process.exit(status);
}

function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
