import { byteLength } from '../../text/index.js';
import { metaMethod } from '../access.js';
import { setEntry } from '../run.js';
import { bool, integer, keyOf, NIL, newTable, openReason, sameValue, type UnknownValue, unknown, type Value } from '../values.js';
import { blurAny, lengthOf } from './lists.js';
import { anyArgument, argument, libraryFault, libraryFunction, type NativeCall, tableArgument, wrongType } from './native.js';

/** Lua's functions about metatables, and those that go past them (lbaselib.c of 5.4). */
export const RAW: Readonly<Record<string, Value>> = {
  rawget: libraryFunction('rawget', given => [rawEntry(given)]),
  rawset: libraryFunction('rawset', rawset, { strict: false }),
  rawequal: libraryFunction('rawequal', given => [rawEqual(given)], { strict: false }),
  rawlen: libraryFunction('rawlen', given => [rawLength(given)]),
  setmetatable: libraryFunction('setmetatable', setMeta, { strict: false }),
  getmetatable: libraryFunction('getmetatable', given => [getMeta(given, anyArgument(given, 1))]),
};

function rawEntry(given: NativeCall): Value {
  const value = tableArgument(given, 1);
  const known = keyOf(anyArgument(given, 2));
  const entry = known === undefined ? undefined : value.table.entries.get(known);
  const open = openReason(value);
  return entry ? entry.value : open ? unknown(open) : NIL;
}

function rawEqual(given: NativeCall): Value {
  const [a, b] = [anyArgument(given, 1), anyArgument(given, 2)];
  const same = sameValue(a, b);
  return same === undefined
    ? unknown([a, b].flatMap(value => (value.kind === 'unknown' ? [value.reason] : [])).join('; '))
    : bool(same);
}

function rawLength(given: NativeCall): Value {
  const value = argument(given, 1);
  if (value.kind === 'string') return integer(byteLength(value.value));
  if (value.kind !== 'table') throw wrongType(given, 1, 'table or string');
  const length = lengthOf(given, {
    ...value,
    table: { ...value.table, state: new Map([...value.table.state].filter(([key]) => key === 'open')) },
  });
  return typeof length === 'number' ? integer(length) : length;
}

function rawset(given: NativeCall): readonly Value[] {
  const target = argument(given, 1);
  const key = argument(given, 2);
  if (target.kind === 'unknown' || key.kind === 'unknown') {
    const reason = target.kind === 'unknown' ? target.reason : (key as UnknownValue).reason;
    blurAny(given.run, target, reason);
    return [target];
  }
  const value = tableArgument(given, 1);
  const known = keyOf(key);
  if (known === undefined)
    throw libraryFault({ ...given, direct: false }, key.kind === 'nil' ? 'table index is nil' : 'table index is NaN');
  setEntry(given.run, value.table, known, argument(given, 3), given.at);
  return [value];
}

function setMeta(given: NativeCall): readonly Value[] {
  const target = argument(given, 1);
  const meta = argument(given, 2);
  if (target.kind === 'unknown') return [target];
  const value = tableArgument(given, 1);
  if (meta.kind === 'unknown') {
    blurAny(given.run, value, meta.reason);
    return [value];
  }
  if (given.args.length < 2 || (meta.kind !== 'nil' && meta.kind !== 'table')) throw wrongType(given, 2, 'nil or table');
  if (metaMethod(value, '__metatable').kind !== 'nil') throw libraryFault(given, 'cannot change a protected metatable');
  given.run.journal.write(value.table.state, 'meta', meta.kind === 'nil' ? undefined : meta);
  return [value];
}

function getMeta(given: NativeCall, value: Value): Value {
  if (value.kind === 'string') return newTable([['__index', given.run.library.get('string') ?? NIL]]);
  if (value.kind !== 'table') return NIL;
  const protectedMeta = metaMethod(value, '__metatable');
  return protectedMeta.kind === 'nil' ? (value.table.state.get('meta') ?? NIL) : protectedMeta;
}
