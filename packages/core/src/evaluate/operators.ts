import type { BinaryOperator } from '../syntax/index.js';
import { byteLength, toByteString } from '../text/index.js';
import { fault, type Run } from './run.js';
import { bool, float, integer, type NumberValue, type Origin, sameValue, string, truth, unknown, type Value } from './values.js';

/** What an operand was, for Lua's message: `global 'x'`, `field 'y'`, `local 'z'`. */
export type Naming = string | undefined;

/** Arithmetic, comparison and concatenation of Lua 5.4 (manual, section 3.4), without metamethods. */
export function binary(
  run: Run,
  operator: BinaryOperator,
  left: Value,
  right: Value,
  at: Origin,
  names: readonly [Naming, Naming],
): Value {
  if (operator === '==' || operator === '~=') {
    const same = sameValue(left, right);
    return same === undefined ? unknown(reasonOf(left, right), at) : bool(same === (operator === '=='), at);
  }
  if (left.kind === 'unknown' || right.kind === 'unknown') return unknown(reasonOf(left, right), at);
  if (operator === '..') return concatenate(run, left, right, at, names);
  if (operator === '<' || operator === '<=' || operator === '>' || operator === '>=') return compare(operator, left, right, at);
  return arithmetic(operator, left, right, at, names);
}

export function unary(operator: 'not' | '-' | '~' | '#', operand: Value, at: Origin, name: Naming): Value {
  if (operator === 'not') {
    const known = truth(operand);
    return known === undefined ? unknown(reasonOf(operand), at) : bool(!known, at);
  }
  if (operand.kind === 'unknown') return unknown(operand.reason, at);
  if (operator === '#') {
    if (operand.kind === 'string') return integer(byteLength(operand.value), at);
    if (operand.kind === 'table') return integer(border(operand.table.entries), at);
    throw fault(`attempt to get length of a ${operand.kind} value${described(name)}`, at);
  }
  const number = toNumber(operand);
  if (!number)
    throw fault(
      `attempt to perform ${operator === '~' ? 'bitwise operation' : 'arithmetic'} on a ${operand.kind} value${described(name)}`,
      at,
    );
  if (operator === '~') return integer(Number(BigInt.asIntN(64, ~BigInt(Math.trunc(number.value)))), at);
  return { ...number, value: number.float ? -number.value : 0 - number.value, origin: at };
}

/** A number, or a string that reads as one (manual, section 3.4.3); `undefined` for anything else. */
export function toNumber(value: Value): NumberValue | undefined {
  if (value.kind === 'number') return value;
  return value.kind === 'string' ? parseNumber(value.value) : undefined;
}

/** Reads a numeral as Lua's `tonumber` does: blanks around, a sign, hexadecimal, decimal point, exponent. */
export function parseNumber(text: string): NumberValue | undefined {
  const word = text.replace(/^[ \t\r\n\v\f]+|[ \t\r\n\v\f]+$/g, '');
  const hexadecimal = /^([+-]?)0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?(?:[pP]([+-]?[0-9]+))?$/.exec(word);
  if (hexadecimal) return hexNumber(hexadecimal, word);
  if (!/^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(word)) return undefined;
  if (/^[+-]?[0-9]+$/.test(word)) {
    const exact = BigInt(word.replace('+', ''));
    // an integer that does not fit in 64 bits is a float (llex/lobject.c, l_str2int)
    return BigInt.asIntN(64, exact) === exact ? integer(Number(exact)) : float(Number(exact));
  }
  return float(Number(word));
}

function hexNumber([, sign, whole, fraction, exponent]: RegExpExecArray, word: string): NumberValue | undefined {
  const digits = `${whole ?? ''}${fraction ?? ''}`;
  if (digits === '') return undefined;
  const negative = sign === '-' ? -1 : 1;
  if (fraction === undefined && exponent === undefined && !word.includes('.')) {
    return integer(negative * Number(BigInt.asIntN(64, BigInt(`0x${digits}`))));
  }
  const value = Number(BigInt(`0x${digits}`)) * 2 ** (Number(exponent ?? 0) - 4 * (fraction?.length ?? 0));
  return float(negative * value);
}

/** A number as Lua's `tostring` writes it (LUAI_NUMFFORMAT "%.14g", with `.0` behind a float that looks whole). */
export function numberText({ value, float: isFloat }: NumberValue): string {
  if (!isFloat) return String(value);
  if (Number.isNaN(value)) return Object.is(value, Number.NaN) ? 'nan' : '-nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const text = generalFormat(value, 14);
  return /^-?[0-9]+$/.test(text) ? `${text}.0` : text;
}

/** C's `%.Ng`. */
export function generalFormat(value: number, precision: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa, exponentText] = value.toExponential(precision - 1).split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= precision) {
    const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
    return `${short}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const fixed = value.toFixed(Math.max(0, precision - 1 - exponent));
  return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
}

/** The text that concatenation makes of a value: strings and numbers only. */
export function toText(value: Value): string | undefined {
  if (value.kind === 'string') return value.value;
  return value.kind === 'number' ? numberText(value) : undefined;
}

/** The `n` for which entry n is there and n+1 is not (`#` of a table without holes). */
export function border(entries: ReadonlyMap<unknown, unknown>): number {
  let length = 0;
  while (entries.has(length + 1)) length += 1;
  return length;
}

export function described(name: Naming): string {
  return name ? ` (${name})` : '';
}

export function reasonOf(...values: readonly Value[]): string {
  const reasons = values.flatMap(value => (value.kind === 'unknown' ? [value.reason] : []));
  return [...new Set(reasons)].join('; ');
}

function concatenate(run: Run, left: Value, right: Value, at: Origin, names: readonly [Naming, Naming]): Value {
  const a = toText(left);
  const b = toText(right);
  if (a === undefined || b === undefined) {
    const wrong = a === undefined ? left : right;
    throw fault(`attempt to concatenate a ${wrong.kind} value${described(names[a === undefined ? 0 : 1])}`, at);
  }
  if (a.length + b.length > run.limits.stringLength)
    return unknown(`a string of more than ${run.limits.stringLength} characters`, at);
  return string(a + b, at);
}

function compare(operator: '<' | '<=' | '>' | '>=', left: Value, right: Value, at: Origin): Value {
  const [a, b] = operator.startsWith('<') ? [left, right] : [right, left];
  const strict = operator.length === 1;
  if (a.kind === 'number' && b.kind === 'number') return bool(strict ? a.value < b.value : a.value <= b.value, at);
  if (a.kind === 'string' && b.kind === 'string') {
    // strcoll in the C locale: by bytes
    const x = toByteString(a.value);
    const y = toByteString(b.value);
    return bool(strict ? x < y : x <= y, at);
  }
  if (a.kind === b.kind) throw fault(`attempt to compare two ${a.kind} values`, at);
  throw fault(`attempt to compare ${a.kind} with ${b.kind}`, at);
}

function arithmetic(operator: BinaryOperator, left: Value, right: Value, at: Origin, names: readonly [Naming, Naming]): Value {
  const a = toNumber(left);
  const b = toNumber(right);
  const bitwise = ['&', '|', '~', '<<', '>>'].includes(operator);
  if (!a || !b) {
    const [wrong, name] = a ? [right, names[1]] : [left, names[0]];
    throw fault(
      `attempt to perform ${bitwise ? 'bitwise operation' : 'arithmetic'} on a ${wrong.kind} value${described(name)}`,
      at,
    );
  }
  if (bitwise) return bits(operator, a.value, b.value, at);
  if (operator === '/') return float(a.value / b.value, at);
  if (operator === '^') return float(a.value ** b.value, at);
  const isFloat = a.float || b.float;
  if (!isFloat && b.value === 0 && (operator === '//' || operator === '%')) {
    throw fault(operator === '//' ? "attempt to perform 'n//0'" : "attempt to perform 'n%%0'", at);
  }
  const result = {
    '+': (x: number, y: number) => x + y,
    '-': (x: number, y: number) => x - y,
    '*': (x: number, y: number) => x * y,
    '//': (x: number, y: number) => Math.floor(x / y),
    '%': modulo,
  }[operator as '+']!(a.value, b.value);
  if (isFloat || Number.isSafeInteger(result)) return { kind: 'number', value: result, float: isFloat, origin: at };
  return wide(operator, a.value, b.value, at);
}

/** Integers beyond 2^53: exact, and around the corner at 64 bits, as in Lua. */
function wide(operator: BinaryOperator, a: number, b: number, at: Origin): Value {
  if (!Number.isInteger(a) || !Number.isInteger(b)) return unknown('arithmetic beyond 53 bits', at);
  const x = BigInt(a);
  const y = BigInt(b);
  const exact = operator === '+' ? x + y : operator === '-' ? x - y : x * y;
  const wrapped = BigInt.asIntN(64, exact);
  return BigInt(Number(wrapped)) === wrapped ? integer(Number(wrapped), at) : unknown('an integer beyond 53 bits', at);
}

function modulo(x: number, y: number): number {
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
}

function bits(operator: BinaryOperator, x: number, y: number, at: Origin): Value {
  if (!Number.isInteger(x) || !Number.isInteger(y)) throw fault('number has no integer representation', at);
  const a = BigInt.asUintN(64, BigInt(x));
  const b = BigInt(y);
  const shift = (by: bigint) => (by >= 64n || by <= -64n ? 0n : by >= 0n ? a << by : a >> -by);
  const results = { '&': () => a & b, '|': () => a | b, '~': () => a ^ b, '<<': () => shift(b), '>>': () => shift(-b) };
  const wrapped = BigInt.asIntN(64, results[operator as '&']());
  return BigInt(Number(wrapped)) === wrapped ? integer(Number(wrapped), at) : unknown('an integer beyond 53 bits', at);
}
