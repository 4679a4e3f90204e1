import { placesNaming } from '@prosodist/core';
import type { Location, Position } from 'vscode-languageserver-types';
import { type Mark, marksIn, type Role } from '../names/marks.js';
import { filesOf, type Thing, thingAt } from '../names/things.js';
import { toRange } from '../positions.js';
import { findFile, type Tree, type TreeFile } from '../tree.js';

/** More than these nobody reads, and an editor should not have to show. */
const MOST = 10_000;

/** A place that names a thing. */
export interface Use {
  readonly file: TreeFile;
  readonly start: number;
  readonly end: number;
  readonly role: Role;
}

/**
 * The places that name the thing at a position, in all files of the tree.
 * @param declaration whether the thing's own places (openings, settings, a local's declaration) are wanted too
 */
export function references(tree: Tree, path: string, position: Position, declaration = true): Location[] {
  const thing = thingAt(tree, path, position);
  if (!thing) return [];
  return usesOf(tree, thing)
    .filter(({ role }) => declaration || role === 'read')
    .map(use => ({ uri: tree.uriOf(use.file.path), range: toRange(use.file.document, use) }));
}

/** The places that name a thing: of a local in its file, of everything else in all files of the tree. */
export function usesOf(tree: Tree, { file, mark }: Thing): Use[] {
  if (mark.kind === 'host' || mark.kind === 'component') return hostUses(tree, file, mark);
  const files = mark.kind === 'local' || mark.kind === 'include' ? [file] : filesOf(tree);
  const uses: Use[] = [];
  for (const searched of files) {
    for (const other of marksIn(searched)) {
      if (other.kind !== mark.kind || other.id !== mark.id || uses.length >= MOST) continue;
      uses.push({ file: searched, start: other.start, end: other.end, role: other.role });
    }
  }
  return uses;
}

/** A host is named in addresses and paths too; a longer name that is a host of its own is not this one. */
function hostUses(tree: Tree, { configuration }: TreeFile, { id }: Mark): Use[] {
  const openings = configuration.sections.get(id)?.openings ?? [];
  const uses: Use[] = [];
  const seen = new Set<unknown>();
  for (const { file, start, end, word } of placesNaming(configuration, id)) {
    const found = findFile(tree, file);
    if (!found || seen.has(`${found.path} ${start}`) || uses.length >= MOST) continue;
    seen.add(`${found.path} ${start}`);
    if (word !== id && (configuration.sections.get(word)?.openings.length ?? 0) > 0) continue;
    const opened = openings.some(({ nameOrigin: at }) => at.file === file && at.start <= start && end <= at.end);
    uses.push({ file: found, start, end, role: opened ? 'definition' : 'read' });
  }
  return uses;
}
