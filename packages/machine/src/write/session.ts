import { lstatSync, mkdirSync } from 'node:fs';
import { errorCode, osPath } from '../paths.js';
import { WriteError } from './error.js';
import {
  finishJournal,
  idsIn,
  type Journal,
  originalsOf,
  readJournal,
  recordOf,
  removeEmptyHistory,
  removeOriginals,
  startJournal,
  updateJournal,
} from './journal.js';
import { type Lock, takeLock } from './lock.js';
import { makeHistory, type Place } from './place.js';
import { type Memory, removeStaged, takeBack } from './take-back.js';

/** Writes whose originals are kept. */
export const MOST_WRITES = 10;

/** An interrupted write that was taken back. */
export interface Recovery {
  /** When it was begun, in milliseconds since 1970. */
  readonly time: number;
  /** What could not be put back, in sentences. */
  readonly lost: readonly string[];
}

/** One write to a place that is ours for its time. */
export interface Session {
  /** Number of the write; null when nothing can be noted, because the entry's folder may not be written. */
  readonly id: number | null;
  /** Folder of the originals. */
  readonly originals: string | undefined;
  readonly recovered: Recovery | undefined;
  note(journal: Journal): void;
  /** From here on it has happened. */
  finish(journal: Journal): void;
  takeBack(journal: Journal, memory: Memory): string[];
  close(): void;
}

/**
 * Takes the lock, takes back what an interrupted write left, and makes room for the originals.
 * @throws WriteError `held` when another process is writing
 */
export function openSession(place: Place, warn: (text: string) => void): Session {
  const lock = lockOr(place, warn);
  if (!lock) return unnoted(place);
  try {
    const recovered = recoverLocked(place);
    makeHistory(place);
    const id = Math.max(0, ...idsIn(place)) + 1;
    mkdirSync(osPath(originalsOf(place, id), '/'), 0o700);
    let begun = false;
    return {
      id,
      originals: originalsOf(place, id),
      recovered,
      note(journal) {
        if (!lock.held()) throw new WriteError('held', `somebody else took ${place.lock}; nothing was written`);
        if (begun) updateJournal(place, journal);
        else startJournal(place, journal);
        begun = true;
      },
      finish(journal) {
        finishJournal(place, journal);
        prune(place);
      },
      takeBack: (journal, memory) => (begun ? takeBack(place, journal, memory) : []),
      close() {
        if (!begun) removeOriginals(place, id);
        removeEmptyHistory(place);
        removeStaged(place);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Where the entry's folder may not be written, files in it may be all the same: without lock, journal and undo. */
function unnoted(place: Place): Session {
  return {
    id: null,
    originals: undefined,
    recovered: undefined,
    note() {},
    finish() {},
    takeBack: (journal, memory) => takeBack(place, journal, memory),
    close() {},
  };
}

function lockOr(place: Place, warn: (text: string) => void): Lock | undefined {
  try {
    return takeLock(place);
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error) ?? '')) throw WriteError.from(error, place.folder);
    warn(`${place.folder} cannot be written: an interrupted write is not taken back, and there will be no undo`);
    return undefined;
  }
}

/** Takes back what an interrupted write left; the lock must be ours. */
export function recoverLocked(place: Place): Recovery | undefined {
  removeStaged(place);
  const journal = readJournal(place.journal);
  const recovered = journal && { time: journal.time, lost: takeBack(place, journal) };
  prune(place);
  removeEmptyHistory(place);
  return recovered;
}

/** Lets the originals of older writes go, and what a write left that never began. */
function prune(place: Place): void {
  const ids = idsIn(place);
  const whole = ids.filter(id => lstatSync(osPath(recordOf(place, id), '/'), { throwIfNoEntry: false }));
  const stay = new Set(whole.slice(-MOST_WRITES));
  for (const id of ids) if (!stay.has(id)) removeOriginals(place, id);
}
