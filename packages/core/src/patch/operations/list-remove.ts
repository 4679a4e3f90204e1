import { editsOnly } from '../change.js';
import { compose } from '../compose.js';
import { disabledEntries } from '../disabled.js';
import { documentOf, findOption, isStep, shownScope } from '../find.js';
import { type Item, isItem, type List, readList } from '../lists.js';
import type { LuaLiteral } from '../literal.js';
import type { ListRemoveOperation, PatchContext, Step } from '../operation.js';
import { already, changed } from '../steps.js';
import { commentEntry, removeEntry } from '../table.js';
import { shownValue } from '../values.js';
import { unset } from './unset.js';

/** Takes entries out of a list of one section, with the comments that are their own; or makes comments of them. */
export function listRemove(context: PatchContext, operation: Omit<ListRemoveOperation, 'op'>): Step {
  const { scope, name, items, mode = 'delete', dropEmpty = false } = operation;
  const found = findOption(context, scope, name);
  if (isStep(found)) return found;
  const list = readList(context, found, name);
  if (isStep(list)) return list;
  const wanted = items.flatMap(item => matches(context, list, name, item).map(() => item));
  const gone = `${items.map(item => shownValue(item, name)).join(', ')} not in \`${name}\` of ${shownScope(scope)}`;
  if (wanted.length === 0) return already(gone);
  const parts = wanted.map(item => (current: PatchContext) => removeItem(current, operation, item));
  if (!dropEmpty) return compose(context, parts);
  return compose(context, [
    ...parts,
    current => {
      const again = findOption(current, scope, name);
      const rest = isStep(again) ? again : readList(current, again, name);
      return isEmpty(rest) ? unset(current, { scope, name, mode }) : already('the list has other entries');
    },
  ]);
}

/** Nothing is left, and no commented entry either, which would go with the list. */
function isEmpty(list: List | Step): boolean {
  return (
    'kind' in list &&
    list.kind === 'list' &&
    list.tables.every(table => table.entries.length === 0 && disabledEntries(table.document, table).length === 0)
  );
}

function matches(context: PatchContext, list: List, name: string, item: LuaLiteral): (Item | null)[] {
  if (list.kind === 'list') return list.items.filter(({ value }) => isItem(context, name, value, item));
  return list.kind === 'alone' && isItem(context, name, list.value, item) ? [null] : [];
}

function removeItem(context: PatchContext, operation: Omit<ListRemoveOperation, 'op'>, item: LuaLiteral): Step {
  const { scope, name, mode = 'delete' } = operation;
  const found = findOption(context, scope, name);
  if (isStep(found)) return found;
  const list = readList(context, found, name);
  if (isStep(list)) return list;
  const match = matches(context, list, name, item).at(-1);
  if (match === undefined) return already('it is not there');
  const done = `${shownValue(item, name)} ${mode === 'delete' ? 'removed from' : 'made a comment in'} \`${name}\` of ${shownScope(scope)}`;
  // the value alone is the whole list
  if (match === null) {
    const { setting } = found.option!;
    const { file, start, end } = setting.valueOrigin;
    const quoted = documentOf(context.configuration, { file }).text.slice(start, end);
    const text = mode === 'comment' ? `{ --[[${quoted}]] }` : '{ }';
    return changed(done, editsOnly([{ file, start, end, text }]), [setting.origin]);
  }
  const { table, index } = match;
  const { start, end } = table.entries[index]!;
  const edits = mode === 'delete' ? removeEntry(table, index) : commentEntry(table, index);
  return changed(done, editsOnly(edits.map(edit => ({ file: table.file, ...edit }))), [{ file: table.file, start, end }]);
}
