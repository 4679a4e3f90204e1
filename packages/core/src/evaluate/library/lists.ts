import { callBack, index, metaMethod } from '../access.js';
import { border, lengthDoubt } from '../operators.js';
import { type Run, setEntry } from '../run.js';
import { integer, type Origin, type TableValue, type UnknownValue, unknown, type Value } from '../values.js';
import { libraryFault, type NativeCall } from './native.js';

/** `#list` for a library function (luaL_len), or the unknown that it is. */
export function lengthOf(given: NativeCall, list: TableValue): number | UnknownValue {
  const handler = metaMethod(list, '__len');
  if (handler.kind !== 'nil') {
    const length = callBack(given.run, handler, [list], given.at)[0];
    if (length?.kind === 'unknown') return length;
    if (length?.kind !== 'number' || !Number.isInteger(length.value))
      throw libraryFault(given, 'object length is not an integer');
    return length.value;
  }
  const doubt = lengthDoubt(given.run, list, given.at);
  return doubt ? unknown(doubt, given.at) : border(list.table.entries);
}

/** `list[position]` with metamethods (lua_geti). */
export function getAt(given: NativeCall, list: TableValue, position: number): Value {
  const entry = list.table.entries.get(position);
  return entry ? entry.value : index(given.run, list, integer(position), given.at, undefined, false);
}

/** `list[position] = value` (lua_seti). Where the entry was written goes with a value that only moves. */
export function setAt(
  given: NativeCall,
  list: TableValue,
  position: number,
  value: Value,
  origin: Origin | null = given.at,
): void {
  setEntry(given.run, list.table, position, value, origin);
}

/** Nobody knows any more what is where in the list. */
export function blurList(run: Run, list: TableValue, reason: string): void {
  run.journal.write(list.table.state, 'open', unknown(reason));
  for (const [key, entry] of list.table.entries) {
    if (typeof key === 'number')
      run.journal.write(list.table.entries, key, { ...entry, value: unknown(reason, entry.value.origin) });
  }
}

/** The tables that an argument may be, for a function that changes it and does not know how. */
export function blurAny(run: Run, value: Value, reason: string): void {
  if (value.kind === 'table') blurList(run, value, reason);
  if (value.kind === 'unknown') for (const choice of value.choices ?? []) blurAny(run, choice, reason);
}
