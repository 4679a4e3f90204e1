import { readlinkSync, renameSync, symlinkSync } from 'node:fs';
import { errorCode, osPath } from '../paths.js';
import { WriteError } from './error.js';
import { momentary, type Place, token } from './place.js';
import { described, isAlive, type ProcessMark, thisProcess } from './process.js';
import { removeQuietly } from './stage.js';

export interface Lock {
  /** Whether it is still ours; somebody who took us for dead may have taken it. */
  held(): boolean;
  release(): void;
}

/** Looks at a lock whose holder has died, takes it away, finds another one there, and so on: more is no accident. */
const TRIES = 20;

/**
 * Takes the lock of a place. It is a symbolic link whose target says who holds it: a link is made with its content in one
 * step and only where nothing is, as with O_EXCL, so that there is no instant at which it says nothing.
 * @throws WriteError `held` that says who has it; the system's error where the folder may not be written
 */
export function takeLock(place: Place): Lock {
  const path = osPath(place.lock, '/');
  const own = JSON.stringify(thisProcess());
  for (let attempt = 0; attempt < TRIES; attempt++) {
    try {
      symlinkSync(own, path);
      for (const name of momentary(place)) removeQuietly(osPath(name, '/'));
      return { held: () => targetOf(path) === own, release: () => void (targetOf(path) === own && removeQuietly(path)) };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const target = targetOf(path);
    if (target === undefined) continue;
    const holder = parsed(target);
    if (holder === undefined) throw new WriteError('held', `${place.lock} is no lock of Prosodist's; nothing was written`);
    if (isAlive(holder)) throw held(place, holder);
    takeAway(place, target);
  }
  throw new WriteError('held', `${place.lock} changes all the time; nothing was written`);
}

/**
 * Takes a dead process's lock away. Between the look and the removal another may have done the same and taken the lock:
 * then what we have in the hand is theirs, and goes back. They look once more before they change anything.
 */
function takeAway({ lock }: Place, dead: string): void {
  const aside = `${lock}.${token()}`;
  try {
    renameSync(osPath(lock, '/'), osPath(aside, '/'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  const taken = targetOf(osPath(aside, '/'));
  try {
    if (taken !== undefined && taken !== dead) symlinkSync(taken, osPath(lock, '/'));
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    removeQuietly(osPath(aside, '/'));
  }
}

/** Whether there is a lock, whoever has it. */
export function isLocked({ lock }: Place): boolean {
  return targetOf(osPath(lock, '/')) !== undefined;
}

export function held({ folder, entry }: Place, holder: ProcessMark): WriteError {
  const file = `${folder}/${entry}`;
  return new WriteError('held', `${file} is being written by ${described(holder)}; nothing was written`, file);
}

function targetOf(path: string | Buffer): string | undefined {
  try {
    return readlinkSync(path);
  } catch (error) {
    // a file in its place is not ours; one that we may not look at is somebody's
    return errorCode(error) === 'ENOENT' ? undefined : '';
  }
}

function parsed(target: string): ProcessMark | undefined {
  try {
    const { pid, started, machine, since } = JSON.parse(target) as Partial<ProcessMark>;
    return Number.isInteger(pid) && typeof started === 'string' && typeof machine === 'string' && typeof since === 'number'
      ? { pid: pid!, started, machine, since }
      : undefined;
  } catch {
    return undefined;
  }
}
