// The entries of a list option, as they are written.
import { listEntries, type Value } from '../evaluate/index.js';
import { documentOf, type Found, untouchable } from './find.js';
import type { LuaLiteral } from './literal.js';
import { expressionAt, type TableNode, tableAt } from './nodes.js';
import type { PatchContext, Step } from './operation.js';
import { refused } from './steps.js';
import { holds } from './values.js';

/** One entry of a list: its value, and the table constructor and place in it where it is written. */
export interface Item {
  readonly value: Value;
  readonly table: TableNode;
  readonly index: number;
}

/** What an option is, seen as a list. A text or number alone counts for Prosody as a list of one. */
export type List =
  | { readonly kind: 'none' }
  | { readonly kind: 'alone'; readonly value: Value }
  | { readonly kind: 'list'; readonly tables: readonly TableNode[]; readonly items: readonly Item[] };

/** Reads a list option, or says why its entries cannot be edited. */
export function readList({ configuration }: PatchContext, found: Found, name: string): List | Step {
  const { option, settings } = found;
  if (!option) return { kind: 'none' };
  const { value } = option;
  const at = [option.setting.origin];
  if (value.kind === 'string' || value.kind === 'number') return { kind: 'alone', value };
  if (value.kind === 'boolean' || value.kind === 'function')
    return refused('wrong-kind', `\`${name}\` is a ${value.kind}, not a list`, at);
  const tables: TableNode[] = [];
  const items: Item[] = [];
  const base = settings.findLastIndex(setting => setting.form !== 'append');
  for (const setting of settings.slice(Math.max(0, base))) {
    const { file, start } = setting.valueOrigin;
    const document = documentOf(configuration, { file });
    // placeholders inside a list do not matter to its other entries; a file that does not parse does
    const refusal = untouchable(configuration, { file, start, end: start + 1 }, `\`${name}\``);
    if (refusal) return refusal;
    const table = document && tableAt(document, setting.valueOrigin);
    if (!table) return refused('computed-value', `\`${name}\` is computed; change it by hand`, [setting.valueOrigin]);
    tables.push(table);
  }
  if (value.kind !== 'table') return refused('computed-value', `\`${name}\` is computed; change it by hand`, at);
  const values = new Map(
    [...value.table.entries.values()].flatMap(entry => (entry.origin ? [[placeOf(entry.origin), entry.value] as const] : [])),
  );
  for (const table of tables) {
    for (const [index, entry] of table.entries.entries()) {
      const known = entry.listed ? values.get(placeOf({ file: table.file, ...entry })) : undefined;
      if (known) items.push({ value: known, table, index });
    }
  }
  // an item that is written nowhere we can see came from code
  if (items.length < listEntries(value).length)
    return refused('computed-value', `entries of \`${name}\` are computed; change it by hand`, at);
  return { kind: 'list', tables, items };
}

function placeOf({ file, start, end }: { readonly file: string; readonly start: number; readonly end: number }): string {
  return `${start} ${end} ${file}`;
}

/** Whether the last entry of a table may stand for several: what is put behind it would cut it to one. */
export function endsOpen({ document, file, entries }: TableNode): boolean {
  const last = entries.at(-1);
  if (!last?.listed) return false;
  const node = expressionAt(document, { file, start: last.value.start, end: last.value.end })?.node;
  return node === undefined || /Call|Vararg/.test(node.type);
}

/** Whether an entry is the wanted one; addresses of people are so in any case of letters. */
export function isItem({ configuration }: PatchContext, name: string, value: Value, wanted: LuaLiteral): boolean {
  if (name === 'admins' && value.kind === 'string' && typeof wanted === 'string')
    return value.value.toLowerCase() === wanted.toLowerCase();
  return holds(configuration, value, wanted);
}
