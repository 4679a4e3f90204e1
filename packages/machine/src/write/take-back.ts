import { lstatSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { encode } from '@prosodist/core';
import { errorCode, osPath } from '../paths.js';
import { WriteError } from './error.js';
import { type Journal, type JournalStep, removeEmptyHistory, removeOriginals } from './journal.js';
import { type Place, unnoted } from './place.js';
import { type Owner, removeQuietly, syncFolder, writeInto, writeNew } from './stage.js';
import { alike, bytesAt, isTorn, stateAt } from './state.js';

/** The two texts of a step, where this process still has them. */
export type Memory = (step: number) => { readonly before?: Uint8Array | undefined; readonly after?: Uint8Array | undefined };

/**
 * Takes a write back, in the opposite order, and removes what it left lying about. It may itself be interrupted at any
 * point and done again: what is as it was is left alone. So is a file that somebody else has changed since.
 * @returns what could not be put back, in sentences
 */
export function takeBack(place: Place, journal: Journal, memory: Memory = () => ({})): string[] {
  const lost: string[] = [];
  const rescued = new Set<string>();
  const steps = journal.phase === 'committing' ? [...journal.steps.entries()].reverse() : [];
  for (const [index, step] of steps) {
    const file = unnoted(place, step.file);
    try {
      if (putBack(place, step, memory(index))) continue;
      lost.push(`${file} has been changed since by somebody else, and was left as it is`);
    } catch (error) {
      lost.push(`${file} holds the new text (${WriteError.from(error).message})`);
    }
    if (step.kept !== null) rescued.add(step.kept);
  }
  for (const [, step] of steps) syncFolder(osPath(folderOfFile(unnoted(place, step.file)), '/'));
  for (const helper of journal.helpers) if (!rescued.has(helper)) removeQuietly(osPath(unnoted(place, helper), '/'));
  for (const kept of rescued) lost.push(`its original text is in ${rescue(place, unnoted(place, kept))}`);
  removeStaged(place);
  removeOriginals(place, journal.id);
  removeEmptyHistory(place);
  removeQuietly(osPath(place.journal, '/'));
  syncFolder(osPath(place.folder, '/'));
  return lost;
}

/** Removes the copy of the tree that was made for verifying. */
export function removeStaged({ staged }: Place): void {
  rmSync(osPath(staged, '/'), { recursive: true, force: true });
}

/** @returns false when what is there is neither the old nor the new */
function putBack(place: Place, step: JournalStep, { before, after }: ReturnType<Memory>): boolean {
  const file = unnoted(place, step.file);
  const path = osPath(file, '/');
  const now = stateAt(file);
  if (alike(now.state, step.before)) return true;
  const text = (noted: string | null, known: Uint8Array | undefined) =>
    known ?? (noted === null ? undefined : bytesAt(unnoted(place, noted)));
  const [original, fresh] = [text(step.kept, before), text(step.fresh, after)];
  const torn = () =>
    now.bytes !== undefined && original !== undefined && fresh !== undefined && isTorn(now.bytes, original, fresh);
  if (!alike(now.state, step.after) && !torn()) return false;
  switch (step.before.kind) {
    case 'absent':
      unlinkSync(path);
      return true;
    case 'link':
      symlinkSync(Buffer.from(encode(step.before.target)), path);
      return true;
    case 'file': {
      if (original === undefined) return false;
      if (now.stat?.ino === step.inode) writeInto(path, original);
      else restore(place, step, original, step.before);
      return true;
    }
    default:
      return false;
  }
}

/** The original itself, where it lies on the same file system; else a copy that becomes complete before it gets the name. */
function restore(place: Place, { file, kept, spare }: JournalStep, bytes: Uint8Array, owner: Owner): void {
  const path = osPath(unnoted(place, file), '/');
  const original = kept === null ? undefined : osPath(unnoted(place, kept), '/');
  if (original && lstatSync(original, { throwIfNoEntry: false })) {
    try {
      renameSync(original, path);
      return;
    } catch (error) {
      if (errorCode(error) !== 'EXDEV') throw error;
    }
  }
  const helper = osPath(unnoted(place, spare), '/');
  // an earlier try may have been interrupted here
  removeQuietly(helper);
  writeNew(helper, bytes, owner);
  renameSync(helper, path);
}

/** The original of a file that was left alone must outlive the folder that it was kept in. */
function rescue({ history }: Place, kept: string): string {
  if (!kept.startsWith(`${history}/`)) return kept;
  const safe = `${history}/rescued-${kept.slice(history.length + 1).replaceAll('/', '-')}`;
  try {
    renameSync(osPath(kept, '/'), osPath(safe, '/'));
    return safe;
  } catch {
    return kept;
  }
}

function folderOfFile(file: string): string {
  return file.slice(0, file.lastIndexOf('/')) || '/';
}

/** Names of the files that a write was about, absolute. */
export function filesOf(place: Place, { steps }: Journal): string[] {
  return steps.map(step => unnoted(place, step.file));
}
