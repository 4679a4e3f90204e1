import type { BinaryOperator } from '../syntax/index.js';
import { byteLength, fromByteString, toByteString } from '../text/index.js';
import { border, lengthDoubt } from './library/length.js';
import { equalityHandler, operatorHandler, unaryHandler } from './library/metamethods.js';
import { integerFrom, isInteger64, numberText, power, toNumber } from './library/numbers.js';
import { fault, type Run, work } from './run.js';
import { bool, float, integer, type Origin, sameValue, string, truth, unknown, type Value } from './values.js';

export { border, hasHoles, lengthDoubt } from './library/length.js';
export { generalFormat, integerFrom, numberFrom, numberText, parseNumber, power, toNumber } from './library/numbers.js';

/** What an operand was, for Lua's message: `global 'x'`, `field 'y'`, `local 'z'`. */
export type Naming = string | undefined;

/** Arithmetic, comparison and concatenation of Lua 5.4 (manual, section 3.4). */
export function binary(
  run: Run,
  operator: BinaryOperator,
  left: Value,
  right: Value,
  at: Origin,
  names: readonly [Naming, Naming],
): Value {
  if (operator === '==' || operator === '~=') {
    if (left.kind === 'string') work(run, at, left.value.length / 1024);
    const same = equalityHandler(run, left, right, at) ?? sameValue(left, right);
    return same === undefined ? equalChoices(operator, left, right, at) : bool(same === (operator === '=='), at);
  }
  const handled = operatorHandler(run, operator, left, right, at);
  if (handled) return handled;
  if (left.kind === 'unknown' || right.kind === 'unknown') return unknown(reasonOf(left, right), at);
  if (operator === '..') return concatenate(run, left, right, at, names);
  if (operator === '<' || operator === '<=' || operator === '>' || operator === '>=')
    return compare(run, operator, left, right, at);
  for (const operand of [left, right]) if (operand.kind === 'string') work(run, at, operand.value.length / 64);
  return arithmetic(operator, left, right, at, names);
}

export function unary(run: Run, operator: 'not' | '-' | '~' | '#', operand: Value, at: Origin, name: Naming): Value {
  if (operator === 'not') {
    const known = truth(operand);
    return known === undefined ? unknown(reasonOf(operand), at) : bool(!known, at);
  }
  if (operand.kind === 'unknown') return unknown(operand.reason, at);
  const handled = unaryHandler(run, operator, operand, at);
  if (handled) return handled;
  if (operator === '#') return lengthOperator(run, operand, at, name);
  if (operand.kind === 'string') work(run, at, operand.value.length / 64);
  const number = operator === '~' && operand.kind === 'string' ? undefined : toNumber(operand);
  if (!number) {
    if (operator === '-' && operand.kind === 'string') throw fault("attempt to unm a 'string' with a 'string'", at);
    throw fault(
      `attempt to perform ${operator === '~' ? 'bitwise operation' : 'arithmetic'} on a ${operand.kind} value${described(name)}`,
      at,
    );
  }
  if (operator === '~') {
    if (!isInteger64(number.value)) throw fault(`number${described(name)} has no integer representation`, at);
    return integerFrom(BigInt.asIntN(64, ~BigInt(number.value)), at);
  }
  return number.float ? float(-number.value, at) : integerFrom(BigInt.asIntN(64, -BigInt(number.value)), at);
}

/** An unknown that can be one of a few values is unequal to what none of them is. */
function equalChoices(operator: '==' | '~=', left: Value, right: Value, at: Origin): Value {
  const all = (value: Value): readonly Value[] => (value.kind === 'unknown' ? (value.choices ?? [value]) : [value]);
  const results = all(left).flatMap(a => all(right).map(b => sameValue(a, b)));
  return results.every(result => result === false) ? bool(operator === '~=', at) : unknown(reasonOf(left, right), at);
}

function lengthOperator(run: Run, operand: Value, at: Origin, name: Naming): Value {
  if (operand.kind === 'string') {
    work(run, at, operand.value.length / 64);
    return integer(byteLength(operand.value), at);
  }
  if (operand.kind !== 'table') throw fault(`attempt to get length of a ${operand.kind} value${described(name)}`, at);
  const doubt = lengthDoubt(run, operand, at);
  return doubt ? unknown(doubt, at) : integer(border(operand.table.entries), at);
}

/** The text that concatenation makes of a value: strings and numbers only. */
export function toText(value: Value): string | undefined {
  if (value.kind === 'string') return value.value;
  return value.kind === 'number' ? numberText(value) : undefined;
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
  work(run, at, (a.length + b.length) / 256);
  // bytes of one character that come from both sides become that character
  const split = isRawByte(a.charCodeAt(a.length - 1)) && isRawByte(b.charCodeAt(0));
  if (!split) return string(a + b, at);
  work(run, at, a.length + b.length);
  return string(fromByteString(toByteString(a) + toByteString(b)), at);
}

function isRawByte(unit: number): boolean {
  return unit >= 0xdc80 && unit <= 0xdcff;
}

/** `left < right` as Lua compares: numbers, strings by bytes (strcoll in the C locale), and nothing else. */
export function lessThan(left: Value, right: Value, at: Origin | null, cause: Origin | null = at): Value {
  if (left.kind === 'unknown' || right.kind === 'unknown') return unknown(reasonOf(left, right), at);
  if (left.kind === 'number' && right.kind === 'number') return bool(left.value < right.value, at);
  if (left.kind === 'string' && right.kind === 'string') return bool(toByteString(left.value) < toByteString(right.value), at);
  if (left.kind === right.kind) throw fault(`attempt to compare two ${left.kind} values`, at, cause);
  throw fault(`attempt to compare ${left.kind} with ${right.kind}`, at, cause);
}

function compare(run: Run, operator: '<' | '<=' | '>' | '>=', left: Value, right: Value, at: Origin): Value {
  const [a, b] = operator.startsWith('<') ? [left, right] : [right, left];
  if (a.kind === 'string') work(run, at, a.value.length / 64);
  if (operator.length === 1) return lessThan(a, b, at);
  // a <= b is not (b < a), but for NaN
  if (a.kind === 'number' && b.kind === 'number') return bool(a.value <= b.value, at);
  if (a.kind === 'string' && b.kind === 'string') return bool(toByteString(a.value) <= toByteString(b.value), at);
  return lessThan(a, b, at);
}

const BITWISE: readonly string[] = ['&', '|', '~', '<<', '>>'];
const NAMES: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '%': 'mod',
  '^': 'pow',
  '/': 'div',
  '//': 'idiv',
};

function arithmetic(operator: BinaryOperator, left: Value, right: Value, at: Origin, names: readonly [Naming, Naming]): Value {
  const bitwise = BITWISE.includes(operator);
  // strings take part in arithmetic through their metatable, which has no bitwise operators (lstrlib.c, stringmetamethods)
  const number = (value: Value) => (bitwise && value.kind === 'string' ? undefined : toNumber(value));
  const a = number(left);
  const b = number(right);
  if (!a || !b) {
    if (!bitwise && (left.kind === 'string' || right.kind === 'string')) {
      throw fault(`attempt to ${NAMES[operator]} a '${left.kind}' with a '${right.kind}'`, at);
    }
    const [wrong, name] = left.kind === 'number' ? [right, names[1]] : [left, names[0]];
    throw fault(
      `attempt to perform ${bitwise ? 'bitwise operation' : 'arithmetic'} on a ${wrong.kind} value${described(name)}`,
      at,
    );
  }
  if (bitwise) return bits(operator, a.value, b.value, at, names);
  if (operator === '/') return float(a.value / b.value, at);
  if (operator === '^') return float(power(a.value, b.value), at);
  const isFloat = a.float || b.float;
  if (!isFloat && b.value === 0 && (operator === '//' || operator === '%')) {
    throw fault(operator === '//' ? 'attempt to divide by zero' : "attempt to perform 'n%0'", at);
  }
  const result = computed(operator, a.value, b.value, isFloat);
  if (isFloat || Number.isSafeInteger(result))
    return { kind: 'number', value: isFloat ? result : result + 0, float: isFloat, origin: at };
  return wide(operator, BigInt(a.value), BigInt(b.value), at);
}

function computed(operator: BinaryOperator, x: number, y: number, isFloat: boolean): number {
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '%':
      return modulo(x, y);
    default:
      return isFloat ? Math.floor(x / y) : (x - modulo(x, y)) / y;
  }
}

/** Integers beyond 2^53: exact, and around the corner at 64 bits, as in Lua. */
function wide(operator: BinaryOperator, x: bigint, y: bigint, at: Origin): Value {
  const rest = y === 0n ? 0n : ((x % y) + y) % y;
  const exact: Readonly<Record<string, () => bigint>> = { '+': () => x + y, '-': () => x - y, '*': () => x * y, '%': () => rest };
  return integerFrom(BigInt.asIntN(64, (exact[operator] ?? (() => (x - rest) / y))()), at);
}

function modulo(x: number, y: number): number {
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
}

function bits(operator: BinaryOperator, x: number, y: number, at: Origin, names: readonly [Naming, Naming]): Value {
  if (!isInteger64(x) || !isInteger64(y)) {
    throw fault(`number${described(names[isInteger64(x) ? 1 : 0])} has no integer representation`, at);
  }
  const a = BigInt.asUintN(64, BigInt(x));
  const b = BigInt(y);
  const shift = (by: bigint) => (by >= 64n || by <= -64n ? 0n : by >= 0n ? a << by : a >> -by);
  const results = { '&': () => a & b, '|': () => a | b, '~': () => a ^ b, '<<': () => shift(b), '>>': () => shift(-b) };
  return integerFrom(BigInt.asIntN(64, results[operator as '&']()), at);
}
