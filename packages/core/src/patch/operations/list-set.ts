import { compose } from '../compose.js';
import { documentOf, findOption, isStep, shownScope } from '../find.js';
import { addOption } from '../insert.js';
import { isItem, readList } from '../lists.js';
import { flawOf, literal } from '../literal.js';
import type { ListSetOperation, PatchContext, Step } from '../operation.js';
import { already, changed, refused } from '../steps.js';
import { addItem } from './list-add.js';
import { listRemove } from './list-remove.js';
import { set } from './set.js';

/**
 * Gives a list these entries and no others. Entries that stay keep their places and comments; a new one comes behind the
 * one that is before it in the list asked for.
 */
export function listSet(context: PatchContext, operation: Omit<ListSetOperation, 'op'>): Step {
  const { scope, name, items } = operation;
  const flaw = items.map(flawOf).find(found => found !== undefined);
  if (flaw !== undefined) return refused('wrong-kind', `\`${name}\`: ${flaw}`);
  const found = findOption(context, scope, name);
  if (isStep(found)) return found;
  const list = readList(context, found, name);
  if (isStep(list)) return list;
  if (list.kind === 'none' && found.settings.length === 0) {
    const step = addOption(context, found.section, name, style => literal(items, style), operation);
    return step.status === 'changed' ? changed(`\`${name}\` added to ${shownScope(scope)}`, step.changes, step.at) : step;
  }
  if (list.kind !== 'list') {
    const single = list.kind === 'alone' && items.length === 1 && isItem(context, name, list.value, items[0]!);
    return single ? already(`\`${name}\` is that already`) : set(context, { scope, name, value: items });
  }
  const strange = list.items.filter(({ value }) => !items.some(item => isItem(context, name, value, item)));
  const strangers = strange.map(({ table, index }) => {
    const { start, end } = table.entries[index]!.value;
    return { raw: documentOf(context.configuration, table).text.slice(start, end) };
  });
  const done = compose(context, [
    ...items.map(
      (item, index) => (current: PatchContext) =>
        addItem(current, operation, item, index === 0 ? 'start' : { behind: items[index - 1]! }),
    ),
    ...strangers.map(item => (current: PatchContext) => listRemove(current, { scope, name, items: [item] })),
  ]);
  if (done.status === 'already') return already(`\`${name}\` has these entries already`, [found.option!.setting.origin]);
  return done.status === 'refused' ? done : changed(`\`${name}\` of ${shownScope(scope)} set`, done.changes, done.at);
}
