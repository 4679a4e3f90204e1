/** A stretch of a file: where a value was written. Offsets in UTF-16 code units from 0. */
export interface Origin {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

interface Valued {
  /** Where the value itself was written; null for what no file says (a library function, a default). */
  readonly origin: Origin | null;
}

/** `unset` names the global variable whose lack made this nil: the unquoted word of `x = internal_plain`. */
export interface NilValue extends Valued {
  readonly kind: 'nil';
  readonly unset?: { readonly name: string; readonly origin: Origin };
}

export interface BooleanValue extends Valued {
  readonly kind: 'boolean';
  readonly value: boolean;
}

/** A number; `float` tells Lua 5.4's two kinds apart (`1` and `1.0`). */
export interface NumberValue extends Valued {
  readonly kind: 'number';
  readonly value: number;
  readonly float: boolean;
}

/** A string: text as `decode` makes it, so that bytes that are not UTF-8 are lone surrogates. */
export interface StringValue extends Valued {
  readonly kind: 'string';
  readonly value: string;
}

/** A table; two values with one `table` are the same table. `proxy` is set where 13.0 hands out an option proxy. */
export interface TableValue extends Valued {
  readonly kind: 'table';
  readonly table: Table;
  readonly proxy?: { readonly host: string; readonly option: string };
}

export interface FunctionValue extends Valued {
  readonly kind: 'function';
  readonly body: FunctionBody;
}

/** What cannot be known from the files, why, and, where they are few, what it can be. */
export interface UnknownValue extends Valued {
  readonly kind: 'unknown';
  readonly reason: string;
  readonly choices?: readonly Value[];
  /** At the end of a list of values: nobody knows how many more there are. */
  readonly more?: true;
}

export type Value = NilValue | BooleanValue | NumberValue | StringValue | TableValue | FunctionValue | UnknownValue;

/** A table's key: strings, numbers (1 and 1.0 are one key) and booleans as themselves, tables and functions by identity. */
export type Key = string | number | boolean | Table | FunctionBody;

export interface TableEntry {
  readonly value: Value;
  /** Where key and value together were written; null for entries that code put in. */
  readonly origin: Origin | null;
  /** Where the key was written; null for list entries. */
  readonly keyOrigin: Origin | null;
}

export interface Table {
  readonly entries: Map<Key, TableEntry>;
  /** `meta`: the metatable; `open`: why there may be entries that are not known. A map, so that branches can be undone. */
  readonly state: Map<'meta' | 'open', Value>;
}

/** What a call runs. `name` is for messages only. */
export interface FunctionBody {
  readonly name: string;
  readonly call: (args: readonly Value[], caller: Caller) => readonly Value[];
}

/** Who calls, and from where; the evaluator's own state is behind it. */
export interface Caller {
  readonly at: Origin;
}

export const NIL: NilValue = { kind: 'nil', origin: null };

export function bool(value: boolean, origin: Origin | null = null): BooleanValue {
  return { kind: 'boolean', value, origin };
}

export function integer(value: number, origin: Origin | null = null): NumberValue {
  return { kind: 'number', value, float: false, origin };
}

export function float(value: number, origin: Origin | null = null): NumberValue {
  return { kind: 'number', value, float: true, origin };
}

export function string(value: string, origin: Origin | null = null): StringValue {
  return { kind: 'string', value, origin };
}

export function unknown(reason: string, origin: Origin | null = null, choices?: readonly Value[]): UnknownValue {
  return choices ? { kind: 'unknown', reason, origin, choices } : { kind: 'unknown', reason, origin };
}

export function native(name: string, call: FunctionBody['call']): FunctionValue {
  return { kind: 'function', body: { name, call }, origin: null };
}

export function newTable(entries: Iterable<readonly [Key, Value]> = [], origin: Origin | null = null): TableValue {
  const table: Table = { entries: new Map(), state: new Map() };
  for (const [key, value] of entries) table.entries.set(key, { value, origin: null, keyOrigin: null });
  return { kind: 'table', table, origin };
}

/** Lua's truth: everything but nil and false; `undefined` when it depends on an unknown. */
export function truth(value: Value): boolean | undefined {
  if (value.kind === 'nil') return false;
  if (value.kind === 'boolean') return value.value;
  if (value.kind !== 'unknown') return true;
  const all = new Set(value.choices?.map(truth));
  return all.size === 1 ? [...all][0] : undefined;
}

/** The key of a value, or `undefined` for nil, NaN and unknowns. */
export function keyOf(value: Value): Key | undefined {
  if (value.kind === 'string' || value.kind === 'boolean') return value.value;
  if (value.kind === 'number') return Number.isNaN(value.value) ? undefined : value.value;
  if (value.kind === 'table') return value.table;
  return value.kind === 'function' ? value.body : undefined;
}

/** Raw equality (`rawequal`): origins do not count; `undefined` when an unknown decides. */
export function sameValue(a: Value, b: Value): boolean | undefined {
  if (a.kind === 'unknown' || b.kind === 'unknown') return a === b ? true : undefined;
  if (a.kind !== b.kind) return false;
  if (a.kind === 'nil') return true;
  return keyOf(a) === keyOf(b) && !(a.kind === 'number' && Number.isNaN(a.value));
}

/** A value of a list of values: NIL behind its end, unknown where the list has an end that nobody knows. */
export function valueAt(values: readonly Value[], position: number): Value {
  const value = values[position];
  if (value && !(value.kind === 'unknown' && value.more)) return value;
  const last = value ?? values.at(-1);
  return last?.kind === 'unknown' && last.more ? unknown(last.reason, last.origin, value ? last.choices : undefined) : NIL;
}

/** Why it is not known how many values a list has, or `undefined` where it is. */
export function openEnd(values: readonly Value[]): string | undefined {
  const last = values.at(-1);
  return last?.kind === 'unknown' && last.more ? last.reason : undefined;
}

/** Entry of a table without metatables; `undefined` where there is none. */
export function getEntry(value: TableValue, key: Key): TableEntry | undefined {
  return value.table.entries.get(key);
}

/** Value at a key, NIL where there is none. */
export function get(value: TableValue, key: Key): Value {
  return value.table.entries.get(key)?.value ?? NIL;
}

/** The list part as Lua's `ipairs` walks it: 1, 2, … up to the first hole. */
export function listEntries(value: TableValue): TableEntry[] {
  const found: TableEntry[] = [];
  for (let index = 1; ; index++) {
    const entry = value.table.entries.get(index);
    if (!entry) return found;
    found.push(entry);
  }
}

/** Why a table may have more entries than are known, or `undefined` when all are. */
export function openReason(value: TableValue): string | undefined {
  const open = value.table.state.get('open');
  return open?.kind === 'unknown' ? open.reason : undefined;
}
