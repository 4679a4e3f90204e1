import { fromByteString, toByteString } from '../../text/index.js';
import { toText } from '../operators.js';
import { work } from '../run.js';
import { integer, NIL, newTable, openEnd, string, type TableValue, type UnknownValue, unknown, type Value } from '../values.js';
import { blurAny, blurList, getAt, lengthOf, setAt } from './lists.js';
import {
  argument,
  badArgument,
  integerArgument,
  libraryFault,
  libraryFunction,
  type NativeBody,
  type NativeCall,
  tableArgument,
  textArgument,
  unknownResult,
} from './native.js';
import { sort } from './sort.js';

/** Lua's `table` (ltablib.c of 5.4). */
export const TABLE: Readonly<Record<string, Value>> = {
  insert: changing('insert', insert),
  remove: changing('remove', remove),
  sort: changing('sort', sort),
  move: changing('move', move),
  concat: libraryFunction('table.concat', given => [concat(given)]),
  pack: libraryFunction('table.pack', given => [pack(given)], { strict: false }),
  unpack: libraryFunction('table.unpack', unpack, { many: true }),
};

/**
 * A function that changes a table. Its values may be unknown; where the table or the position is, whatever table it may
 * be is no longer known.
 */
function changing(name: string, body: NativeBody): Value {
  const open = (given: NativeCall) =>
    given.args.find(
      (arg, index) => arg.kind === 'unknown' && !(name === 'insert' && index > 0 && index === given.args.length - 1),
    );
  return libraryFunction(
    `table.${name}`,
    given => {
      const cause = open(given);
      if (cause?.kind !== 'unknown') return body(given);
      for (const arg of given.args) blurAny(given.run, arg, cause.reason);
      return [unknown(cause.reason, given.at)];
    },
    { strict: false },
  );
}

function insert(given: NativeCall): readonly Value[] {
  const list = tableArgument(given, 1);
  const length = lengthOf(given, list);
  const more = openEnd(given.args);
  if (typeof length !== 'number' || more) {
    if (given.args.length === 2)
      given.run.journal.write(list.table.state, 'open', unknown(more ?? (length as UnknownValue).reason));
    else blurList(given.run, list, more ?? (length as UnknownValue).reason);
    return [];
  }
  if (given.args.length === 2) {
    setAt(given, list, length + 1, argument(given, 2), argument(given, 2).origin);
    return [];
  }
  if (given.args.length !== 3) throw libraryFault(given, "wrong number of arguments to 'insert'");
  const position = integerArgument(given, 2);
  if (position < 1 || position > length + 1) throw badArgument(given, 2, 'position out of bounds');
  work(given.run, given.at, (length + 1 - position) / 8);
  for (let at = length; at >= position; at--) shift(given, list, at, at + 1);
  setAt(given, list, position, argument(given, 3), argument(given, 3).origin);
  return [];
}

/** `list[to] = list[from]`, with the place where it was written. */
function shift(given: NativeCall, list: TableValue, from: number, to: number): void {
  setAt(given, list, to, getAt(given, list, from), list.table.entries.get(from)?.origin);
}

function remove(given: NativeCall): readonly Value[] {
  const list = tableArgument(given, 1);
  const length = lengthOf(given, list);
  if (typeof length !== 'number') {
    blurList(given.run, list, length.reason);
    return [length];
  }
  const position = integerArgument(given, 2, length);
  if (position !== length && (position < 1 || position > length + 1)) {
    // Debian 12's Lua 5.4.4, under Prosody 0.12, counts the argument differently
    throw badArgument(given, given.run.version === '0.12' ? 1 : 2, 'position out of bounds');
  }
  const removed = getAt(given, list, position);
  work(given.run, given.at, Math.max(0, length - position) / 8);
  for (let at = position; at < length; at++) shift(given, list, at + 1, at);
  setAt(given, list, Math.max(position, length), NIL);
  return [removed];
}

function move(given: NativeCall): readonly Value[] {
  const from = tableArgument(given, 1);
  const first = integerArgument(given, 2);
  const last = integerArgument(given, 3);
  const to = integerArgument(given, 4);
  const target = argument(given, 5).kind === 'nil' ? from : tableArgument(given, 5);
  if (last < first) return [target];
  work(given.run, given.at, (last - first + 1) / 4);
  const down = to > last || to <= first || target.table !== from.table;
  for (let step = 0; step <= last - first; step++) {
    const offset = down ? step : last - first - step;
    setAt(given, target, to + offset, getAt(given, from, first + offset), from.table.entries.get(first + offset)?.origin);
  }
  return [target];
}

function concat(given: NativeCall): Value {
  const list = tableArgument(given, 1);
  const length = lengthOf(given, list);
  const separator = toByteString(textArgument(given, 2, ''));
  const first = integerArgument(given, 3, 1);
  if (typeof length !== 'number' && argument(given, 4).kind === 'nil') return length;
  const last = integerArgument(given, 4, typeof length === 'number' ? length : 0);
  const parts: string[] = [];
  let size = 0;
  for (let at = first; at <= last; at++) {
    work(given.run, given.at, 1);
    const value = getAt(given, list, at);
    if (value.kind === 'unknown') return unknown(value.reason, given.at);
    const text = toText(value);
    if (text === undefined) throw libraryFault(given, `invalid value (${value.kind}) at index ${at} in table for 'concat'`);
    parts.push(toByteString(text));
    size += text.length + separator.length;
    if (size > given.run.limits.stringLength)
      return unknown(`a string of more than ${given.run.limits.stringLength} characters`, given.at);
  }
  work(given.run, given.at, size / 256);
  return string(fromByteString(parts.join(separator)));
}

function pack(given: NativeCall): Value {
  const more = openEnd(given.args);
  const values = more ? given.args.slice(0, -1) : given.args;
  const packed = newTable([], given.at);
  values.forEach((value, at) => setAt(given, packed, at + 1, value, value.origin));
  if (more) given.run.journal.write(packed.table.state, 'open', unknown(more));
  packed.table.entries.set('n', { value: more ? unknown(more) : integer(values.length), origin: null, keyOrigin: null });
  return packed;
}

/** `table.unpack`; its first argument need not be a table where the bounds are given, as in Lua. */
function unpack(given: NativeCall): readonly Value[] {
  const list = argument(given, 1);
  if (list.kind !== 'table') throw indexFault(given, list);
  const first = integerArgument(given, 2, 1);
  const open = argument(given, 3).kind === 'nil' ? lengthOf(given, list) : 0;
  if (typeof open !== 'number') return [unknownResult(open.reason, given.at, true)];
  const last = integerArgument(given, 3, open);
  if (last - first >= 1_000_000) throw libraryFault(given, 'too many results to unpack');
  work(given.run, given.at, Math.max(0, last - first) / 4);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => getAt(given, list, first + offset));
}

function indexFault(given: NativeCall, list: Value) {
  const what = argument(given, 3).kind === 'nil' ? 'get length of' : 'index';
  return libraryFault({ ...given, direct: false }, `attempt to ${what} a ${list.kind} value`);
}
