import { type Run, work } from '../run.js';
import { type Origin, openReason, type TableValue } from '../values.js';

/** The length of a list, where it can be said (luaH_getn of ltable.c). */

/** The `n` for which entry n is there and n+1 is not (luaH_getn): the only one where the list has no holes. */
export function border(entries: ReadonlyMap<unknown, unknown>): number {
  if (entries.size === 0 || entries.has(entries.size))
    return entries.has(entries.size + 1) ? searched(entries, entries.size + 1) : entries.size;
  return searched(entries, 0);
}

function searched(entries: ReadonlyMap<unknown, unknown>, from: number): number {
  let low = from;
  let high = from + 1;
  for (; entries.has(high); high *= 2) low = high;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (entries.has(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Whether a list goes on behind its border, so that its length is what Lua's memory makes of it. */
export function hasHoles(entries: ReadonlyMap<unknown, unknown>, length: number): boolean {
  if (entries.size === length) return false;
  for (const key of entries.keys()) if (typeof key === 'number' && key > length && Number.isInteger(key)) return true;
  return false;
}

/** Why the length of a table is not known, or `undefined` where it is. */
export function lengthDoubt(run: Run, list: TableValue, at: Origin): string | undefined {
  const { entries } = list.table;
  const length = border(entries);
  if (entries.size !== length) work(run, at, entries.size / 64);
  if (hasHoles(entries, length)) return 'the length of a list with holes';
  const last = entries.get(length)?.value;
  return (
    openReason(list) ??
    (last?.kind === 'unknown' && last.choices?.some(choice => choice.kind === 'nil') ? last.reason : undefined)
  );
}
