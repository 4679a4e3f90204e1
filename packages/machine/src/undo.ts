import { decode, minimalEdits, type NewLink, type PlannedFile } from '@prosodist/core';
import { WriteError } from './write/error.js';
import { idsIn, type Journal, type JournalStep, readJournal, recordOf } from './write/journal.js';
import { type Place, placeOf, unnoted } from './write/place.js';
import type { Owner } from './write/stage.js';
import { bytesAt, identical, type State, stateAt } from './write/state.js';
import type { Writable } from './write.js';

/** A write that is remembered. */
export interface PastWrite {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The write that it undid, if it did. */
  readonly undoes: number | null;
  readonly files: readonly string[];
}

/** The plan that takes a write back. */
export interface UndoPlan extends Writable {
  readonly undone: PastWrite;
}

/** The writes to the tree of an entry file whose originals are kept, oldest first. */
export function pastWrites(entry: string, options: { readonly cwd?: string } = {}): PastWrite[] {
  const place = placeOf(entry, options.cwd ?? process.cwd());
  return recordsOf(place).map(record => pastWrite(place, record));
}

/**
 * What takes the last write back, or the one of this number: bytes, owners, modes and links. To undo an undo, undo again.
 * @returns undefined when there is no such write
 * @throws WriteError `changed` when a file is not as that write left it
 */
export function undoPlan(entry: string, options: { readonly cwd?: string; readonly id?: number } = {}): UndoPlan | undefined {
  const place = placeOf(entry, options.cwd ?? process.cwd());
  const records = recordsOf(place);
  const record = options.id === undefined ? records.at(-1) : records.find(({ id }) => id === options.id);
  if (!record) return undefined;
  const files: PlannedFile[] = [];
  const links: NewLink[] = [];
  const removes: string[] = [];
  const owners = new Map<string, Owner>();
  for (const step of record.steps.filter(({ backup }) => !backup).reverse()) {
    const file = unnoted(place, step.file);
    const now = stateAt(file);
    if (!identical(now.state, step.after)) throw changed(file, now.state, step.after);
    if (step.before.kind === 'link') links.push({ path: file, target: step.before.target });
    else if (step.before.kind !== 'file') removes.push(file);
    else {
      const after = originalText(place, step, file);
      const before = now.bytes ? decode(now.bytes) : null;
      const { uid, gid, mode } = step.before;
      if (before === null) owners.set(file, { uid, gid, mode });
      const edits = before === null ? [] : minimalEdits(before, after);
      files.push({ file, before, after, edits, secret: (mode & 0o004) === 0 });
    }
  }
  return { files, links, removes, owners, undoes: record.id, undone: pastWrite(place, record) };
}

function recordsOf(place: Place): Journal[] {
  return idsIn(place)
    .flatMap(id => readJournal(recordOf(place, id)) ?? [])
    .filter(record => record.entry === place.entry);
}

function pastWrite(place: Place, { id, time, undoes, steps }: Journal): PastWrite {
  return { id, time, undoes, files: steps.filter(({ backup }) => !backup).map(step => unnoted(place, step.file)) };
}

function originalText(place: Place, { kept, before }: JournalStep, file: string): string {
  const path = kept === null ? undefined : unnoted(place, kept);
  const bytes = path === undefined ? undefined : bytesAt(path);
  if (!bytes) throw new WriteError('failed', `the original of ${file} is gone; nothing was undone`, file);
  const original = stateAt(path!).state;
  if (before.kind !== 'file' || original.kind !== 'file' || original.sha256 !== before.sha256)
    throw new WriteError('failed', `the original of ${file} has been changed; nothing was undone`, file);
  return decode(bytes);
}

function changed(file: string, now: State, after: State): WriteError {
  const what =
    now.kind === 'absent'
      ? 'was removed'
      : now.kind === 'file' && after.kind === 'file' && now.sha256 === after.sha256
        ? 'got another owner or mode'
        : 'has changed';
  return new WriteError('changed', `${file} ${what} since it was written; nothing was undone`, file);
}
