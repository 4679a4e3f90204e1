import { toNumber, toText } from '../operators.js';
import { fault, type Run } from '../run.js';
import { type Caller, type FunctionValue, NIL, native, type Origin, unknown, type Value } from '../values.js';

/** What a library function is given. */
export interface NativeCall {
  readonly name: string;
  readonly args: readonly Value[];
  readonly at: Origin;
  readonly run: Run;
}

export type NativeBody = (call: NativeCall) => readonly Value[];

/** A function of Lua's library. With `strict`, an unknown among the arguments makes the result unknown. */
export function libraryFunction(name: string, body: NativeBody, { strict = true } = {}): FunctionValue {
  return native(name, (args, caller: Caller) => {
    const { run, at } = caller as Caller & { run: Run };
    const open = strict ? args.find(arg => arg.kind === 'unknown') : undefined;
    return open?.kind === 'unknown' ? [unknown(open.reason, at)] : body({ name, args, at, run });
  });
}

/** `bad argument #n to 'f' (…)`, as luaL_argerror says it. */
export function badArgument(call: NativeCall, position: number, detail: string) {
  return fault(`bad argument #${position} to '${call.name}' (${detail})`, call.at);
}

export function argument(call: NativeCall, position: number): Value {
  return call.args[position - 1] ?? NIL;
}

/** A string argument; numbers are converted, as luaL_checklstring does. */
export function textArgument(call: NativeCall, position: number, fallback?: string): string {
  const value = argument(call, position);
  if (value.kind === 'nil' && fallback !== undefined) return fallback;
  const text = toText(value);
  if (text === undefined) throw badArgument(call, position, `string expected, got ${got(call, position)}`);
  return text;
}

/** A number argument; strings that read as numbers are converted, as luaL_checknumber does. */
export function numberArgument(call: NativeCall, position: number, fallback?: number): number {
  const value = argument(call, position);
  if (value.kind === 'nil' && fallback !== undefined) return fallback;
  const number = toNumber(value);
  if (!number) throw badArgument(call, position, `number expected, got ${got(call, position)}`);
  return number.value;
}

/** An integer argument, as luaL_checkinteger takes it. */
export function integerArgument(call: NativeCall, position: number, fallback?: number): number {
  const number = numberArgument(call, position, fallback);
  if (!Number.isInteger(number)) throw badArgument(call, position, 'number has no integer representation');
  return number;
}

export function tableArgument(call: NativeCall, position: number): Extract<Value, { kind: 'table' }> {
  const value = argument(call, position);
  if (value.kind !== 'table') throw badArgument(call, position, `table expected, got ${got(call, position)}`);
  return value;
}

function got(call: NativeCall, position: number): string {
  const value = call.args[position - 1];
  return value ? value.kind : 'no value';
}
