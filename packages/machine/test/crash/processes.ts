import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { folder, GROUP } from './trees.js';
import type { Job } from './writer.js';

let bundle: string | undefined;

/** The writer as one file, which starts in a moment, and in which all calls of the file system can be seen. */
function writer(): string {
  if (bundle !== undefined) return bundle;
  bundle = join(folder, 'writer.cjs');
  buildSync({
    entryPoints: [fileURLToPath(new URL('writer.ts', import.meta.url))],
    outfile: bundle,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  return bundle;
}

export function start(job: Job): ChildProcess {
  return spawn(process.execPath, ['--v8-pool-size=0', writer(), JSON.stringify(job), String(GROUP)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** How many calls of the file system a job makes when nobody ends it. */
export function callsOf(job: Job): number {
  const { status, stdout, stderr } = spawnSync(process.execPath, [writer(), JSON.stringify(job), String(GROUP)], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return Number(stdout);
}

export async function killed(job: Job): Promise<boolean> {
  const child = start(job);
  let errors = '';
  child.stderr!.on('data', chunk => (errors += chunk));
  const [status, signal] = await once(child, 'close');
  assert.ok(signal === 'SIGKILL' || status === 0, errors);
  return signal === 'SIGKILL';
}
