import type { Position, Range, WorkspaceEdit } from 'vscode-languageserver-types';
import { type Thing, thingAt } from '../names/things.js';
import { toRange } from '../positions.js';
import type { Tree } from '../tree.js';
import { type EditClient, workspaceEdit } from './actions/workspaceEdit.js';
import { renamedHost } from './rename/host.js';
import { renamedLocal } from './rename/local.js';

/** Why something is not renamed, in a sentence for the person who asked. */
export interface Refusal {
  readonly refused: string;
}

/** What would be renamed at a position, and its name now; or why nothing can be. */
export function prepareRename(
  tree: Tree,
  path: string,
  position: Position,
): { readonly range: Range; readonly placeholder: string } | Refusal {
  const thing = thingAt(tree, path, position);
  const kind = thing?.mark.kind;
  if (!thing || (kind !== 'host' && kind !== 'component' && kind !== 'local')) return { refused: reasonAgainst(kind) };
  const { file, mark } = thing;
  if (kind !== 'local' && !isPlain(thing)) return { refused: UNSURE };
  return { range: toRange(file.document, mark), placeholder: file.document.text.slice(mark.start, mark.end) };
}

/**
 * Renames what stands at a position: a host or component with everything that is named after it, in all files; a local in
 * its file.
 */
export function rename(tree: Tree, path: string, position: Position, name: string, client: EditClient): WorkspaceEdit | Refusal {
  const thing = thingAt(tree, path, position);
  if (!thing) return { refused: reasonAgainst(undefined) };
  const { mark } = thing;
  if ((mark.kind === 'host' || mark.kind === 'component') && !isPlain(thing)) return { refused: UNSURE };
  const edits =
    mark.kind === 'local'
      ? renamedLocal(tree, thing, name)
      : mark.kind === 'host' || mark.kind === 'component'
        ? renamedHost(tree, mark.id, name)
        : { refused: reasonAgainst(mark.kind) };
  if ('refused' in edits) return edits;
  const edit = workspaceEdit(tree, { edits, creates: [], links: [] }, client);
  return edit ?? { refused: 'This editor cannot change several files.' };
}

const UNSURE = 'The name of this host is filled in or computed somewhere else: rename it there.';

/** Whether a host is there under the name that is written. */
function isPlain({ file, mark }: Thing): boolean {
  return mark.id !== '' && (file.configuration.sections.get(mark.id)?.openings.length ?? 0) > 0;
}

function reasonAgainst(kind: string | undefined): string {
  switch (kind) {
    case 'option':
    case 'key':
      return 'Prosody and its modules decide how options are called: there is nothing to rename.';
    case 'module':
      return 'A module has the name of its file: rename that, then write its new name here.';
    case 'include':
    case 'file':
      return 'Rename the file itself, then write its new name here.';
    case 'function':
      return 'Functions of Lua and Prosody keep their names.';
    default:
      return 'There is no host, component or local variable here that could be renamed.';
  }
}
