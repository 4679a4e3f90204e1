import { callBack, metaMethod } from '../access.js';
import { work } from '../run.js';
import {
  bool,
  type FunctionBody,
  type FunctionValue,
  float,
  integer,
  type Key,
  keyOf,
  NIL,
  native,
  openReason,
  string,
  type Table,
  type TableValue,
  unknown,
  type Value,
} from '../values.js';
import { anyArgument, argument, libraryFault, libraryFunction, type NativeCall, tableArgument } from './native.js';

/** `next`, `pairs` and the order in which they walk (lbaselib.c, ltable.c of 5.4). */
export const NEXT = libraryFunction('next', given => next(tableArgument(given, 1), argument(given, 2), given), { many: true });

export const PAIRS = libraryFunction('pairs', pairs, { many: true });

/** A walk over a table of which Lua does not promise the order: what it is with the unordered part turned around. */
const walks = new WeakMap<FunctionBody, () => FunctionValue>();

/**
 * The same walk the other way round, where a `for` walks over a table whose order Lua leaves open: that of string keys
 * depends on a random seed (luai_makeseed). What comes out alike both ways is known; the rest is not.
 */
export function turnedAround(iterator: FunctionValue, state: Value): (() => FunctionValue) | undefined {
  if (iterator.body === NEXT.body && state.kind === 'table')
    return turnedAround(walkOver(state, state.table.entries.keys()), state);
  return walks.get(iterator.body);
}

function pairs(given: NativeCall): readonly Value[] {
  const value = anyArgument(given, 1);
  const handler = value.kind === 'table' ? metaMethod(value, '__pairs') : NIL;
  if (handler.kind !== 'nil') return callBack(given.run, handler, [value], given.at).slice(0, 3);
  // what is no table is refused by `next`, when the loop calls it
  if (value.kind !== 'table') return [NEXT, value, NIL];
  if (value.proxy) return [proxyWalk(value), value, NIL];
  work(given.run, given.at, value.table.entries.size / 64);
  return [walkOver(value, value.table.entries.keys()), value, NIL];
}

/** One walk over the entries there are now: `next` by key would look each one up again. */
function walkOver(value: TableValue, order: Iterable<Key>): FunctionValue {
  const { listed, others, ordered } = arrange(value.table, order);
  const walk = iterator(value, [...listed, ...others]);
  if (!ordered) walks.set(walk.body, () => iterator(value, [...listed, ...others.reverse()]));
  return walk;
}

function iterator(value: TableValue, keys: readonly Key[]): FunctionValue {
  // in a Map, so that a branch can take a turn back
  const state = new Map([['at', 0]]);
  return libraryFunction('next', given => {
    const { journal } = given.run;
    if (tableArgument(given, 1).table !== value.table) return next(tableArgument(given, 1), argument(given, 2), given);
    for (let at = state.get('at')!; at < keys.length; at++) {
      const key = keys[at]!;
      const entry = value.table.entries.get(key);
      if (!entry) continue;
      journal.write(state, 'at', at + 1);
      return [keyValue(key), entry.value];
    }
    journal.write(state, 'at', keys.length);
    const open = openReason(value);
    return [open ? { ...unknown(open), more: true } : NIL];
  });
}

/** The keys 1, 2, … of the list part, which Lua walks first and in order, and all others. */
function arrange(table: Table, order: Iterable<Key>): { listed: Key[]; others: Key[]; ordered: boolean } {
  const listed: Key[] = [];
  while (table.entries.has(listed.length + 1) && table.entries.get(listed.length + 1)!.keyOrigin === null)
    listed.push(listed.length + 1);
  const others = [...order].filter(key => !(typeof key === 'number' && key >= 1 && key <= listed.length));
  return { listed, others, ordered: others.length < 2 };
}

/** 13.0's option proxies are tables with three fields of their own (core/configmanager.lua). */
function proxyWalk(value: TableValue): FunctionValue {
  const fields: [Value, Value][] = [
    [string('host'), string(value.proxy?.host ?? '')],
    [string('option_name'), string(value.proxy?.option ?? '')],
    [string('config_table'), unknown("Prosody's own tables")],
  ];
  return native('for iterator', () => fields.shift() ?? [NIL]);
}

function next(value: TableValue, after: Value, given: NativeCall): readonly Value[] {
  const keys = [...value.table.entries.keys()];
  work(given.run, given.at, keys.length / 64);
  const { listed, others, ordered } = arrange(value.table, keys);
  const all = [...listed, ...others];
  const at = after.kind === 'nil' ? -1 : all.indexOf(keyOf(after) as Key);
  if (after.kind !== 'nil' && at < 0) throw libraryFault({ ...given, direct: false }, "invalid key to 'next'");
  const open = openReason(value) ?? (ordered || at + 1 < listed.length ? undefined : 'the order in which Lua walks a table');
  const key = all[at + 1];
  // whether there is an entry at all does not depend on the order
  if (key === undefined) return [openReason(value) ? unknown(open ?? '') : NIL];
  if (open) return at < 0 ? [unknown(open, null, all.map(keyValue)), unknown(open)] : [unknown(open), unknown(open)];
  return [keyValue(key), value.table.entries.get(key)!.value];
}

/** The value that a table's key stands for. */
export function keyValue(key: Key): Value {
  if (typeof key === 'string') return string(key);
  if (typeof key === 'number') return Number.isInteger(key) ? integer(key) : float(key);
  if (typeof key === 'boolean') return bool(key);
  return 'entries' in key ? { kind: 'table', table: key, origin: null } : { kind: 'function', body: key, origin: null };
}
