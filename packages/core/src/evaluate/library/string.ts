import { fromByteString, toByteString } from '../../text/index.js';
import { work } from '../run.js';
import { integer, string, unknown, type Value } from '../values.js';
import { format } from './format.js';
import { MATCHING } from './matching.js';
import {
  badArgument,
  integerArgument,
  libraryFault,
  libraryFunction,
  type NativeBody,
  type NativeCall,
  textArgument,
  unknowable,
} from './native.js';

/** Lua's `string` (lstrlib.c of 5.4): all of it goes by bytes. */
export const STRING: Readonly<Record<string, Value>> = {
  ...MATCHING,
  len: lib('len', given => [integer(bytes(given).length)]),
  sub: lib('sub', given => [fromBytes(slice(given, bytes(given)))]),
  lower: lib('lower', given => [fromBytes(bytes(given).replace(/[A-Z]+/g, letters => letters.toLowerCase()))]),
  upper: lib('upper', given => [fromBytes(bytes(given).replace(/[a-z]+/g, letters => letters.toUpperCase()))]),
  rep: lib('rep', given => [repeat(given)]),
  reverse: lib('reverse', given => [fromBytes(reversed(given))]),
  byte: libraryFunction('string.byte', byteCodes, { many: true }),
  char: lib('char', given => [fromBytes(given.args.map((_, index) => character(given, index + 1)).join(''))]),
  format: lib('format', given => [format(given)]),
  dump: unknowable('string.dump', 'the compiled form of a function'),
  pack: unknowable('string.pack', 'a packed string'),
  packsize: unknowable('string.packsize', 'the size of a packed string'),
  unpack: unknowable('string.unpack', 'what a packed string holds'),
};

/** INT_MAX of C, the most that lstrlib.c takes for the length of a string. */
const MAX_SIZE = 0x7fff_ffff;

function lib(name: string, body: NativeBody): Value {
  return libraryFunction(`string.${name}`, body);
}

function bytes(given: NativeCall): string {
  return toByteString(textArgument(given, 1));
}

function fromBytes(byteString: string): Value {
  return string(fromByteString(byteString));
}

/** posrelatI: where a position, from the end when negative, starts. From 1. */
function startPosition(position: number, length: number): number {
  if (position > 0) return position;
  return position === 0 || position < -length ? 1 : length + position + 1;
}

/** getendpos: where a position, from the end when negative, ends. */
function endPosition(position: number, length: number): number {
  if (position > length) return length;
  if (position >= 0) return position;
  return position < -length ? 0 : length + position + 1;
}

function slice(given: NativeCall, text: string): string {
  const start = startPosition(integerArgument(given, 2), text.length);
  const end = endPosition(integerArgument(given, 3, -1), text.length);
  return start > end ? '' : text.slice(start - 1, end);
}

function repeat(given: NativeCall): Value {
  const text = textArgument(given, 1);
  const count = integerArgument(given, 2);
  const separator = textArgument(given, 3, '');
  if (count <= 0) return string('');
  const length = (toByteString(text).length + toByteString(separator).length) * count;
  if (length > MAX_SIZE) throw libraryFault(given, 'resulting string too large');
  const { stringLength } = given.run.limits;
  if (length > stringLength) return unknown(`a string of more than ${stringLength} characters`, given.at);
  work(given.run, given.at, length / 256);
  const repeated = toByteString(text + separator).repeat(count - 1) + toByteString(text);
  return fromBytes(repeated);
}

function byteCodes(given: NativeCall): readonly Value[] {
  const text = bytes(given);
  const first = integerArgument(given, 2, 1);
  const start = startPosition(first, text.length);
  // without an end it is the position as given: `byte(0)` is nothing
  const end = endPosition(integerArgument(given, 3, first), text.length);
  if (end - start >= 1_000_000) throw libraryFault(given, 'string slice too long');
  work(given.run, given.at, Math.max(0, end - start));
  return start > end ? [] : [...text.slice(start - 1, end)].map(char => integer(char.charCodeAt(0)));
}

function reversed(given: NativeCall): string {
  const text = bytes(given);
  work(given.run, given.at, text.length / 16);
  return [...text].reverse().join('');
}

function character(given: NativeCall, position: number): string {
  const code = integerArgument(given, position);
  if (code < 0 || code > 255) throw badArgument(given, position, 'value out of range');
  return String.fromCharCode(code);
}
