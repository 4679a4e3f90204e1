/**
 * Character classes of LDAP's grammars, as OpenLDAP's include/ldap_pvt.h has them: ASCII only, whatever the locale.
 * Each function takes one UTF-16 code unit as a string, or undefined at the end of a text (then the answer is no).
 */

/** LDAP_DIGIT. */
export function isDigit(c: string | undefined): boolean {
  return c !== undefined && c >= '0' && c <= '9';
}

/** LDAP_ALPHA. */
export function isAlpha(c: string | undefined): boolean {
  return c !== undefined && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
}

/** LDAP_LDH: letter, digit or hyphen; no underscore. */
export function isLdh(c: string | undefined): boolean {
  return isAlpha(c) || isDigit(c) || c === '-';
}

/** LDAP_HEX. */
export function isHex(c: string | undefined): boolean {
  return c !== undefined && ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'));
}

/** LDAP_SPACE, the blanks of filters: space, tab and LF, but not CR. */
export function isFilterSpace(c: string | undefined): boolean {
  return c === ' ' || c === '\t' || c === '\n';
}

/** LDAP_DN_ASCII_SPACE, the blanks of DNs: also CR (libraries/libldap/getdn.c). */
export function isDnSpace(c: string | undefined): boolean {
  return isFilterSpace(c) || c === '\r';
}

/** Typographic quotes, which word processors and web pages put in place of `"` and `'`. */
export function isCurlyQuote(c: string | undefined): boolean {
  return c !== undefined && c !== '' && '\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb'.includes(c);
}

/** How to name a character in a message: blanks and controls by name, all else in quotes. */
export function describeCharacter(text: string, at: number): string {
  const point = text.codePointAt(at);
  if (point === undefined) return 'the end';
  if (point === 0x20) return 'a blank';
  if (point === 0x09) return 'a tab';
  if (point === 0x0a || point === 0x0d) return 'a line break';
  if (point === 0xa0) return 'a no-break space (U+00A0)';
  if (point < 0x20 || point === 0x7f) return `the control character U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
  return `"${String.fromCodePoint(point)}"`;
}

/** End (exclusive) of the character that starts at an offset: two code units for one outside the BMP. */
export function characterEnd(text: string, at: number): number {
  const point = text.codePointAt(at);
  return point === undefined ? at : at + (point > 0xffff ? 2 : 1);
}
