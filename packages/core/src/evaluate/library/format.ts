import { fromByteString, toByteString } from '../../text/index.js';
import { numberText } from '../operators.js';
import { work } from '../run.js';
import { string, unknown, type Value } from '../values.js';
import { exponentForm, fixedDigits, generalForm, hexForm, isNegative } from './decimal.js';
import { displayed } from './display.js';
import { argument, badArgument, integerArgument, type NativeCall, numberArgument, textArgument } from './native.js';
import { checked, type Specification, specification } from './specification.js';

/** A conversion may have to write out hundreds of digits. */
const CONVERSION_STEPS = 30;

/** `string.format` (str_format of lstrlib.c). */
export function format(given: NativeCall): Value {
  const text = toByteString(textArgument(given, 1));
  const parts: string[] = [];
  let position = 1;
  let open: Value | undefined;
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '%') {
      const next = text.indexOf('%', at);
      const end = next < 0 ? text.length : next;
      parts.push(text.slice(at, end));
      at = end - 1;
    } else if (text[at + 1] === '%') {
      parts.push('%');
      at += 1;
    } else {
      position += 1;
      if (position > given.args.length) throw badArgument(given, position, 'no value');
      const read = specification(given, text, at);
      work(given.run, given.at, CONVERSION_STEPS);
      const made = convert(given, read, position);
      if (typeof made === 'string') parts.push(made);
      else {
        // an unknown argument may be refused; an address never is, and what follows is looked at as Lua does
        if (argument(given, position).kind === 'unknown') return open ?? made;
        open ??= made;
      }
      at += read.text.length - 1;
    }
  }
  if (open) return open;
  const out = parts.join('');
  const { stringLength } = given.run.limits;
  return out.length > stringLength
    ? unknown(`a string of more than ${stringLength} characters`, given.at)
    : string(fromByteString(out));
}

function convert(given: NativeCall, read: Specification, position: number): string | Value {
  const value = argument(given, position);
  switch (read.conversion) {
    case 'a':
    case 'A': {
      const spec = checked(given, read);
      return floatText(numberArgument(given, position), spec);
    }
    case 'c': {
      const spec = checked(given, read);
      return pad(String.fromCharCode(integerArgument(given, position) & 0xff), spec);
    }
    case 'd':
    case 'i':
      return signedText(integerArgument(given, position), checked(given, read));
    case 'u':
    case 'x':
    case 'X':
    case 'o':
      return unsignedText(integerArgument(given, position), checked(given, read));
    case 'q':
      return quoted(given, value, position);
    case 's':
      return plainText(given, read, value, position);
    case 'p': {
      const spec = checked(given, read);
      return ['table', 'function', 'string'].includes(value.kind)
        ? unknown('the address of a value', given.at)
        : pad('(null)', spec);
    }
    default:
      return floatText(numberArgument(given, position), checked(given, read));
  }
}

function plainText(given: NativeCall, read: Specification, value: Value, position: number): string | Value {
  const shown = displayed(given, value);
  if (shown.kind !== 'string') return shown;
  const bytes = toByteString(shown.value);
  if (read.text === '%s') return bytes;
  if (bytes.includes('\0')) throw badArgument(given, position, 'string contains zeros');
  const spec = checked(given, read);
  if (spec.precision === undefined && bytes.length >= 100) return bytes;
  return pad(bytes.slice(0, spec.precision), spec);
}

function pad(text: string, { flags, width }: Specification): string {
  return flags.includes('-') ? text.padEnd(width) : text.padStart(width);
}

/** A number with its sign: padded with zeros behind the sign where the flags and the precision say so. */
function padNumber(sign: string, digits: string, spec: Specification, zeros: boolean): string {
  if (zeros && spec.flags.includes('0') && !spec.flags.includes('-'))
    return sign + digits.padStart(spec.width - sign.length, '0');
  return pad(sign + digits, spec);
}

function signOf(negative: boolean, { flags }: Specification): string {
  return negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

/** Digits of an integer, at least as many as the precision says; none at all for 0 with precision 0. */
function atLeast(digits: string, { precision }: Specification): string {
  return precision === 0 && digits === '0' ? '' : digits.padStart(precision ?? 0, '0');
}

function signedText(value: number, spec: Specification): string {
  const digits = atLeast(BigInt(Math.abs(value)).toString(), spec);
  return padNumber(signOf(value < 0, spec), digits, spec, spec.precision === undefined);
}

function unsignedText(value: number, spec: Specification): string {
  const bits = BigInt.asUintN(64, BigInt(value));
  const radix = { u: 10, o: 8 }[spec.conversion] ?? 16;
  let digits = atLeast(bits.toString(radix), spec);
  const alternative = spec.flags.includes('#');
  if (alternative && radix === 8 && !digits.startsWith('0')) digits = `0${digits}`;
  const text = padNumber(alternative && radix === 16 && bits !== 0n ? '0x' : '', digits, spec, spec.precision === undefined);
  return spec.conversion === 'X' ? text.toUpperCase() : text;
}

function floatText(value: number, spec: Specification): string {
  const lower = spec.conversion.toLowerCase();
  const size = Math.abs(value);
  const keep = spec.flags.includes('#');
  let text: string;
  if (!Number.isFinite(value)) text = Number.isNaN(value) ? 'nan' : 'inf';
  else if (lower === 'a') text = hexForm(size, spec.precision, keep);
  else if (lower === 'e') text = exponentForm(size, spec.precision ?? 6, keep);
  else if (lower === 'g') text = generalForm(size, spec.precision ?? 6, keep);
  else text = fixedDigits(size, spec.precision ?? 6) + (keep && spec.precision === 0 ? '.' : '');
  const sign = signOf(isNegative(value), spec);
  const hex = lower === 'a' && text.startsWith('0x');
  const padded = padNumber(hex ? `${sign}0x` : sign, hex ? text.slice(2) : text, spec, Number.isFinite(value));
  return lower === spec.conversion ? padded : padded.toUpperCase();
}

/** `%q`: a literal that Lua reads back as the same value. */
function quoted(given: NativeCall, value: Value, position: number): string {
  if (value.kind === 'string') return quotedString(toByteString(value.value));
  if (value.kind === 'nil' || value.kind === 'boolean') return value.kind === 'nil' ? 'nil' : String(value.value);
  if (value.kind !== 'number') throw badArgument(given, position, 'value has no literal form');
  if (!value.float) return value.value === -(2 ** 63) ? '0x8000000000000000' : numberText(value);
  if (Number.isNaN(value.value)) return '(0/0)';
  if (!Number.isFinite(value.value)) return value.value > 0 ? '1e9999' : '-1e9999';
  return (isNegative(value.value) ? '-' : '') + hexForm(Math.abs(value.value), undefined);
}

/** What `%q` makes of a string, both as bytes (addquoted of lstrlib.c). */
export function quotedString(bytes: string): string {
  const inside = bytes.replace(/["\\\n]|[\u0000-\u001f\u007f]/g, (char, at: number) => {
    if (char === '"' || char === '\\' || char === '\n') return `\\${char}`;
    const code = String(char.charCodeAt(0));
    return `\\${/[0-9]/.test(bytes[at + 1] ?? '') ? code.padStart(3, '0') : code}`;
  });
  return `"${inside}"`;
}
