import { float, integer, type NumberValue, type Origin, unknown, type Value } from '../values.js';
import { generalForm, isNegative } from './decimal.js';

/** Lua's numbers in and out of text (lobject.c of 5.4), and the edges of its integers. */

const DECIMAL = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const HEXADECIMAL = /^([+-]?)0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?(?:[pP]([+-]?[0-9]+))?$/;

/** A number, or a string that reads as one (manual, section 3.4.3); `undefined` for anything else. */
export function toNumber(value: Value): NumberValue | undefined {
  if (value.kind === 'number') return value;
  return value.kind === 'string' ? parseNumber(value.value) : undefined;
}

/** Reads a numeral as Lua's `tonumber` does: blanks around, a sign, hexadecimal, decimal point, exponent. */
export function parseNumber(text: string): NumberValue | undefined {
  const word = trimmed(text);
  const hexadecimal = HEXADECIMAL.exec(word);
  if (hexadecimal) return hexNumber(hexadecimal, word);
  if (!DECIMAL.test(word)) return undefined;
  if (/^[+-]?0*[0-9]{0,19}$/.test(word)) {
    const exact = BigInt(word.replace('+', ''));
    // an integer that does not fit in 64 bits is a float (llex/lobject.c, l_str2int)
    return BigInt.asIntN(64, exact) === exact ? integer(Number(exact)) : float(Number(exact));
  }
  return float(Number(word));
}

/** The value of a numeral: unknown where it is an integer that a double cannot hold; `undefined` where it is none. */
export function numeral(text: string, at: Origin | null): Value | undefined {
  const number = parseNumber(text);
  if (!number || number.float || Math.abs(number.value) <= Number.MAX_SAFE_INTEGER) return number && { ...number, origin: at };
  const [, sign, digits] = /^([+-]?)(.*)$/s.exec(trimmed(text))!;
  const exact = BigInt.asIntN(64, sign === '-' ? -BigInt(digits!) : BigInt(digits!));
  return integerFrom(exact, at);
}

/** Without the blanks around it; by hand, because a regular expression would look for the end from every blank. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 9 && code <= 13);
}

function hexNumber([, sign, whole, fraction, exponent]: RegExpExecArray, word: string): NumberValue | undefined {
  const digits = `${whole ?? ''}${fraction ?? ''}`;
  if (digits === '') return undefined;
  const negative = sign === '-' ? -1 : 1;
  if (fraction === undefined && exponent === undefined && !word.includes('.')) {
    // hexadecimal integers wrap around at 64 bits
    return integer(Number(BigInt.asIntN(64, BigInt(negative) * BigInt(`0x${digits.slice(-16)}`))));
  }
  const power = Number(exponent ?? 0) - 4 * (fraction?.length ?? 0);
  return float(negative * Number(BigInt(`0x${digits}`)) * 2 ** power);
}

/** A number as Lua's `tostring` writes it (LUAI_NUMFFORMAT "%.14g", with `.0` behind a float that looks whole). */
export function numberText({ value, float: isFloat }: NumberValue): string {
  if (!isFloat) return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : BigInt(value).toString();
  const sign = isNegative(value) ? '-' : '';
  if (!Number.isFinite(value)) return `${sign}${Number.isNaN(value) ? 'nan' : 'inf'}`;
  const text = generalFormat(value, 14);
  return /^-?[0-9]+$/.test(text) ? `${text}.0` : text;
}

/** C's `%.Ng` of a finite number. */
export function generalFormat(value: number, precision: number): string {
  return (isNegative(value) ? '-' : '') + generalForm(Math.abs(value), precision);
}

/** An integer of 64 bits; unknown where a double cannot hold it. */
export function integerFrom(exact: bigint, at: Origin | null): Value {
  const value = Number(exact);
  return BigInt(value) === exact ? integer(value, at) : unknown('an integer beyond 53 bits', at);
}

/** Whether a number is one of Lua's integers (lua_numbertointeger). */
export function isInteger64(value: number): boolean {
  return Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63;
}

/** A whole float as an integer where it fits, else as it is. */
export function numberFrom(value: number): NumberValue {
  return isInteger64(value) ? integer(value + 0) : float(value);
}

/** C's `pow`, which glibc rounds correctly where JavaScript's `**` may be off by one in the last place. */
export function power(base: number, exponent: number): number {
  const whole = Number.isInteger(base) && Number.isInteger(exponent) && exponent >= 0;
  const exact = whole && exponent * Math.log2(Math.abs(base) + 1) < 1100;
  return exact && !Object.is(base, -0) ? Number(BigInt(base) ** BigInt(exponent)) : base ** exponent;
}
