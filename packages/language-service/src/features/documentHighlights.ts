import { type DocumentHighlight, DocumentHighlightKind, type Position } from 'vscode-languageserver-types';
import { thingAt } from '../names/things.js';
import { toRange } from '../positions.js';
import { realPath, type Tree } from '../tree.js';
import { usesOf } from './references.js';

/** The places in the file that name what stands at a position: what opens or sets it as written, the others as read. */
export function documentHighlights(tree: Tree, path: string, position: Position): DocumentHighlight[] {
  const thing = thingAt(tree, path, position);
  if (!thing) return [];
  const real = realPath(tree, thing.file.path);
  return usesOf(tree, thing)
    .filter(({ file }) => realPath(tree, file.path) === real)
    .map(use => ({
      range: toRange(thing.file.document, use),
      kind: use.role === 'read' ? DocumentHighlightKind.Read : DocumentHighlightKind.Write,
    }));
}
