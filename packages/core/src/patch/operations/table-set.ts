import { get } from '../../evaluate/index.js';
import { editsOnly } from '../change.js';
import { findSection, isStep, shownScope, untouchable } from '../find.js';
import { addOption } from '../insert.js';
import { endsOpen } from '../lists.js';
import { flawOf, literal } from '../literal.js';
import type { PatchContext, Step, TableSetOperation } from '../operation.js';
import { already, changed, refused } from '../steps.js';
import { styleOf } from '../style.js';
import { insertEntry } from '../table.js';
import { follow, keyed, nested, shownPath } from '../tables.js';
import { holds, shownValue } from '../values.js';
import { quoteOf } from './list-add.js';
import { set } from './set.js';

/** Gives one entry of a table option a value; tables on the way that are not there come to be. Other entries stay. */
export function tableSet(context: PatchContext, operation: Omit<TableSetOperation, 'op'>): Step {
  const { scope, path, value } = operation;
  const [name, ...keys] = path;
  if (typeof name !== 'string') return refused('wrong-kind', 'a path begins with the name of an option');
  if (keys.length === 0) return set(context, { ...operation, name });
  const flaw = flawOf(value);
  if (flaw !== undefined) return refused('wrong-kind', `\`${shownPath(path)}\`: ${flaw}`);
  const way = follow(context, scope, path);
  const shown = `\`${shownPath(path)}\` of ${shownScope(scope)}`;
  const what = shownValue(value, name, keys);
  if (way === undefined) {
    const section = findSection(context, scope);
    if (isStep(section)) return section;
    const step = addOption(context, section, name, style => nested(keys, value, style), operation);
    return step.status === 'changed' ? { ...step, why: `${shown} set to ${what}` } : step;
  }
  if (isStep(way)) return way;
  const { table, entry, rest } = way;
  const { file, document } = table;
  const { text } = document;
  const style = { ...styleOf(text), ...quoteOf(text.slice(table.start, table.end)) };
  if (entry) {
    const { start, end } = entry.value;
    const at = [{ file, start: entry.start, end: entry.end }];
    if (holds(context.configuration, get(way.value, rest[0]!), value, { file, start, end }))
      return already(`${shown} is ${what} already`, at);
    const refusal = untouchable(context.configuration, { file, start, end }, shown);
    return refusal ?? changed(`${shown} set to ${what}`, editsOnly([{ file, start, end, text: literal(value, style) }]), at);
  }
  const at = [{ file, start: table.start, end: table.end }];
  const [key, ...inner] = rest;
  const listed = table.entries.filter(candidate => candidate.listed).length;
  if (typeof key === 'number' && (key < 1 || key > listed + 1 || !Number.isInteger(key)))
    return refused('not-found', `\`${shownPath(path)}\`: the list has ${listed} entries only`, at);
  if (typeof key === 'number' && endsOpen(table))
    return refused('computed-value', `the last entry of \`${name}\` may stand for several; change it by hand`, at);
  const source = inner.length > 0 ? nested(inner, value, style) : literal(value, style);
  // named entries stay together, before a list's entries if they are there
  const index =
    typeof key === 'string'
      ? table.entries.findLastIndex(candidate => !candidate.listed) + 1 || table.entries.length
      : table.entries.length;
  const place = endsOpen(table) && index === table.entries.length ? 0 : index;
  const edits = insertEntry(table, place, typeof key === 'number' ? source : keyed(key!, source, style));
  return changed(`${shown} set to ${what}`, editsOnly(edits.map(edit => ({ file, ...edit }))), at);
}
