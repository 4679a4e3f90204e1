import { characterEnd, describeCharacter, isHex } from './characters.js';
import { type LdapProblem, type LdapSpan, problem } from './problem.js';
import { decodeUtf8, encodeUtf8, hexByte } from './utf8.js';

/** An assertion value: `text` and places as written, `value` without escapes, `bytes` what goes to the server. */
export interface FilterValue extends LdapSpan {
  readonly value: string;
  readonly bytes: readonly number[];
}

/**
 * Reads an assertion value, the whole of `text` from `start` to `end`, as ldap_pvt_filter_value_unescape of
 * libraries/libldap/filter.c does: `\` and two hex digits (RFC 4515 section 3), and RFC 1960's `\*`, `\(`, `\)`, `\\`.
 * Everything else, blanks too, is part of the value. Unescaped `(`, `)` and `*` are problems.
 */
export function readFilterValue(text: string, start: number, end: number): FilterValue | LdapProblem {
  const bytes: number[] = [];
  let plain = start;
  for (let at = start; at < end; ) {
    const c = text[at]!;
    if (c === '(' || c === ')' || c === '*') return rawCharacter(c, at);
    if (c !== '\\') {
      at++;
      continue;
    }
    bytes.push(...encodeUtf8(text.slice(plain, at)));
    const next = at + 1 < end ? text[at + 1]! : '';
    if (isHex(next) && at + 2 < end && isHex(text[at + 2])) {
      bytes.push(Number.parseInt(text.slice(at + 1, at + 3), 16));
      at += 3;
    } else if (next !== '' && '*()\\'.includes(next)) {
      bytes.push(next.charCodeAt(0));
      at += 2;
    } else return badEscape(text, at, end);
    plain = at;
  }
  bytes.push(...encodeUtf8(text.slice(plain, end)));
  return { text: text.slice(start, end), start, end, value: decodeUtf8(bytes), bytes };
}

/** Offset of the first unescaped `*` between `start` and `end`, or -1. */
export function findStar(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '*') return at;
  }
  return -1;
}

/**
 * Escapes a text for use as an assertion value (RFC 4515 section 3): `*`, `(`, `)`, `\` and NUL become `\` and two hex digits.
 * The empty text stays empty.
 */
export function escapeFilterValue(value: string): string {
  return value.replace(/[*()\\\0]/g, c => `\\${hexByte(c.charCodeAt(0))}`);
}

function rawCharacter(c: string, at: number): LdapProblem {
  const escape = `\\${hexByte(c.charCodeAt(0))}`;
  return problem(
    `Unescaped "${c}" in a value`,
    at,
    at + 1,
    `Write it as "${escape}", in a Lua string "\\${escape}" (RFC 4515 section 3)`,
  );
}

function badEscape(text: string, at: number, end: number): LdapProblem {
  const next = text[at + 1];
  if (at + 1 >= end || next === undefined) {
    return problem(
      'A lone backslash at the end of a value',
      at,
      at + 1,
      'A backslash that belongs to the value is written "\\5c", in a Lua string "\\\\5c"',
    );
  }
  const bad = isHex(next)
    ? `"\\${next}" is not followed by a second hex digit`
    : `A backslash before ${describeCharacter(text, at + 1)} is not an escape in a filter`;
  const meant =
    next === ','
      ? 'a DN inside a filter needs its backslash escaped once more: "\\5c,"'
      : 'a backslash that belongs to the value is "\\5c"';
  return problem(
    bad,
    at,
    characterEnd(text, at + 1),
    `Write "\\" and two hex digits; ${meant} (in a Lua string "\\\\5c${next === ',' ? ',' : ''}")`,
  );
}
