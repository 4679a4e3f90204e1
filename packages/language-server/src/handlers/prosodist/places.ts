import { baseName, type Origin } from '@prosodist/core';
import { findFile, type Tree, toRange } from '@prosodist/language-service';
import type { Location } from 'vscode-languageserver';
import type { PlaceView } from './protocol.js';

/** Where something was written; null for a file that cannot be read. */
export function locationOf(tree: Tree, { file, start, end }: Origin): Location | null {
  const text = findFile(tree, file)?.document ?? read(tree, file);
  return text ? { uri: tree.uriOf(file), range: toRange(text, { start, end }) } : null;
}

/** The same with a name for people. */
export function placeView(tree: Tree, origin: Origin | null): PlaceView | null {
  const location = origin && locationOf(tree, origin);
  return location && { location, name: `${baseName(origin!.file)}:${location.range.start.line + 1}` };
}

function read(tree: Tree, file: string): { readonly text: string } | undefined {
  const found = tree.files.readFile(file);
  return found.ok ? { text: found.text } : undefined;
}
