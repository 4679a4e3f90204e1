/**
 * A writer to be killed: run as a process of its own, from a bundle in which every call of the file system goes through the
 * object that is changed here. Its job is in its first argument; at the call of the given number it kills itself.
 */
import fs from 'node:fs';
import { join } from 'node:path';
import { recover, undoPlan, type Writable, type WriteMode, writePlan } from '../../src/index.js';

export interface Job {
  readonly cwd: string;
  readonly action: 'write' | 'undo' | 'recover';
  readonly plan?: Writable;
  readonly mode?: WriteMode;
  readonly backup?: string;
  /** The number of the call at which it dies; never without one. */
  readonly killAt?: number;
  /** Files are looked at after every call: nobody may read what he could not read before. */
  readonly watch?: boolean;
}

const job = JSON.parse(process.argv[2]!) as Job;
const real = { ...fs };
let calls = 0;
let looking = false;

/** Calls that change something or open something; in the others, a kill is as good as one before the next of these. */
const POINTS = [
  'openSync',
  'writeSync',
  'fchownSync',
  'fchmodSync',
  'chmodSync',
  'ftruncateSync',
  'fsyncSync',
  'linkSync',
  'symlinkSync',
  'renameSync',
  'unlinkSync',
  'mkdirSync',
  'rmdirSync',
  'rmSync',
  'writeFileSync',
] as const;

const points = fs as unknown as Record<string, (...args: unknown[]) => unknown>;
for (const name of POINTS) {
  const original = points[name]!;
  points[name] = (...args) => {
    if (looking) return original(...args);
    calls += 1;
    if (calls === job.killAt) {
      // a write ends in the middle
      if (name === 'writeSync') real.writeSync(args[0] as number, args[1] as Uint8Array, 0, (args[3] as number) >> 1, 0);
      die();
    }
    const result = original(...args);
    looking = true;
    if (job.watch) look(job.cwd);
    looking = false;
    return result;
  };
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
  // the signal is on its way
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
}

/** Every file with something of a tree's text in it is closed to others; a folder of originals to all but us. */
function look(folder: string): void {
  for (const name of real.readdirSync(folder)) {
    const path = join(folder, name);
    const stat = real.lstatSync(path, { throwIfNoEntry: false });
    if (!stat || stat.isSymbolicLink()) continue;
    if (stat.isDirectory()) {
      if (name.startsWith('.prosodist') && (stat.mode & 0o077) !== 0) wider(path, stat.mode);
      look(path);
    } else if ((stat.mode & 0o007) !== 0 && real.readFileSync(path, 'latin1').includes('secret')) wider(path, stat.mode);
    else if ((stat.mode & 0o070) !== 0 && stat.gid !== GROUP && real.readFileSync(path, 'latin1').includes('secret'))
      wider(path, stat.mode);
  }
}

/** The group of all files of the tests' trees. */
const GROUP = Number(process.argv[3] ?? process.getegid!());

function wider(path: string, mode: number): void {
  process.stderr.write(`${path} is open to others: ${(mode & 0o7777).toString(8)}\n`);
  process.exit(3);
}

const options = {
  cwd: job.cwd,
  entry: 'prosody.cfg.lua',
  ...(job.mode && { mode: job.mode }),
  ...(job.backup && { backup: job.backup }),
};
process.umask(0);
if (job.action === 'recover') recover(options.entry, options);
else writePlan(job.action === 'undo' ? undoPlan(options.entry, options)! : job.plan!, options);
process.stdout.write(String(calls));
