import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Which process is meant; numbers of processes are used again. */
export interface ProcessMark {
  readonly pid: number;
  /** When it started, as the system has it: the boot, and the ticks since. Empty where the system does not tell. */
  readonly started: string;
  readonly machine: string;
  /** When it took the lock, in milliseconds since 1970. */
  readonly since: number;
}

export function thisProcess(): ProcessMark {
  return { pid: process.pid, started: startOf(process.pid), machine: hostname(), since: Date.now() };
}

/** Nothing is known of another machine's processes (a shared folder, another container): a lock of theirs counts so long. */
const FOREIGN = 60 * 60 * 1000;

export function isAlive({ pid, started, machine, since }: ProcessMark): boolean {
  if (machine !== hostname()) return Date.now() - since < FOREIGN;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const now = startOf(pid);
  return now === '' || started === '' || now === started;
}

function startOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // the name of the program stands in parentheses, and may hold anything
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // killed, and not yet waited for: it writes no more
    return state === 'Z' || state === 'X' ? 'ended' : `${boot}:${fields[18]}`;
  } catch {
    return '';
  }
}

/** For people: `process 123 on this machine, since 2026-01-01 12:00:00`. */
export function described({ pid, machine, since }: ProcessMark): string {
  const where = machine === hostname() ? '' : ` on ${machine}`;
  return `process ${pid}${where}, since ${clock(since)}`;
}

/** A time as people write it, in UTC. */
export function clock(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? 'an unknown time' : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
