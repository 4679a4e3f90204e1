// The way into a table option, as it is written.
import { get, type TableValue, type Value } from '../evaluate/index.js';
import { documentOf, findOption, isStep, untouchable } from './find.js';
import { type LiteralStyle, type LuaLiteral, literal, tableKey } from './literal.js';
import { type Entry, type TableNode, tableAt, tableOf } from './nodes.js';
import type { PatchContext, PatchScope, Step, TablePath } from './operation.js';
import { refused } from './steps.js';

/** How far a path leads: the table that has the last key that is there, and what of the path is left behind it. */
export interface Way {
  readonly table: TableNode;
  readonly value: TableValue;
  /** The entry that the first key of `rest` names, if it is there; then `rest` is that key alone. */
  readonly entry: Entry | undefined;
  readonly rest: TablePath;
}

export function shownPath([name, ...keys]: TablePath): string {
  return name + keys.map(key => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
}

/** Follows a path of two steps or more; undefined where the option is not set. */
export function follow(context: PatchContext, scope: PatchScope, path: TablePath): Way | Step | undefined {
  const [name, ...keys] = path;
  const found = findOption(context, scope, String(name));
  if (isStep(found)) return found;
  const { option } = found;
  if (!option) return undefined;
  const { valueOrigin, form } = option.setting;
  const { configuration } = context;
  const document = documentOf(configuration, valueOrigin);
  const refusal = untouchable(configuration, { ...valueOrigin, end: valueOrigin.start + 1 }, `\`${name}\``);
  if (refusal) return refusal;
  if (form === 'append')
    return refused('dynamic', `\`${name}\` is put together by several statements; change it by hand`, [option.setting.origin]);
  let value: Value = option.value;
  let table = document && tableAt(document, valueOrigin);
  let shown = String(name);
  for (const [index, key] of keys.entries()) {
    const at = table ? [{ file: valueOrigin.file, start: table.start, end: table.end }] : [valueOrigin];
    if (!table && value.kind !== 'table' && value.kind !== 'unknown')
      return refused('wrong-kind', `\`${shown}\` is a ${value.kind}, not a table`, at);
    if (!table || value.kind !== 'table') return refused('computed-value', `\`${shown}\` is computed; change it by hand`, at);
    const entry = table.entries.findLast(candidate => candidate.key === key);
    if (!entry || index === keys.length - 1) return { table, value, entry, rest: keys.slice(index) };
    value = get(value, key);
    table = tableOf(document, valueOrigin.file, entry.value);
    shown += typeof key === 'number' ? `[${key}]` : `.${key}`;
    // what is written there, for a refusal in the next turn
    if (!table && value.kind === 'table')
      return refused('computed-value', `\`${shown}\` is computed; change it by hand`, [
        { file: valueOrigin.file, ...place(entry) },
      ]);
    if (!table)
      return refused('wrong-kind', `\`${shown}\` is a ${value.kind}, not a table`, [{ file: valueOrigin.file, ...place(entry) }]);
  }
  return undefined;
}

function place({ start, end }: Entry) {
  return { start, end };
}

/** A value inside tables of their own, one a key: `a`, `b` → `{ a = { b = value } }`. */
export function nested(keys: TablePath, value: LuaLiteral, style: LiteralStyle): string {
  return keys.reduceRight<string>((source, key) => `{ ${keyed(key, source, style)} }`, literal(value, style));
}

/** An entry of a table: a value with its key, or at the first place of a list without one. */
export function keyed(key: string | number, source: string, { quote }: LiteralStyle): string {
  if (typeof key === 'string') return `${tableKey(key, quote)} = ${source}`;
  return key === 1 ? source : `[${key}] = ${source}`;
}
