import { fromByteString } from '../text/bytes.js';

/** The value of a string literal, with the way back from a place in the value to the place in the source. */
export interface StringContent {
  readonly value: string;
  /** Offset into the literal's source for an offset into the value; the end of the value maps to the closing quote. */
  sourceOffset(valueOffset: number): number;
}

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/**
 * Reads a string literal as Lua does (manual of 5.4, section 3.1): quotes or long brackets, escapes decoded.
 * @param raw the literal's source, delimiters included, known to be well-formed
 */
export function readString(raw: string): StringContent {
  const long = /^\[(=*)\[(\r\n|\n\r|\r|\n)?/.exec(raw);
  if (long) return plain(raw.slice(long[0].length, raw.length - long[1]!.length - 2), long[0].length);
  const inside = raw.slice(1, -1);
  return inside.includes('\\') ? escaped(inside) : plain(inside, 1);
}

function plain(source: string, at: number): StringContent {
  const value = /\r/.test(source) ? source.replace(/\r\n|\n\r|\r/g, '\n') : source;
  if (value === source) return { value, sourceOffset: offset => at + offset };
  return mapped(source, /\r\n|\n\r|\r/y, () => '\n', at);
}

const ESCAPE = /\\(?:z[ \t\r\n\v\f]*|\r\n|\n\r|[\r\n]|x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]+)\}|([0-9]{1,3})|([\s\S]))/y;

function escaped(source: string): StringContent {
  return mapped(
    source,
    ESCAPE,
    groups => {
      const [all, hex, code, decimal, other] = groups;
      if (all![1] === 'z') return '';
      if (hex !== undefined) return byte(Number.parseInt(hex, 16));
      if (code !== undefined) return unicode(Number.parseInt(code, 16));
      if (decimal !== undefined) return byte(Number.parseInt(decimal, 10) & 0xff);
      if (other !== undefined) return SIMPLE[other] ?? other;
      return '\n';
    },
    1,
  );
}

// bytes from 0x80 are collected as lone surrogates and joined to characters at the end, where they make valid UTF-8
function byte(value: number): string {
  return String.fromCharCode(value < 0x80 ? value : 0xdc00 + value);
}

function unicode(code: number): string {
  // Lua writes up to 2^31; what Unicode has no room for stays a replacement character
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}

function mapped(source: string, special: RegExp, replace: (groups: RegExpExecArray) => string, base: number): StringContent {
  const places: number[] = [];
  let value = '';
  for (let at = 0; at < source.length; ) {
    special.lastIndex = at;
    const found = special.exec(source);
    const text = found ? replace(found) : source[at]!;
    for (let unit = 0; unit < text.length; unit++) places.push(base + at);
    value += text;
    at += found ? found[0].length : 1;
  }
  places.push(base + source.length);
  if (!/[\udc80-\udcff]{2}/.test(value)) return { value, sourceOffset: offset => places[Math.min(offset, places.length - 1)]! };
  return joinBytes(value, places);
}

/** Escaped bytes that together are a UTF-8 character become that character, so that `"\195\188"` is "ü". */
function joinBytes(value: string, places: readonly number[]): StringContent {
  let out = '';
  const outPlaces: number[] = [];
  let from = 0;
  for (const part of value.split(/([\udc80-\udcff]{2,})/)) {
    const raw = /^[\udc80-\udcff]{2,}$/.test(part);
    const text = raw
      ? fromByteString(Array.from({ length: part.length }, (_, i) => String.fromCharCode(part.charCodeAt(i) - 0xdc00)).join(''))
      : part;
    for (let unit = 0; unit < text.length; unit++) outPlaces.push(places[from + Math.min(unit, part.length - 1)]!);
    out += text;
    from += part.length;
  }
  outPlaces.push(places[places.length - 1]!);
  return { value: out, sourceOffset: offset => outPlaces[Math.min(offset, outPlaces.length - 1)]! };
}
