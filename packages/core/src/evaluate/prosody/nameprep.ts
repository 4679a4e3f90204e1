import { byteLength } from '../../text/index.js';

/**
 * `nameprep` (RFC 3491) as Prosody's util.encodings does it with ICU and unassigned code points allowed
 * (util-src/encodings.c of 0.12 and 13.0): case folded and normalized as Unicode 3.2 had it; refused are private use,
 * bidirectional marks, surrogates, and names of 1024 bytes or more.
 * @returns the prepared name, or `undefined` where Prosody says that it contains forbidden characters
 */
export function nameprep(name: string): string | undefined {
  // ASCII, nearly all there is: only letters change, and neither blanks nor `_` are refused
  if (/^[\u0000-\u007f]*$/.test(name)) return name.length < 1024 ? name.toLowerCase() : undefined;
  if (/[\ud800-\udfff]/u.test(name)) return undefined;
  const folded = mapped(name, fold);
  return isProhibited(folded) || byteLength(folded) >= 1024 ? undefined : folded;
}

/** RFC 3454, section 3 and 4: what is mapped to nothing is left out, the rest mapped by parts; what is too young stays. */
export function mapped(text: string, map: (part: string) => string): string {
  return text
    .replace(MAPPED_TO_NOTHING, '')
    .split(YOUNG)
    .map((part, index) => (index % 2 === 0 ? map(part) : part))
    .join('');
}

/** RFC 3454, sections 5 and 6, without what only some profiles refuse: ASCII's blank and control characters. */
export function isProhibited(text: string): boolean {
  return PROHIBITED.test(text) || mixedDirections(text);
}

/** RFC 3454, table B.2, and normalization form KC. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .replaceAll('\u0345', 'ι')
    .normalize('NFKC');
}

// RFC 3454, table B.1
const MAPPED_TO_NOTHING = /[\u00ad\u034f\u1806\u180b-\u180d\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]/g;
// what Unicode has learned to fold after 3.2, whose tables RFC 3454 fixes: these stay as they are
const YOUNG =
  /([\u023a-\u024e\u0370-\u0372\u0376\u037f\u03cf\u03f7-\u03ff\u04c0\u04f6\u04fa-\u04fe\u0510-\u052e\u10a0-\u10cd\u10fc\u13a0-\u13f5\u1c89-\u1dbf\u1e9e\u1efa-\u1efe\u2090-\u209c\u2132\u213b-\u213c\u2150-\u2152\u2183-\u2189\u2c00-\u2d6f\u321d-\u321e\u3244-\u3250\u327c-\u327e\u32cc-\u32cf\u32ff\u3377-\u337a\u33de-\u33df\u33ff\ua640-\ua7f9\uab5c-\uab69\ufa2e-\ufa2f\ufa6b-\ufad9\ufe10-\ufe19\ufe47-\ufe48\u{10426}-\u{10595}\u{10781}-\u{107ba}\u{10c80}-\u{10d65}\u{118a0}-\u{118bf}\u{16e40}-\u{16eb8}\u{1ccd6}-\u{1ccf9}\u{1d4c1}\u{1d6a4}-\u{1d6a5}\u{1d7ca}-\u{1d7cb}\u{1e030}-\u{1e06d}\u{1e900}-\u{1e921}\u{1ee00}-\u{1eebb}\u{1f100}-\u{1f251}\u{1fbf0}-\u{1fbf9}]+)/u;
// RFC 3454, tables C.1.2 (non-ASCII spaces), C.2.2, C.3 to C.9
const PROHIBITED =
  /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\u0080-\u009f\u06dd\u070f\u180e\u200c-\u200f\u2028-\u202e\u2060-\u2063\u206a-\u206f\u2ff0-\u2ffb\ufeff\ufff9-\uffff\u{1d173}-\u{1d17a}\p{Co}\p{Noncharacter_Code_Point}\u0340\u0341\u{e0001}\u{e0020}-\u{e007f}]/u;
// here ICU goes by its own Unicode: code points that are not assigned yet have a direction too
const RIGHT_TO_LEFT =
  /[\u0590\u05be\u05c0\u05c3\u05c6\u05c8-\u05ff\u0608\u060b\u060d\u061b-\u064a\u066d-\u066f\u0671-\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u0710\u0712-\u072f\u074b-\u07a5\u07b1-\u07ea\u07f4\u07f5\u07fa-\u07fc\u07fe-\u0815\u081a\u0824\u0828\u082e-\u0858\u085c-\u088f\u0892-\u0896\u08a0-\u08c9\u2135-\u2138\ufb20-\ufb28\ufb37-\ufc5a\ufc64-\ufd3b\ufd50-\ufdce\ufdf0-\ufdfc\ufe73\ufe75\ufe80-\ufefe\u{10800}-\u{1091e}\u{10920}-\u{10a00}\u{10a04}\u{10a07}-\u{10a0b}\u{10a10}-\u{10a37}\u{10a3b}-\u{10a3e}\u{10a40}-\u{10ae4}\u{10ae7}-\u{10b38}\u{10b40}-\u{10d23}\u{10d28}-\u{10d2f}\u{10d3a}-\u{10d3f}\u{10d4a}-\u{10d68}\u{10d6f}-\u{10e5f}\u{10e7f}-\u{10eaa}\u{10ead}-\u{10efb}\u{10f00}-\u{10f45}\u{10f51}-\u{10f81}\u{10f86}-\u{10fff}\u{1e800}-\u{1e8cf}\u{1e8d7}-\u{1e943}\u{1e94b}-\u{1eeef}\u{1eef2}-\u{1efff}]/u;
const LETTER = /(?![\u02b9\u02ba\u02c6-\u02cf\u02ec\u0374])[\p{L}\p{Mc}\p{Nl}]/u;

/** RFC 3454, section 6: a name with right-to-left letters has no others and starts and ends with one. */
function mixedDirections(name: string): boolean {
  if (!RIGHT_TO_LEFT.test(name)) return false;
  const letters = [...name].map(letter => ({ left: LETTER.test(letter), right: RIGHT_TO_LEFT.test(letter) }));
  return letters.some(({ left, right }) => left && !right) || !letters[0]!.right || !letters.at(-1)!.right;
}
