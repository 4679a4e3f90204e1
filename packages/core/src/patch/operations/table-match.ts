import { get, type TableValue } from '../../evaluate/index.js';
import { compose } from '../compose.js';
import { isStep, shownScope } from '../find.js';
import type { OptionValues, PatchContext, Step, TableMatchOperation } from '../operation.js';
import { already, changed, refused } from '../steps.js';
import { follow, shownPath } from '../tables.js';
import { equals } from '../values.js';
import { tableSet } from './table-set.js';

/** Sets entries of the rows of a table of tables that have the values asked for, wherever they stand. */
export function tableMatch(context: PatchContext, operation: Omit<TableMatchOperation, 'op'>): Step {
  const { scope, path, where, set } = operation;
  const shown = `\`${shownPath(path)}\` of ${shownScope(scope)}`;
  // to a place behind the table, so that the way ends in the table itself
  const way = follow(context, scope, [...path, 1]);
  if (way === undefined) return refused('not-found', `${shown} is not set`);
  if (isStep(way)) return way;
  const at = [{ file: way.table.file, start: way.table.start, end: way.table.end }];
  if (way.rest.length > 1) return refused('not-found', `${shown} is not set`, at);
  const keys = matching(way.value, where);
  if (keys.length === 0) {
    if (matching(way.value, { ...where, ...set }).length > 0) return already(`the row in ${shown} is so already`, at);
    return refused('not-found', `no row of ${shown} has ${Object.keys(where).join(', ')} as asked for`, at);
  }
  const done = compose(
    context,
    keys.flatMap(key =>
      Object.entries(set).map(
        ([name, value]) =>
          (current: PatchContext) =>
            tableSet(current, { scope, path: [...path, key, name], value }),
      ),
    ),
  );
  return done.status === 'changed' ? changed(`${keys.length} row(s) of ${shown} changed`, done.changes, done.at) : done;
}

function matching({ table }: TableValue, wanted: OptionValues): (string | number)[] {
  return [...table.entries].flatMap(([key, { value }]) => {
    if ((typeof key !== 'string' && typeof key !== 'number') || value.kind !== 'table') return [];
    return Object.entries(wanted).every(([name, item]) => equals(get(value, name), item)) ? [key] : [];
  });
}
