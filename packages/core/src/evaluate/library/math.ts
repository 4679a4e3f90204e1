import { lessThan, numberFrom, parseNumber, power, toNumber } from '../operators.js';
import { bool, float, integer, NIL, type NumberValue, string, truth, unknown, type Value } from '../values.js';
import {
  anyArgument,
  argument,
  badArgument,
  integerArgument,
  libraryFunction,
  type NativeBody,
  type NativeCall,
  numberArgument,
  unknowable,
  wrongType,
} from './native.js';
import { integerFrom, isInteger64 } from './numbers.js';

/** Lua's `math` (lmathlib.c of 5.4, built with its older names as Debian does). */
export const MATH: Readonly<Record<string, Value>> = {
  pi: float(Math.PI),
  huge: float(Number.POSITIVE_INFINITY),
  mininteger: integer(-(2 ** 63)),
  maxinteger: unknown('an integer beyond 53 bits'),
  abs: lib('abs', given => [absolute(given)]),
  ceil: lib('ceil', given => [whole(given, Math.ceil)]),
  floor: lib('floor', given => [whole(given, Math.floor)]),
  fmod: lib('fmod', given => [remainder(given)]),
  modf: libraryFunction('math.modf', split, { many: true }),
  max: lib('max', given => [extreme(given, (a, b) => less(given, a, b))]),
  min: lib('min', given => [extreme(given, (a, b) => less(given, b, a))]),
  sqrt: real('sqrt', Math.sqrt),
  exp: real('exp', Math.exp),
  sin: real('sin', Math.sin),
  cos: real('cos', Math.cos),
  tan: real('tan', Math.tan),
  asin: real('asin', Math.asin),
  acos: real('acos', Math.acos),
  sinh: real('sinh', Math.sinh),
  cosh: real('cosh', Math.cosh),
  tanh: real('tanh', Math.tanh),
  log10: real('log10', Math.log10),
  deg: real('deg', x => x * (180 / Math.PI)),
  rad: real('rad', x => x * (Math.PI / 180)),
  atan: lib('atan', given => [float(Math.atan2(numberArgument(given, 1), numberArgument(given, 2, 1)))]),
  atan2: lib('atan2', given => [float(Math.atan2(numberArgument(given, 1), numberArgument(given, 2, 1)))]),
  log: lib('log', given => [float(logarithm(given))]),
  pow: lib('pow', given => [float(power(numberArgument(given, 1), numberArgument(given, 2)))]),
  ldexp: lib('ldexp', given => [float(numberArgument(given, 1) * 2 ** integerArgument(given, 2))]),
  frexp: libraryFunction('math.frexp', mantissa, { many: true }),
  tointeger: lib('tointeger', given => [toInteger(given)]),
  type: lib('type', given => [numberType(given)]),
  ult: lib('ult', given => [bool(unsigned(given, 1) < unsigned(given, 2))]),
  random: unknowable('math.random', 'a random number'),
  randomseed: unknowable('math.randomseed', 'a random number'),
};

function lib(name: string, body: NativeBody): Value {
  return libraryFunction(`math.${name}`, body);
}

function real(name: string, compute: (x: number) => number): Value {
  return lib(name, given => [float(compute(numberArgument(given, 1)))]);
}

function number(given: NativeCall, position: number): NumberValue {
  const value = toNumber(argument(given, position));
  if (!value) throw wrongType(given, position, 'number');
  return value;
}

/** lua_isinteger of the first arguments: strings that read as integers are not. */
function areIntegers(given: NativeCall, count: number): boolean {
  return given.args.length >= count && given.args.slice(0, count).every(arg => arg.kind === 'number' && !arg.float);
}

function absolute(given: NativeCall): Value {
  if (!areIntegers(given, 1)) return float(Math.abs(numberArgument(given, 1)));
  return integerFrom(BigInt.asIntN(64, BigInt(Math.abs(numberArgument(given, 1)))), given.at);
}

/** A float that is whole becomes an integer where it fits (lua_Number2Integer). */
function whole(given: NativeCall, round: (x: number) => number): Value {
  const { value, float: isFloat } = number(given, 1);
  return isFloat ? numberFrom(round(value)) : integer(value);
}

function remainder(given: NativeCall): Value {
  const whole = areIntegers(given, 2);
  // C looks at the second one first
  const b = numberArgument(given, 2);
  const a = numberArgument(given, 1);
  if (whole && b === 0) throw badArgument(given, 2, 'zero');
  return whole ? integer((a % b) + 0) : float(a % b);
}

function split(given: NativeCall): readonly Value[] {
  const { value, float: isFloat } = number(given, 1);
  if (!isFloat) return [integer(value), float(0)];
  const truncated = Math.trunc(value);
  return [numberFrom(truncated), float(truncated === value ? 0 : value - truncated)];
}

function less(given: NativeCall, a: Value, b: Value): boolean {
  return truth(lessThan(a, b, null, given.at)) === true;
}

/** `max` and `min` only compare: strings among strings are as good as numbers. */
function extreme(given: NativeCall, replaces: (best: Value, next: Value) => boolean): Value {
  let best = anyArgument(given, 1);
  for (let position = 2; position <= given.args.length; position++) {
    const next = argument(given, position);
    if (replaces(best, next)) best = next;
  }
  return { ...best, origin: null };
}

function logarithm(given: NativeCall): number {
  const x = numberArgument(given, 1);
  const base = numberArgument(given, 2, Math.E);
  if (argument(given, 2).kind === 'nil') return Math.log(x);
  if (base === 2) return Math.log2(x);
  return base === 10 ? Math.log10(x) : Math.log(x) / Math.log(base);
}

function mantissa(given: NativeCall): readonly Value[] {
  const x = numberArgument(given, 1);
  if (x === 0 || !Number.isFinite(x)) return [float(x), integer(0)];
  let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1);
  let fraction = x * 2 ** -exponent;
  while (Math.abs(fraction) < 0.5) [fraction, exponent] = [fraction * 2, exponent - 1];
  while (Math.abs(fraction) >= 1) [fraction, exponent] = [fraction / 2, exponent + 1];
  return [float(fraction), integer(exponent)];
}

function toInteger(given: NativeCall): Value {
  const value = anyArgument(given, 1);
  const known = value.kind === 'string' ? parseNumber(value.value) : value;
  if (known?.kind !== 'number') return NIL;
  return isInteger64(known.value) ? integer(known.value) : NIL;
}

function numberType(given: NativeCall): Value {
  const value = anyArgument(given, 1);
  return value.kind === 'number' ? string(value.float ? 'float' : 'integer') : NIL;
}

function unsigned(given: NativeCall, position: number): bigint {
  return BigInt.asUintN(64, BigInt(integerArgument(given, position)));
}
