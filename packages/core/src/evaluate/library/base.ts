import { call, metaMethod, protectedCall } from '../access.js';
import { chunkName, lineOf } from '../builder.js';
import { border, numberText, parseNumber, toNumber } from '../operators.js';
import { fault, LuaFault, setEntry } from '../run.js';
import {
  bool,
  integer,
  type Key,
  keyOf,
  NIL,
  native,
  newTable,
  openReason,
  sameValue,
  string,
  type TableValue,
  truth,
  unknown,
  type Value,
} from '../values.js';
import {
  argument,
  badArgument,
  integerArgument,
  libraryFunction,
  type NativeBody,
  type NativeCall,
  tableArgument,
  textArgument,
} from './native.js';

/** Lua's basic functions (manual of 5.4, section 6.1), as far as a configuration can call them. */
export const BASE: Readonly<Record<string, Value>> = {
  type: lib('type', given => [given.args.length === 0 ? raise(badArgument(given, 1, 'value expected')) : typeOf(given)], false),
  tostring: lib('tostring', given => [display(given)]),
  tonumber: lib('tonumber', given => [convert(given)]),
  ipairs: lib('ipairs', given => [IPAIRS, argument(given, 1), integer(0)]),
  pairs: lib('pairs', given => pairs(given)),
  next: lib('next', given => next(tableArgument(given, 1), argument(given, 2), given)),
  select: lib('select', given => select(given), false),
  assert: lib('assert', given => assertion(given), false),
  error: lib('error', given => raise(raised(given)), false),
  pcall: lib('pcall', given => pcall(given), false),
  xpcall: lib('xpcall', given => xpcall(given), false),
  rawget: lib('rawget', given => [rawEntry(tableArgument(given, 1), argument(given, 2))]),
  rawset: lib('rawset', given => rawset(given), false),
  rawequal: lib('rawequal', given => [bool(sameValue(argument(given, 1), argument(given, 2)) ?? false)]),
  rawlen: lib('rawlen', given => [integer(border(tableArgument(given, 1).table.entries))]),
  setmetatable: lib('setmetatable', given => setMeta(given), false),
  getmetatable: lib('getmetatable', given => [getMeta(argument(given, 1))]),
  unpack: lib('unpack', unpack),
  print: lib('print', () => [], false),
  collectgarbage: lib('collectgarbage', () => [integer(0)], false),
  _VERSION: string('Lua 5.4'),
};

/** `table.unpack`, also the global `unpack` of Lua 5.1. */
export function unpack(given: NativeCall): readonly Value[] {
  const list = tableArgument(given, 1);
  const from = integerArgument(given, 2, 1);
  const to = integerArgument(given, 3, border(list.table.entries));
  if (to - from >= 100_000) throw fault('too many results to unpack', given.at);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, offset) => list.table.entries.get(from + offset)?.value ?? NIL);
}

function lib(name: string, body: NativeBody, strict = true): Value {
  return libraryFunction(name, body, { strict });
}

function raise(error: LuaFault): never {
  throw error;
}

function typeOf(given: NativeCall): Value {
  const value = argument(given, 1);
  if (value.kind !== 'unknown') return string(value.kind);
  const kinds = new Set(value.choices?.map(choice => choice.kind));
  return kinds.size === 1 ? string([...kinds][0]!) : unknown(value.reason, given.at);
}

function display(given: NativeCall): Value {
  const value = argument(given, 1);
  if (value.kind === 'table') {
    const handler = metaMethod(value, '__tostring');
    if (handler.kind === 'function') return call(given.run, handler, [value], given.at, undefined)[0] ?? NIL;
    return unknown('the address of a table', given.at);
  }
  if (value.kind === 'function') return unknown('the address of a function', given.at);
  if (value.kind === 'number') return string(numberText(value));
  if (value.kind === 'string') return value;
  return string(value.kind === 'boolean' ? String(value.value) : 'nil');
}

function convert(given: NativeCall): Value {
  const value = argument(given, 1);
  const base = argument(given, 2);
  if (base.kind === 'nil') return toNumber(value) ?? NIL;
  const text = textArgument(given, 1).trim().toLowerCase();
  const radix = integerArgument(given, 2);
  if (radix < 2 || radix > 36) throw badArgument(given, 2, 'base out of range');
  const digits = /^-?([0-9a-z]+)$/.exec(text);
  if (!digits || [...digits[1]!].some(digit => Number.parseInt(digit, 36) >= radix)) return NIL;
  return parseNumber(String(Number.parseInt(text, radix))) ?? NIL;
}

const IPAIRS = lib('ipairs_iterator', given => {
  const position = integerArgument(given, 2) + 1;
  const list = argument(given, 1);
  if (list.kind !== 'table') throw badArgument(given, 1, `table expected, got ${list.kind}`);
  const value = rawEntry(list, integer(position));
  if (value.kind !== 'nil') return [integer(position), value];
  const open = openReason(list);
  return [open ? unknown(open) : NIL];
});

const NEXT = lib('next', given => next(tableArgument(given, 1), argument(given, 2), given));

function pairs(given: NativeCall): readonly Value[] {
  const value = tableArgument(given, 1);
  const handler = metaMethod(value, '__pairs');
  if (handler.kind === 'function') return call(given.run, handler, [value], given.at, undefined).slice(0, 3);
  // one walk over the entries there are now: `next` by key would look each one up again
  const keys = [...value.table.entries.keys()];
  let position = 0;
  const walk = native('next', () => {
    while (position < keys.length) {
      const key = keys[position++]!;
      const entry = value.table.entries.get(key);
      if (entry) return [keyValue(key), entry.value];
    }
    const open = openReason(value);
    return [open ? unknown(open) : NIL];
  });
  return [walk.kind === 'function' ? walk : NEXT, value, NIL];
}

function next(value: TableValue, after: Value, given: NativeCall): readonly Value[] {
  const keys = [...value.table.entries.keys()];
  const at = after.kind === 'nil' ? -1 : keys.indexOf(keyOf(after) as Key);
  if (after.kind !== 'nil' && at < 0) throw fault("invalid key to 'next'", given.at);
  const key = keys[at + 1];
  return key === undefined ? [NIL] : [keyValue(key), value.table.entries.get(key)!.value];
}

/** The value that a table's key stands for. */
function keyValue(key: Key): Value {
  if (typeof key === 'string') return string(key);
  if (typeof key === 'number')
    return Number.isInteger(key) ? integer(key) : { kind: 'number', value: key, float: true, origin: null };
  if (typeof key === 'boolean') return bool(key);
  return 'entries' in key ? { kind: 'table', table: key, origin: null } : { kind: 'function', body: key, origin: null };
}

function select(given: NativeCall): readonly Value[] {
  const which = argument(given, 1);
  if (which.kind === 'unknown') return [which];
  const rest = given.args.slice(1);
  if (which.kind === 'string' && which.value === '#') return [integer(rest.length)];
  const position = integerArgument(given, 1);
  if (position === 0 || -position > rest.length) throw badArgument(given, 1, 'index out of range');
  return position < 0 ? rest.slice(position) : rest.slice(position - 1);
}

function assertion(given: NativeCall): readonly Value[] {
  const held = truth(argument(given, 1));
  if (held !== false) return given.args;
  const message = given.args[1];
  if (!message) throw new LuaFault(string('assertion failed!'), 'assertion failed!', null, given.at);
  throw new LuaFault(
    message,
    message.kind === 'string' ? message.value : `(error object is a ${message.kind} value)`,
    null,
    given.at,
  );
}

function raised(given: NativeCall): LuaFault {
  const value = argument(given, 1);
  const level = integerArgument(given, 2, 1);
  const text =
    value.kind === 'string'
      ? value.value
      : value.kind === 'number'
        ? numberText(value)
        : `(error object is a ${value.kind} value)`;
  const at = value.kind !== 'string' || level <= 0 ? null : (given.run.stack.at(-level) ?? null);
  return new LuaFault(value, text, at, given.at);
}

function pcall(given: NativeCall): readonly Value[] {
  const result = protectedCall(given.run, argument(given, 1), given.args.slice(1), given.at, error => placed(given, error));
  return Array.isArray(result) ? [bool(true), ...(result as readonly Value[])] : [bool(false), result as Value];
}

function xpcall(given: NativeCall): readonly Value[] {
  const result = protectedCall(given.run, argument(given, 1), given.args.slice(2), given.at, error => placed(given, error));
  if (Array.isArray(result)) return [bool(true), ...(result as readonly Value[])];
  return [bool(false), ...call(given.run, argument(given, 2), [result as Value], given.at, undefined)];
}

function placed({ run }: NativeCall, error: LuaFault): string {
  return error.at ? `${chunkName(error.at.file)}:${lineOf(run.builder, error.at)}: ${error.message}` : error.message;
}

function rawEntry(value: TableValue, key: Value): Value {
  const known = keyOf(key);
  return known === undefined ? NIL : (value.table.entries.get(known)?.value ?? NIL);
}

function rawset(given: NativeCall): readonly Value[] {
  const target = argument(given, 1);
  const key = argument(given, 2);
  if (target.kind === 'unknown') return [target];
  const value = tableArgument(given, 1);
  const known = keyOf(key);
  if (known !== undefined) setEntry(given.run, value.table, known, argument(given, 3), given.at);
  return [value];
}

function setMeta(given: NativeCall): readonly Value[] {
  const target = argument(given, 1);
  if (target.kind === 'unknown') return [target];
  const value = tableArgument(given, 1);
  const meta = argument(given, 2);
  given.run.journal.write(value.table.state, 'meta', meta.kind === 'nil' ? undefined : meta);
  return [value];
}

function getMeta(value: Value): Value {
  if (value.kind !== 'table') return value.kind === 'string' ? newTable() : NIL;
  const protectedMeta = metaMethod(value, '__metatable');
  return protectedMeta.kind === 'nil' ? (value.table.state.get('meta') ?? NIL) : protectedMeta;
}
