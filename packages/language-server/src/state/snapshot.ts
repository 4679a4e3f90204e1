import { type FileSystem, memoryFiles, overlayFiles } from '@prosodist/core';
import { lastEditedLast, type OpenDocument } from './documents.js';

/** A file system whose answers are kept, so that one evaluation sees one state and asks the disk once. */
export function remember(files: FileSystem): FileSystem {
  return {
    readFile: once(path => files.readFile(path)),
    readDirectory: once(path => files.readDirectory(path)),
    stat: once(path => files.stat(path)),
    realPath: once(path => files.realPath(path)),
  };
}

/**
 * What the editor shows: open buffers, by path and by real path, over the files below. A file that is open under two names has two
 * buffers; what it is, is what was changed last.
 */
export function snapshot(below: FileSystem, documents: readonly OpenDocument[]): FileSystem {
  const kept = remember(below);
  const files = lastEditedLast(documents).flatMap(({ path, text }) => (path === undefined ? [] : [{ path, text }]));
  const shown = new Map(files.map(({ path, text }) => [kept.realPath(path), text]));
  const buffers = files.map(({ path, text }) => [path, shown.get(kept.realPath(path)) ?? text] as const);
  return remember(overlayFiles(kept, new Map(buffers)));
}

/**
 * A document of which nothing but its text can be known: untitled, or of another scheme. Whatever it includes is empty,
 * because nobody can say what is wrong with it.
 */
export function loneFile(path: string, text: string): FileSystem {
  return {
    ...memoryFiles({ [path]: text }),
    readFile: asked => ({ ok: true, text: asked === path ? text : '' }),
    readDirectory: () => ({ ok: true, names: [] }),
  };
}

function once<Answer>(ask: (path: string) => Answer): (path: string) => Answer {
  const known = new Map<string, Answer>();
  return path => {
    if (!known.has(path)) known.set(path, ask(path));
    return known.get(path) as Answer;
  };
}
