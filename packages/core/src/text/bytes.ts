/**
 * Bytes and text, without losing either.
 *
 * A configuration is UTF-8 almost always, and Latin-1 or damaged now and then. Prosody reads bytes; editors and people
 * read text. Every byte that is not part of valid UTF-8 becomes one lone surrogate, U+DC80 to U+DCFF (Python's
 * "surrogateescape", PEP 383), so that `encode(decode(bytes))` is always the same bytes. A byte order mark is kept.
 */

// in every browser and in Node, but in no library of ECMAScript itself
declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare class TextDecoder {
  constructor(label: string, options: { ignoreBOM: boolean });
  decode(bytes: Uint8Array): string;
}

/** Text of a file's bytes. Never throws; see the file's head for what becomes of invalid bytes. */
export function decode(bytes: Uint8Array): string {
  const text = decodeValid(bytes);
  // not `fatal`: an error thrown while a bundle is loaded has the engine find its place, which takes a browser longer than all the rest
  return text.includes('\ufffd') ? decodeDamaged(bytes) : text;
}

function decodeDamaged(bytes: Uint8Array): string {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
    } else {
      if (at > start) parts.push(decodeValid(bytes.subarray(start, at)));
      parts.push(String.fromCharCode(0xdc00 + bytes[at]!));
      at += 1;
      start = at;
    }
  }
  parts.push(decodeValid(start === 0 ? bytes : bytes.subarray(start)));
  return parts.join('');
}

/** The bytes of a text made by `decode`, or of any text: lone surrogates other than U+DC80 to U+DCFF become U+FFFD. */
export function encode(text: string): Uint8Array {
  if (!/[\udc80-\udcff]/.test(text)) return new TextEncoder().encode(text);
  const parts: Uint8Array[] = [];
  // the u flag makes a lone surrogate match only where it is not half of a pair
  for (const part of text.split(/([\udc80-\udcff]+)/u)) {
    const raw = /^[\udc80-\udcff]+$/u.test(part);
    parts.push(raw ? Uint8Array.from(part, unit => unit.charCodeAt(0) - 0xdc00) : new TextEncoder().encode(part));
  }
  return concatenate(parts);
}

/** Length in bytes that Lua's `#` would give for this text. */
export function byteLength(text: string): number {
  return /^[\x00-\x7f]*$/.test(text) ? text.length : encode(text).length;
}

/** The text as a string of one unit (0 to 255) a byte, for what Lua does by bytes: `sub`, patterns, `byte`. */
export function toByteString(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  const bytes = encode(text);
  let out = '';
  for (let at = 0; at < bytes.length; at += 4096) out += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return out;
}

/** The inverse of `toByteString`. */
export function fromByteString(byteString: string): string {
  if (/^[\x00-\x7f]*$/.test(byteString)) return byteString;
  return decode(Uint8Array.from(byteString, unit => unit.charCodeAt(0)));
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** What is no UTF-8 becomes U+FFFD. */
function decodeValid(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Length of the valid UTF-8 sequence at `at` (RFC 3629, section 4), or 0 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  if (first >= 0xc2 && first <= 0xdf) return follows(second) ? 2 : 0;
  const third = bytes[at + 2] ?? 0;
  if (first >= 0xe0 && first <= 0xef) {
    const low = first === 0xe0 ? 0xa0 : 0x80;
    const high = first === 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high && follows(third) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const low = first === 0xf0 ? 0x90 : 0x80;
    const high = first === 0xf4 ? 0x8f : 0xbf;
    return second >= low && second <= high && follows(third) && follows(bytes[at + 3] ?? 0) ? 4 : 0;
  }
  return 0;
}

function follows(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}
