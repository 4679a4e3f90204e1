import { callBack, protectedCall } from '../access.js';
import { chunkName, lineOf } from '../builder.js';
import { integerFrom, numberText, toNumber } from '../operators.js';
import { LuaFault } from '../run.js';
import { bool, integer, NIL, openEnd, openReason, string, truth, type UnknownValue, unknown, type Value } from '../values.js';
import { displayed } from './display.js';
import { isHandle } from './handles.js';
import { getAt } from './lists.js';
import {
  anyArgument,
  argument,
  badArgument,
  integerArgument,
  libraryFault,
  libraryFunction,
  type NativeBody,
  type NativeCall,
  textArgument,
  unknownResult,
  wrongType,
} from './native.js';
import { NEXT, PAIRS } from './pairs.js';
import { RAW } from './raw.js';

/** Lua's basic functions (lbaselib.c of 5.4), as far as a configuration can call them. */
export const BASE: Readonly<Record<string, Value>> = {
  type: lib('type', given => [typeOf(given)], false),
  tostring: lib('tostring', given => [displayed(given, anyArgument(given, 1))]),
  tonumber: lib('tonumber', given => [convert(given)]),
  ipairs: lib('ipairs', given => [IPAIRS, anyArgument(given, 1), integer(0)], true, true),
  pairs: PAIRS,
  next: NEXT,
  select: lib('select', given => select(given), false),
  assert: lib('assert', given => assertion(given), false),
  error: lib('error', given => raise(raised(given)), false),
  pcall: lib('pcall', given => pcall(given), false),
  xpcall: lib('xpcall', given => xpcall(given), false),
  ...RAW,
  print: lib('print', () => [], false),
  warn: lib('warn', () => [], false),
  collectgarbage: lib('collectgarbage', given => [
    textArgument(given, 1, 'collect') === 'count' ? unknown('the memory in use') : integer(0),
  ]),
  _VERSION: string('Lua 5.4'),
};

function lib(name: string, body: NativeBody, strict = true, many = false): Value {
  return libraryFunction(name, body, { strict, many });
}

function raise(error: LuaFault): never {
  throw error;
}

function typeOf(given: NativeCall): Value {
  const value = anyArgument(given, 1);
  const name = (of: Value) => (isHandle(of) ? 'userdata' : of.kind);
  if (value.kind !== 'unknown') return string(name(value));
  const kinds = new Set(value.choices?.map(name));
  return kinds.size === 1 && !kinds.has('unknown') ? string([...kinds][0]!) : unknown(value.reason, given.at);
}

function convert(given: NativeCall): Value {
  if (argument(given, 2).kind === 'nil') return toNumber(anyArgument(given, 1)) ?? NIL;
  const base = integerArgument(given, 2);
  const value = argument(given, 1);
  if (value.kind !== 'string') throw wrongType(given, 1, 'string');
  if (base < 2 || base > 36) throw badArgument(given, 2, 'base out of range');
  const digits = /^[ \t\r\n\v\f]*(-?)([0-9a-zA-Z]+)[ \t\r\n\v\f]*$/.exec(value.value);
  const values = [...(digits?.[2] ?? '')].map(digit => Number.parseInt(digit, 36));
  if (!digits || values.some(digit => digit >= base)) return NIL;
  const magnitude = values.reduce((sum, digit) => BigInt.asIntN(64, sum * BigInt(base) + BigInt(digit)), 0n);
  return integerFrom(digits[1] === '-' ? -magnitude : magnitude, given.at);
}

const IPAIRS = libraryFunction(
  'ipairs_iterator',
  given => {
    const position = integerArgument(given, 2) + 1;
    const list = argument(given, 1);
    if (list.kind !== 'table' && list.kind !== 'string') {
      throw libraryFault({ ...given, direct: false }, `attempt to index a ${list.kind} value`);
    }
    const value = list.kind === 'table' ? getAt(given, list, position) : NIL;
    if (value.kind === 'unknown' && value.choices?.some(choice => choice.kind === 'nil')) return [unknown(value.reason), value];
    const open = list.kind === 'table' && !list.table.entries.has(position) ? openReason(list) : undefined;
    if (open) return [unknownResult(open, given.at, true)];
    return value.kind === 'nil' ? [NIL] : [integer(position), value];
  },
  { many: true },
);

function select(given: NativeCall): readonly Value[] {
  const which = argument(given, 1);
  const rest = given.args.slice(1);
  const more = openEnd(given.args);
  if (which.kind === 'unknown') return [unknownResult(which.reason, given.at, true)];
  if (which.kind === 'string' && which.value.startsWith('#')) return [more ? unknown(more) : integer(rest.length)];
  const position = integerArgument(given, 1);
  if (more && (position < 0 || position > rest.length)) return [unknownResult(more, given.at, true)];
  if (position === 0 || -position > rest.length) throw badArgument(given, 1, 'index out of range');
  return position < 0 ? rest.slice(position) : rest.slice(position - 1);
}

/** luaB_assert gives a message that is a string its place, as `error` does. */
function assertion(given: NativeCall): readonly Value[] {
  const condition = anyArgument(given, 1);
  if (truth(condition) !== false)
    return given.args.map((arg, at) => (at === 0 && arg.kind === 'unknown' ? withoutFalse(arg) : arg));
  const message = given.args[1] ?? string('assertion failed!');
  throw faultOf(message, message.kind === 'string' ? 1 : 0, given);
}

/** What went through `assert` is neither nil nor false. */
function withoutFalse(value: UnknownValue): Value {
  const choices = value.choices?.filter(choice => truth(choice) !== false);
  return choices?.length === 1 ? choices[0]! : choices ? { ...value, choices } : value;
}

function raised(given: NativeCall): LuaFault {
  return faultOf(argument(given, 1), integerArgument(given, 2, 1), given);
}

/** The error that raises a value; a string gets the place of the call `level` levels up (luaL_where). */
function faultOf(value: Value, level: number, given: NativeCall): LuaFault {
  const text =
    value.kind === 'string'
      ? value.value
      : value.kind === 'number'
        ? numberText(value)
        : value.kind === 'boolean'
          ? String(value.value)
          : `(error object is a ${value.kind} value)`;
  const at = value.kind !== 'string' || level <= 0 ? null : (given.run.stack.at(-level) ?? null);
  return new LuaFault(value, text, at, given.at);
}

/** Where the function's results are unknown, so is whether it raised an error. */
function succeeded(results: readonly Value[], given: NativeCall): readonly Value[] {
  const open = results.find(result => result.kind === 'unknown');
  if (open?.kind !== 'unknown') return [bool(true), ...results];
  const held = unknown(open.reason, given.at, [bool(true), bool(false)]);
  return openEnd(results) ? [held, ...results] : [held, ...results.slice(0, -1), unknownResult(open.reason, given.at, true)];
}

function pcall(given: NativeCall): readonly Value[] {
  const callee = anyArgument(given, 1);
  const result = protectedCall(given.run, callee, given.args.slice(1), given.at, error => placed(given, error));
  return Array.isArray(result) ? succeeded(result as readonly Value[], given) : [bool(false), result as Value];
}

function xpcall(given: NativeCall): readonly Value[] {
  if (argument(given, 2).kind !== 'function' && argument(given, 2).kind !== 'unknown') throw wrongType(given, 2, 'function');
  const result = protectedCall(given.run, argument(given, 1), given.args.slice(2), given.at, error => placed(given, error));
  if (Array.isArray(result)) return succeeded(result as readonly Value[], given);
  return [bool(false), ...callBack(given.run, argument(given, 2), [result as Value], given.at)];
}

function placed({ run }: NativeCall, error: LuaFault): string {
  return error.at ? `${chunkName(error.at.file)}:${lineOf(run.builder, error.at)}: ${error.message}` : error.message;
}
