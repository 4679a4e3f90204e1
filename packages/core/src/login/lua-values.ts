// How Prosody's module API and lualdap take a Lua value: numbers become texts, tables lists, and what cannot be is an error.
import {
  type Configuration,
  type Effective,
  effective,
  get,
  listEntries,
  type Origin,
  openReason,
  type TableValue,
  toText,
  truth,
  type Value,
} from '../evaluate/index.js';
import type { Placed } from './types.js';

/** A value that was taken: as T, not at all (nil), as Lua's name of a type that does not do, or not known. */
export type Taken<T> =
  | { readonly is: 'value'; readonly value: T }
  | { readonly is: 'nil' }
  | { readonly is: 'wrong'; readonly type: string }
  | { readonly is: 'unknown'; readonly reason: string };

/** An option of a host as it holds, and where it was written. */
export interface Held {
  readonly name: string;
  readonly value: Value;
  readonly origin: Origin | null;
}

const NOTHING: Value = { kind: 'nil', origin: null };

/** What `module:get_option` gives: the host's value, else the global one. */
export function heldOption(configuration: Configuration, scope: string, name: string): Held {
  const option: Effective | undefined = effective(configuration, scope, name);
  return { name, value: option?.value ?? NOTHING, origin: option?.setting.valueOrigin ?? null };
}

/** The field of a table; unknown where the table may have more than is known, or reads through a metatable. */
export function heldField(table: Held & { readonly value: TableValue }, key: string): Held {
  const entry = table.value.table.entries.get(key);
  const name = `${table.name}.${key}`;
  if (entry) return { name, value: entry.value, origin: entry.value.origin ?? entry.origin ?? table.origin };
  const reason = openReason(table.value) ?? (table.value.table.state.has('meta') ? 'the table has a metatable' : undefined);
  const proxied = table.value.proxy ? 'an option that is read back gives no plain table' : undefined;
  const doubt = reason ?? proxied;
  return { name, value: doubt ? { kind: 'unknown', reason: doubt, origin: table.origin } : NOTHING, origin: null };
}

/** lualdap's `luaL_checkstring`: strings and numbers; a C string ends at its first NUL. */
export function asCString(value: Value): Taken<string> {
  if (value.kind === 'unknown') return { is: 'unknown', reason: value.reason };
  if (value.kind === 'nil') return { is: 'nil' };
  const text = toText(value);
  return text === undefined ? { is: 'wrong', type: value.kind } : { is: 'value', value: cString(text) };
}

/** What C sees of a text. */
export function cString(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/** Lua's `tostring`, as far as the result says anything: a table's is its address. */
export function asShown(value: Value): Taken<string> {
  if (value.kind === 'unknown') return { is: 'unknown', reason: value.reason };
  if (value.kind === 'nil') return { is: 'value', value: 'nil' };
  if (value.kind === 'boolean') return { is: 'value', value: String(value.value) };
  const text = toText(value);
  return text === undefined ? { is: 'wrong', type: value.kind } : { is: 'value', value: text };
}

/** `module:get_option_scalar`: of a table the first entry. */
function scalar(value: Value): Value {
  if (value.kind !== 'table') return value;
  if (value.proxy) return { kind: 'unknown', reason: 'an option that is read back gives no plain table', origin: value.origin };
  const first = get(value, 1);
  const open = openReason(value);
  return first.kind === 'nil' && open ? { kind: 'unknown', reason: open, origin: value.origin } : first;
}

/** `module:get_option_string` (core/moduleapi.lua): everything has a text but nil. */
export function asOptionText({ value }: Held): Taken<string> {
  const one = scalar(value);
  return one.kind === 'nil' ? { is: 'nil' } : asShown(one);
}

/** `module:get_option_boolean`: true, "true", 1 and false, "false", 0; anything else is an error in the log, and nil. */
export function asOptionBoolean({ value }: Held): Taken<boolean> {
  const one = scalar(value);
  if (one.kind === 'unknown') return { is: 'unknown', reason: one.reason };
  if (one.kind === 'nil') return { is: 'nil' };
  const text = one.kind === 'string' ? one.value : one.kind === 'boolean' || one.kind === 'number' ? String(one.value) : '';
  if (text === 'true' || (one.kind === 'number' && one.value === 1)) return { is: 'value', value: true };
  if (text === 'false' || (one.kind === 'number' && one.value === 0)) return { is: 'value', value: false };
  return { is: 'wrong', type: one.kind };
}

/** `module:get_option_set` of names: a single value is a list of one; nil where nothing is set. */
export function asOptionSet({ value }: Held): Taken<ReadonlySet<string>> {
  if (value.kind === 'unknown') return { is: 'unknown', reason: value.reason };
  if (value.kind === 'nil') return { is: 'nil' };
  if (value.kind !== 'table') return { is: 'value', value: new Set([toText(value) ?? '']) };
  const open = openReason(value);
  const entries = listEntries(value).map(entry => entry.value);
  const unknown = entries.find(entry => entry.kind === 'unknown');
  if (open !== undefined || unknown?.kind === 'unknown')
    return { is: 'unknown', reason: open ?? (unknown?.kind === 'unknown' ? unknown.reason : '') };
  return { is: 'value', value: new Set(entries.flatMap(entry => toText(entry) ?? [])) };
}

/** lualdap's `lua_toboolean`: everything but nil and false is true, `"false"` and 0 too; `undefined` where not known. */
export function asLuaTruth(value: Value): boolean | undefined {
  return truth(value);
}

/** The value with its place. */
export function placed<T>(held: Held, value: T): Placed<T> {
  return { value, name: held.name, origin: held.origin };
}
