import { fromByteString, toByteString } from '../../text/index.js';
import { work } from '../run.js';
import { integer, NIL, string, truth, type Value } from '../values.js';
import {
  argument,
  badArgument,
  integerArgument,
  libraryFault,
  libraryFunction,
  type NativeBody,
  type NativeCall,
  textArgument,
} from './native.js';

/** Lua's `utf8` (lutf8lib.c of 5.4). */
export const UTF8: Readonly<Record<string, Value>> = {
  charpattern: string(fromByteString('[\0-\x7f\xc2-\xfd][\x80-\xbf]*')),
  char: lib('char', given => [string(fromByteString(given.args.map((_, at) => encoded(given, at + 1)).join('')))]),
  codepoint: libraryFunction('utf8.codepoint', codePoints, { many: true }),
  len: libraryFunction('utf8.len', length, { many: true }),
  offset: lib('offset', given => [offset(given)]),
  codes: libraryFunction('utf8.codes', codes, { many: true }),
};

const MAX_UNICODE = 0x10ffff;

function lib(name: string, body: NativeBody): Value {
  return libraryFunction(`utf8.${name}`, body);
}

/** luaO_utf8esc: up to 2^31, which takes six bytes. */
function encoded(given: NativeCall, position: number): string {
  let code = integerArgument(given, position);
  if (code < 0 || code > 0x7fff_ffff) throw badArgument(given, position, 'value out of range');
  if (code < 0x80) return String.fromCharCode(code);
  let out = '';
  let most = 0x3f;
  do {
    out = String.fromCharCode(0x80 | (code % 64)) + out;
    code = Math.floor(code / 64);
    most >>= 1;
  } while (code > most);
  return String.fromCharCode(((~most << 1) & 0xff) | code) + out;
}

interface Decoded {
  readonly code: number;
  readonly next: number;
}

const LEAST = [0xffff_ffff, 0x80, 0x800, 0x1_0000, 0x20_0000, 0x400_0000];

/** utf8_decode: the code at `at`, or `undefined` where the bytes are wrong; `strict` refuses what is not Unicode. */
function decodeAt(bytes: string, at: number, strict: boolean): Decoded | undefined {
  let first = bytes.charCodeAt(at);
  if (Number.isNaN(first)) return { code: 0, next: at + 1 };
  if (first < 0x80) return { code: first, next: at + 1 };
  let code = 0;
  let count = 0;
  for (; first & 0x40; first <<= 1) {
    const next = bytes.charCodeAt(at + ++count);
    if ((next & 0xc0) !== 0x80) return undefined;
    code = code * 64 + (next & 0x3f);
  }
  code += (first & 0x7f) * 2 ** (count * 5);
  if (count > 5 || code > 0x7fff_ffff || code < LEAST[count]!) return undefined;
  if (strict && (code > MAX_UNICODE || (code >= 0xd800 && code <= 0xdfff))) return undefined;
  return { code, next: at + count + 1 };
}

/** u_posrelat: a position from the end when negative; 0 when that lies before the start. */
function position(value: number, size: number): number {
  if (value >= 0) return value;
  return -value > size ? 0 : size + value + 1;
}

function codePoints(given: NativeCall): readonly Value[] {
  const bytes = toByteString(textArgument(given, 1));
  const start = position(integerArgument(given, 2, 1), bytes.length);
  const end = position(integerArgument(given, 3, start), bytes.length);
  const strict = truth(argument(given, 4)) === false;
  if (start < 1) throw badArgument(given, 2, 'out of bounds');
  if (end > bytes.length) throw badArgument(given, 3, 'out of bounds');
  const found: Value[] = [];
  for (let at = start - 1; at < end; ) {
    const decoded = decodeAt(bytes, at, strict);
    if (!decoded) throw libraryFault(given, 'invalid UTF-8 code');
    found.push(integer(decoded.code));
    at = decoded.next;
  }
  work(given.run, given.at, found.length / 8);
  return found;
}

function length(given: NativeCall): readonly Value[] {
  const bytes = toByteString(textArgument(given, 1));
  const start = position(integerArgument(given, 2, 1), bytes.length);
  const end = position(integerArgument(given, 3, -1), bytes.length);
  const strict = truth(argument(given, 4)) === false;
  if (start < 1 || start > bytes.length + 1) throw badArgument(given, 2, 'initial position out of bounds');
  if (end > bytes.length) throw badArgument(given, 3, 'final position out of bounds');
  let count = 0;
  for (let at = start - 1; at < end; count++) {
    const decoded = decodeAt(bytes, at, strict);
    if (!decoded) return [NIL, integer(at + 1)];
    at = decoded.next;
  }
  return [integer(count)];
}

function offset(given: NativeCall): Value {
  const bytes = toByteString(textArgument(given, 1));
  let count = integerArgument(given, 2);
  const from = count > 0 ? 1 : bytes.length + 1;
  let at = position(integerArgument(given, 3, from), bytes.length) - 1;
  if (at < 0 || at > bytes.length) throw badArgument(given, 3, 'position out of bounds');
  const continues = (place: number) => (bytes.charCodeAt(place) & 0xc0) === 0x80;
  if (count === 0) {
    while (at > 0 && continues(at)) at--;
    return integer(at + 1);
  }
  if (continues(at)) throw libraryFault(given, 'initial position is a continuation byte');
  for (; count < 0 && at > 0; count++) {
    do at--;
    while (at > 0 && continues(at));
  }
  if (count > 0) {
    count -= 1;
    for (; count > 0 && at < bytes.length; count--) {
      do at++;
      while (continues(at));
    }
  }
  return count === 0 ? integer(at + 1) : NIL;
}

function codes(given: NativeCall): readonly Value[] {
  const text = textArgument(given, 1);
  const strict = truth(argument(given, 2)) === false;
  const walk = libraryFunction('for iterator', turn => {
    const bytes = toByteString(textArgument(turn, 1));
    let at = integerArgument(turn, 2) - 1;
    if (at < 0) at = 0;
    else
      do at++;
      while ((bytes.charCodeAt(at) & 0xc0) === 0x80);
    if (at >= bytes.length) return [NIL];
    const decoded = decodeAt(bytes, at, strict);
    if (!decoded || (bytes.charCodeAt(decoded.next) & 0xc0) === 0x80) throw libraryFault(turn, 'invalid UTF-8 code');
    return [integer(at + 1), integer(decoded.code)];
  });
  if ((toByteString(text).charCodeAt(0) & 0xc0) === 0x80) throw badArgument(given, 1, 'invalid UTF-8 code');
  return [walk, string(text), integer(0)];
}
