import { encode } from '@prosodist/core';

/**
 * Text that is safe to show: what would move the cursor, hide or turn round the text is written out. A configuration may
 * come from somebody else, and a terminal obeys.
 */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(HIDDEN, unit => (unit === '\n' ? unit : named(unit)));
}

// most texts, and quicker to tell than the classes of Unicode
const PLAIN = /^[\x20-\x7e\n]*$/;
// controls, formatting characters (zero width, bidirectional), line separators, lone surrogates
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

function named(unit: string): string {
  const code = unit.codePointAt(0)!;
  if (code >= 0xdc80 && code <= 0xdcff) return `<${hex(code - 0xdc00, 2)}>`;
  return code < 0x80 ? `<${hex(code, 2)}>` : `<U+${hex(code, 4)}>`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).toUpperCase().padStart(digits, '0');
}

/** Columns that a character takes in a terminal. */
export function columnsOf(character: string): number {
  if (/^\p{M}$/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

// East Asian wide characters (UAX #11) and emoji, in the blocks that matter
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns of a text. */
export function widthOf(text: string): number {
  if (/^[\x00-\x7f]*$/.test(text)) return text.length;
  return [...text].reduce((sum, character) => sum + columnsOf(character), 0);
}

/** Text broken into lines of at most `width` columns, at spaces. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let columns = 0;
  for (const word of text.split(/\s+/)) {
    const more = widthOf(word);
    if (line !== '' && columns + 1 + more > width) {
      lines.push(line);
      [line, columns] = [word, more];
    } else [line, columns] = line === '' ? [word, more] : [`${line} ${word}`, columns + 1 + more];
  }
  return [...lines, line];
}

/** What to hand to a stream: bytes where the text has some that are not UTF-8, so that a diff of them can be applied. */
export function chunk(text: string): string | Uint8Array {
  return /[\udc80-\udcff]/u.test(text) ? encode(text) : text;
}

/** A path as people want it: without the `./` that evaluation puts before a bare name. */
export function shownPath(path: string): string {
  return path.startsWith('./') ? path.slice(2) : path;
}
