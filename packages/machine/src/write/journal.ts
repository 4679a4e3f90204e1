import { linkSync, lstatSync, readdirSync, renameSync, rmdirSync } from 'node:fs';
import { errorCode, osPath } from '../paths.js';
import { WriteError } from './error.js';
import { type Place, token } from './place.js';
import type { ProcessMark } from './process.js';
import { removeQuietly, self, syncFolder, writeNew } from './stage.js';
import { readFile, type State } from './state.js';

/** One path that a write changes. Paths are as `noted` has them. */
export interface JournalStep {
  readonly file: string;
  readonly before: State;
  readonly after: State;
  /** Number of the file on its file system, to see whether it was written in place; null where nothing was. */
  readonly inode: number | null;
  /** Where the original is kept: another name of it, or a copy. */
  readonly kept: string | null;
  /** A file with the new text, while the write goes on. */
  readonly fresh: string | null;
  /** A name of ours beside the file. */
  readonly spare: string;
  /** A copy for the user (`--backup`), which `undo` leaves alone. */
  readonly backup: boolean;
}

/**
 * What a write does. It is on the disk before anything of the tree changes; once all is done, it gets another name among
 * the originals, in one step, and is what `undo` goes by.
 */
export interface Journal {
  readonly version: 1;
  /** Number of the write, and name of the folder of its originals. */
  readonly id: number;
  readonly entry: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly by: ProcessMark;
  /** The write that this one undid, if it did. */
  readonly undoes: number | null;
  /** `staging`: nothing of the tree has changed yet. */
  readonly phase: 'staging' | 'committing';
  readonly steps: readonly JournalStep[];
  /** Files that go when the write is over, however it ends. */
  readonly helpers: readonly string[];
}

/**
 * Notes what is about to be done.
 * @throws WriteError when there is one already: it comes first
 */
export function startJournal(place: Place, journal: Journal): void {
  const own = momentaryFile(place, journal);
  try {
    linkSync(own, osPath(place.journal, '/'));
  } catch (error) {
    if (errorCode(error) === 'EEXIST')
      throw new WriteError('held', `another write to ${place.folder} has begun; nothing was written`);
    // file systems without hard links; the lock is ours, and nothing was there
    if (!['EPERM', 'ENOTSUP', 'EMLINK', 'ENOSYS'].includes(errorCode(error) ?? '')) throw error;
    renameSync(own, osPath(place.journal, '/'));
  } finally {
    removeQuietly(own);
  }
  syncFolder(osPath(place.folder, '/'));
}

export function updateJournal(place: Place, journal: Journal): void {
  renameSync(momentaryFile(place, journal), osPath(place.journal, '/'));
  syncFolder(osPath(place.folder, '/'));
}

function momentaryFile({ journal: path }: Place, journal: Journal): string | Buffer {
  const own = osPath(`${path}.${token()}`, '/');
  writeNew(own, Buffer.from(JSON.stringify(journal)), { ...self(), mode: 0o600 });
  return own;
}

/** Ends a write: from here on it has happened, and is never taken back by itself. */
export function finishJournal(place: Place, { id }: Journal): void {
  renameSync(osPath(place.journal, '/'), osPath(recordOf(place, id), '/'));
  syncFolder(osPath(place.folder, '/'));
}

/** What a write notes of itself, beside the originals. */
export function recordOf({ history }: Place, id: number): string {
  return `${history}/${folderName(id)}/record.json`;
}

export function originalsOf({ history }: Place, id: number): string {
  return `${history}/${folderName(id)}`;
}

function folderName(id: number): string {
  return String(id).padStart(6, '0');
}

/** Numbers of the writes whose originals are there, whole or not, oldest first. */
export function idsIn({ history }: Place): number[] {
  try {
    return readdirSync(osPath(history, '/'))
      .filter(name => /^\d{6,15}$/.test(name))
      .map(Number)
      .sort((one, other) => one - other);
  } catch {
    return [];
  }
}

/**
 * The journal at a path; undefined when there is none.
 * @throws WriteError when it is not ours: it tells which files to write, and is obeyed only when we wrote it ourselves
 */
export function readJournal(file: string): Journal | undefined {
  const path = osPath(file, '/');
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return undefined;
  if (!stat.isFile() || stat.uid !== self().uid)
    throw new WriteError(
      'failed',
      `${file} was left by another user (${stat.uid}), who has to write once more, or remove it`,
      file,
    );
  try {
    const journal = JSON.parse(readFile(path)!.bytes.toString('utf8')) as Journal;
    if (journal.version === 1 && Array.isArray(journal.steps) && Array.isArray(journal.helpers)) return journal;
  } catch (error) {
    if (errorCode(error) !== undefined) throw WriteError.from(error, file);
  }
  throw new WriteError('failed', `${file} cannot be understood; look at the files beside it, and remove it`, file);
}

/** Removes a folder of originals. The record goes first: without it, what is left is nobody's. */
export function removeOriginals(place: Place, id: number): void {
  const folder = originalsOf(place, id);
  removeQuietly(osPath(recordOf(place, id), '/'));
  try {
    for (const name of readdirSync(osPath(folder, '/'))) removeQuietly(osPath(`${folder}/${name}`, '/'));
    rmdirSync(osPath(folder, '/'));
  } catch {
    // not there, or not empty: it is looked at again after the next write
  }
}

/** Removes the folder of the originals when nothing is in it. */
export function removeEmptyHistory({ history }: Place): void {
  try {
    if (readdirSync(osPath(history, '/')).some(name => name !== '.gitignore')) return;
    removeQuietly(osPath(`${history}/.gitignore`, '/'));
    rmdirSync(osPath(history, '/'));
  } catch {
    // not there
  }
}
