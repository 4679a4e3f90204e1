import { characterEnd, describeCharacter, isDnSpace, isHex } from './characters.js';
import { type LdapProblem, problem } from './problem.js';
import { encodeUtf8 } from './utf8.js';

/** How a value was written: plain with backslash escapes, in straight quotes (RFC 2253 section 4), or as `#` and hex digits. */
export type DnValueForm = 'string' | 'quoted' | 'hex';

/** A value as read: its bytes, its form, where it was written, and `next`, the offset behind it and behind trailing blanks. */
export interface DnValueRead {
  readonly form: DnValueForm;
  readonly bytes: number[];
  readonly start: number;
  readonly end: number;
  readonly next: number;
  /** Where text begins that libldap skips (only behind a hex value), or -1. */
  readonly skipped: number;
}

const SEPARATORS = ',;+';
/** LDAP_DN_MAYESCAPE of getdn.c without the blanks. */
const ESCAPABLE = '\\,;+"<>=#';
const ESCAPES =
  'A backslash may stand only before , + " \\ < > ; = # or a blank, or before two hex digits (RFC 4514 section 2.4)';

/** Whether a character ends a plain value: `,` and `;` end the RDN, `+` the pair (LDAP_DN_VALUE_END_V2). */
export function isDnSeparator(c: string | undefined): boolean {
  return c !== undefined && c !== '' && SEPARATORS.includes(c);
}

/**
 * Reads the value of an attribute/value pair at `start` (behind `=` and its blanks) as ldap_str2dn with
 * LDAP_DN_FORMAT_LDAP does (functions str2strval, quotedIA52strval and hexstr2binval of libraries/libldap/getdn.c).
 * Out comes the value or the first problem.
 */
export function readDnValue(text: string, start: number): DnValueRead | LdapProblem {
  if (text[start] === '#') return readHex(text, start);
  if (text[start] === '"') return readQuoted(text, start);
  return readString(text, start);
}

function readString(text: string, start: number): DnValueRead | LdapProblem {
  let at = start;
  while (at < text.length && !isDnSeparator(text[at])) {
    const c = text[at]!;
    if (c === '\\') {
      const width = escapeWidth(text, at);
      if (width === 0) return badEscape(text, at);
      at += width;
    } else if (c === '"' || c === '<' || c === '>') {
      return problem(
        c === '"' ? 'Unescaped straight quote in a value' : `Unescaped "${c}" in a value`,
        at,
        at + 1,
        `Write it as \\${c}, in a Lua string ${c === '"' ? '\\\\\\"' : `\\\\${c}`} (RFC 4514 section 2.4)`,
      );
    } else at++;
  }
  // libldap looks at one character only: a blank behind a backslash stays, even if that backslash is itself escaped.
  let end = at;
  while (end > start + 1 && isDnSpace(text[end - 1]) && text[end - 2] !== '\\') end--;
  return { form: 'string', bytes: unescape(text.slice(start, end)), start, end, next: at, skipped: -1 };
}

function escapeWidth(text: string, at: number): number {
  const c = text[at + 1];
  if (c === undefined) return 0;
  if (ESCAPABLE.includes(c) || isDnSpace(c)) return 2;
  return isHex(c) && isHex(text[at + 2]) ? 3 : 0;
}

function badEscape(text: string, at: number): LdapProblem {
  if (at + 1 >= text.length) return problem('A lone backslash at the end of the DN', at, at + 1, ESCAPES);
  return problem(
    `A backslash before ${describeCharacter(text, at + 1)} is not an escape`,
    at,
    characterEnd(text, at + 1),
    `${ESCAPES}; a backslash that belongs to the value is written twice (in a Lua string four times)`,
  );
}

function unescape(source: string): number[] {
  const bytes: number[] = [];
  let plain = '';
  for (let at = 0; at < source.length; at++) {
    if (source[at] !== '\\') plain += source[at];
    else if (ESCAPABLE.includes(source[at + 1] ?? '?') || isDnSpace(source[at + 1])) plain += source[++at];
    else {
      bytes.push(...encodeUtf8(plain), Number.parseInt(source.slice(at + 1, at + 3), 16));
      plain = '';
      at += 2;
    }
  }
  return bytes.concat(encodeUtf8(plain));
}

function readQuoted(text: string, start: number): DnValueRead | LdapProblem {
  let plain = '';
  let at = start + 1;
  for (; at < text.length && text[at] !== '"'; at++) {
    if (text[at] === '\\' && at + 1 < text.length) at++;
    plain += text[at];
  }
  if (text[at] !== '"')
    return problem(
      'The quoted value is never closed',
      start,
      start + 1,
      'Add the closing quote, or write the value without quotes',
    );
  let next = at + 1;
  while (isDnSpace(text[next])) next++;
  if (next < text.length && !isDnSeparator(text[next])) {
    return problem(
      'Text behind the closing quote of a value',
      next,
      characterEnd(text, next),
      'Only "," or "+" may follow a quoted value; a quote that belongs to the value is written \\"',
    );
  }
  return { form: 'quoted', bytes: encodeUtf8(plain), start, end: at + 1, next, skipped: -1 };
}

function readHex(text: string, start: number): DnValueRead | LdapProblem {
  const bytes: number[] = [];
  let at = start + 1;
  let end = -1;
  while (at < text.length && !isDnSeparator(text[at])) {
    if (isDnSpace(text[at])) {
      end = at;
      while (at < text.length && !isDnSeparator(text[at])) at++;
      break;
    }
    if (!isHex(text[at]) || !isHex(text[at + 1])) return badHex(text, start, at);
    bytes.push(Number.parseInt(text.slice(at, at + 2), 16));
    at += 2;
  }
  // hexstr2binval is never entered when the text ends behind "#", so "a=#" is refused and "a=#,b=c" is not.
  if (at === start + 1 && at === text.length) return badHex(text, start, at);
  if (end < 0) end = at;
  const skipped = text.slice(end, at).search(/[^ \t\r\n]/);
  return { form: 'hex', bytes, start, end, next: at, skipped: skipped < 0 ? -1 : end + skipped };
}

function badHex(text: string, start: number, at: number): LdapProblem {
  const end = at < text.length ? characterEnd(text, at) : at;
  return problem(
    'A value that begins with "#" must be pairs of hex digits',
    start,
    end,
    'If the "#" belongs to the value, write it as "\\#" (RFC 4514 section 2.4)',
  );
}
