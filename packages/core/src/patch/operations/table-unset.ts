import { editsOnly } from '../change.js';
import { isStep, shownScope } from '../find.js';
import type { PatchContext, Step, TableUnsetOperation } from '../operation.js';
import { already, changed, refused } from '../steps.js';
import { removeEntry } from '../table.js';
import { follow, shownPath } from '../tables.js';
import { unset } from './unset.js';

/** Takes one entry out of a table option, with the comments that are its own. */
export function tableUnset(context: PatchContext, { scope, path }: Omit<TableUnsetOperation, 'op'>): Step {
  const [name, ...keys] = path;
  if (typeof name !== 'string') return refused('wrong-kind', 'a path begins with the name of an option');
  if (keys.length === 0) return unset(context, { scope, name });
  const way = follow(context, scope, path);
  if (way && isStep(way)) return way;
  const shown = `\`${shownPath(path)}\``;
  if (!way?.entry) return already(`${shown} is not set in ${shownScope(scope)}`);
  const { table, entry } = way;
  const edits = removeEntry(table, table.entries.indexOf(entry));
  return changed(`${shown} removed from ${shownScope(scope)}`, editsOnly(edits.map(edit => ({ file: table.file, ...edit }))), [
    { file: table.file, start: entry.start, end: entry.end },
  ]);
}
