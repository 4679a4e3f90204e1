import { byteLength } from '../../text/index.js';

/**
 * `nameprep` (RFC 3491) as Prosody's util.encodings does it with ICU and unassigned code points allowed
 * (util-src/encodings.c): case folded and normalized; refused are private use, bidirectional marks, surrogates, and
 * names of 1024 bytes or more.
 * @returns the prepared name, or `undefined` where Prosody says that it contains forbidden characters
 */
export function nameprep(name: string): string | undefined {
  // ASCII, nearly all there is: only letters change, and neither blanks nor `_` are refused
  if (/^[\u0000-\u007f]*$/.test(name)) return name.length < 1024 ? name.toLowerCase() : undefined;
  if (/[\ud800-\udfff]/u.test(name)) return undefined;
  const folded = name
    .replace(MAPPED_TO_NOTHING, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .normalize('NFKC');
  if (PROHIBITED.test(folded) || mixedDirections(folded) || byteLength(folded) >= 1024) return undefined;
  return folded;
}

// RFC 3454, table B.1
const MAPPED_TO_NOTHING = /[\u00ad\u034f\u1806\u180b-\u180d\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]/g;
// RFC 3454, tables C.1.2 (non-ASCII spaces), C.2.2, C.3 to C.9
const PROHIBITED =
  /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\u0080-\u009f\u06dd\u070f\u180e\u200c-\u200f\u2028-\u202e\u2060-\u2063\u206a-\u206f\u2ff0-\u2ffb\ufeff\ufff9-\uffff\u{1d173}-\u{1d17a}\ue000-\uf8ff\u{f0000}-\u{ffffd}\u{100000}-\u{10fffd}\ufdd0-\ufdef\u0340\u0341\u{e0001}\u{e0020}-\u{e007f}]/u;
const RIGHT_TO_LEFT =
  /[\u05be\u05c0\u05c3\u05d0-\u05f4\u061b\u061f\u0621-\u064a\u066d-\u066f\u0671-\u06d5\u06dd\u06e5\u06e6\u06fa-\u06fe\u0700-\u070d\u0710\u0712-\u072c\u0780-\u07a5\u07b1\ufb1d-\ufdfc\ufe70-\ufefc]/u;
const LEFT_TO_RIGHT =
  /[A-Za-z\u00aa\u00b5\u00ba\u00c0-\u02b8\u0370-\u0482\u048a-\u0556\u0904-\u0939\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]/u;

/** RFC 3454, section 6: a name with right-to-left letters has no others and starts and ends with one. */
function mixedDirections(name: string): boolean {
  if (!RIGHT_TO_LEFT.test(name)) return false;
  const letters = [...name];
  return LEFT_TO_RIGHT.test(name) || !RIGHT_TO_LEFT.test(letters[0]!) || !RIGHT_TO_LEFT.test(letters.at(-1)!);
}
