import type { MemoryFile } from '../evaluate/index.js';
import { applyEdits, sortEdits, type TextEdit } from '../text/index.js';

/** An edit of one file of the tree; offsets in UTF-16 code units of the file's text, from 0. */
export interface FileEdit extends TextEdit {
  readonly file: string;
}

/** Edits, new files and new links that belong together, and what goes. Nothing of it is written yet. */
export interface Changes {
  readonly edits: readonly FileEdit[];
  /** Files that are not there yet. `secret` asks for a mode that others cannot read. */
  readonly creates: readonly NewFile[];
  readonly links: readonly NewLink[];
  /** Links, and files that have got another name, which go. */
  readonly removes?: readonly string[];
}

export interface NewFile {
  readonly file: string;
  readonly text: string;
  readonly secret: boolean;
}

/** A symbolic link to be made at `path`; `target` as it will be written into the link. */
export interface NewLink {
  readonly path: string;
  readonly target: string;
}

export const NO_CHANGES: Changes = { edits: [], creates: [], links: [] };

export function editsOnly(edits: readonly FileEdit[]): Changes {
  return { edits, creates: [], links: [] };
}

export function isEmpty(changes: Changes): boolean {
  const { edits, creates, links, removes = [] } = changes;
  return edits.length + creates.length + links.length + removes.length === 0;
}

/** Several changes, all meant against the same state of the tree. */
export function merge(...all: readonly Changes[]): Changes {
  return {
    edits: all.flatMap(changes => changes.edits),
    creates: all.flatMap(changes => changes.creates),
    links: all.flatMap(changes => changes.links),
    ...(all.some(changes => changes.removes) && { removes: all.flatMap(changes => changes.removes ?? []) }),
  };
}

/**
 * The files after the changes, for `overlayFiles`. Edits of one file under two names (a link and its target) meet in the
 * file itself; the same edit given twice is made once.
 * @throws RangeError when two edits overlap
 */
export function changedFiles(
  files: { readFile(path: string): { ok: boolean; text?: string }; realPath(path: string): string },
  changes: Changes,
): Map<string, MemoryFile | null> {
  const result = new Map<string, MemoryFile | null>();
  for (const path of changes.removes ?? []) result.set(path, null);
  const byFile = new Map<string, FileEdit[]>();
  for (const edit of changes.edits) {
    const real = files.realPath(edit.file);
    const others = byFile.get(real) ?? [];
    if (!others.some(other => other.start === edit.start && other.end === edit.end && other.text === edit.text))
      others.push(edit);
    byFile.set(real, others);
  }
  for (const [file, edits] of byFile) {
    const read = files.readFile(file);
    if (read.ok && read.text !== undefined) result.set(file, applyEdits(read.text, sortEdits(edits)));
  }
  for (const { file, text } of changes.creates) result.set(file, text);
  for (const { path, target } of changes.links) result.set(path, { link: target });
  return result;
}
