import { errorCode } from './paths.js';
import { WriteError } from './write/error.js';
import { readJournal } from './write/journal.js';
import { isLocked, takeLock } from './write/lock.js';
import { momentary, placeOf } from './write/place.js';
import { isAlive } from './write/process.js';
import { type Recovery, recoverLocked } from './write/session.js';
import { filesOf } from './write/take-back.js';

export type { Recovery } from './write/session.js';

export interface Interrupted {
  /** When the write was begun, in milliseconds since 1970. */
  readonly time: number;
  readonly files: readonly string[];
}

/**
 * Looks whether a write to the tree of an entry file was interrupted, so that files of it may be a mixture of old and new.
 * Nothing is changed.
 */
export function interruptedWrite(entry: string, options: { readonly cwd?: string } = {}): Interrupted | undefined {
  const place = placeOf(entry, options.cwd ?? process.cwd());
  try {
    const journal = readJournal(place.journal);
    return journal && !isAlive(journal.by) ? { time: journal.time, files: filesOf(place, journal) } : undefined;
  } catch {
    // not ours, or not readable: whoever writes is told
    return undefined;
  }
}

/**
 * Takes back a write that was interrupted, if there is one: to be called before a tree is read in order to change it.
 * @throws WriteError `held` when another process is writing, `failed` when the journal is not ours
 */
export function recover(entry: string, options: { readonly cwd?: string } = {}): Recovery | undefined {
  const place = placeOf(entry, options.cwd ?? process.cwd());
  try {
    // a writer that was killed before it wrote anything has left its lock, or what was about to become one
    if (!readJournal(place.journal) && !isLocked(place) && momentary(place).length === 0) return undefined;
    const lock = takeLock(place);
    try {
      return recoverLocked(place);
    } finally {
      lock.release();
    }
  } catch (error) {
    // the folder is not ours to write
    if (!(error instanceof WriteError) && errorCode(error) === 'EACCES') return undefined;
    throw WriteError.from(error);
  }
}
