import { toNumber, toText } from '../operators.js';
import { type callerOf, fault, type LuaFault, type Run, work } from '../run.js';
import { type FunctionValue, NIL, native, type Origin, unknown, type Value, valueAt } from '../values.js';
import { isInteger64 } from './numbers.js';

/** What a library function is given. */
export interface NativeCall {
  /** The function's name in the library, with its table: `string.rep`, `print`. */
  readonly name: string;
  readonly args: readonly Value[];
  readonly at: Origin;
  readonly run: Run;
  /** How the call names the function (`method 'rep'`, `local 'f'`), as ldebug.c finds it. */
  readonly calledAs: string | undefined;
  /** False where a library function calls it (`pcall(error)`): Lua's messages then name no place. */
  readonly direct: boolean;
}

export type NativeBody = (call: NativeCall) => readonly Value[];

export interface NativeOptions {
  /** An unknown among the arguments makes the result unknown. */
  readonly strict?: boolean;
  /** The result may be more than one value, so that an unknown result is an unknown number of values. */
  readonly many?: boolean;
}

/** Steps of work that a call is, whatever it does. */
const CALL_STEPS = 2;

/** Bytes of a string argument that count as one step of work. */
const BYTES_PER_STEP = 64;

/** A function of Lua's library. What it makes has its origin at the call. */
export function libraryFunction(
  name: string,
  body: NativeBody,
  { strict = true, many = false }: NativeOptions = {},
): FunctionValue {
  return native(name, (args, caller) => {
    const { run, at, name: calledAs, direct } = caller as ReturnType<typeof callerOf>;
    work(run, at, CALL_STEPS);
    for (const arg of args)
      if (arg.kind === 'string' && arg.value.length > BYTES_PER_STEP) work(run, at, arg.value.length / BYTES_PER_STEP);
    const open = strict ? args.find(arg => arg.kind === 'unknown') : undefined;
    if (open?.kind === 'unknown') return [unknownResult(open.reason, at, many)];
    return body({ name, args, at, run, calledAs, direct }).map(value => placed(value, at));
  });
}

/** A function whose result nobody can know, and which changes nothing that a configuration sees. */
export function unknowable(name: string, reason: string): FunctionValue {
  return libraryFunction(name, ({ at }) => [unknownResult(reason, at, true)], { strict: false });
}

/** An unknown value; with `many`, an unknown number of them. */
export function unknownResult(reason: string, at: Origin | null, many: boolean): Value {
  const value = unknown(reason, at);
  return many ? { ...value, more: true } : value;
}

function placed(value: Value, at: Origin): Value {
  return value.origin === null && value.kind !== 'function' ? { ...value, origin: at } : value;
}

/** `bad argument #n to 'f' (…)`, as luaL_argerror says it (lauxlib.c): a method's object does not count. */
export function badArgument(call: NativeCall, position: number, detail: string): LuaFault {
  const named = /^(.*) '(.*)'$/s.exec(call.calledAs ?? '');
  const method = named?.[1] === 'method';
  const name = named?.[2] ?? call.name;
  if (method && position === 1) return libraryFault(call, `calling '${name}' on bad self (${detail})`);
  return libraryFault(call, `bad argument #${method ? position - 1 : position} to '${name}' (${detail})`);
}

/** What luaL_error raises: placed where the function was called, unless a library function called it. */
export function libraryFault(call: NativeCall, message: string): LuaFault {
  return fault(message, call.direct ? call.at : null, call.at);
}

/** An argument; NIL where there is none. Behind an unknown number of values every argument is unknown. */
export function argument(call: NativeCall, position: number): Value {
  return valueAt(call.args, position - 1);
}

/** Raises "value expected" where the argument is not even nil (luaL_checkany). */
export function anyArgument(call: NativeCall, position: number): Value {
  const value = argument(call, position);
  if (value === NIL && call.args.length < position) throw badArgument(call, position, 'value expected');
  return value;
}

/** A string argument; numbers are converted, as luaL_checklstring does. */
export function textArgument(call: NativeCall, position: number, fallback?: string): string {
  const value = argument(call, position);
  if (value.kind === 'nil' && fallback !== undefined) return fallback;
  const text = toText(value);
  if (text === undefined) throw wrongType(call, position, 'string');
  return text;
}

/** A number argument; strings that read as numbers are converted, as luaL_checknumber does. */
export function numberArgument(call: NativeCall, position: number, fallback?: number): number {
  const value = argument(call, position);
  if (value.kind === 'nil' && fallback !== undefined) return fallback;
  const number = toNumber(value);
  if (!number) throw wrongType(call, position, 'number');
  return number.value;
}

/** An integer argument, as luaL_checkinteger takes it. */
export function integerArgument(call: NativeCall, position: number, fallback?: number): number {
  const number = numberArgument(call, position, fallback);
  if (!isInteger64(number)) throw badArgument(call, position, 'number has no integer representation');
  return number;
}

export function tableArgument(call: NativeCall, position: number): Extract<Value, { kind: 'table' }> {
  const value = argument(call, position);
  if (value.kind !== 'table') throw wrongType(call, position, 'table');
  return value;
}

/** `string expected, got nil`, as luaL_typeerror says it. */
export function wrongType(call: NativeCall, position: number, expected: string): LuaFault {
  const value = call.args[position - 1];
  return badArgument(call, position, `${expected} expected, got ${value ? value.kind : 'no value'}`);
}
