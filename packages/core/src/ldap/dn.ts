import { characterEnd, describeCharacter, isAlpha, isCurlyQuote, isDigit, isDnSpace, isLdh } from './characters.js';
import { type DnNote, findDnNotes } from './dn-notes.js';
import { type DnValueForm, isDnSeparator, readDnValue } from './dn-value.js';
import { isProblem, type LdapProblem, problem } from './problem.js';
import { decodeUtf8 } from './utf8.js';

/** One `attribute=value` of an RDN. */
export interface DnPair {
  /** The attribute type as written, without options (`;x`), which libldap drops. */
  readonly attribute: string;
  readonly attributeStart: number;
  readonly attributeEnd: number;
  /** The value without its escapes; bytes that are no UTF-8 show as U+FFFD. */
  readonly value: string;
  /** The same as bytes: for a `#` value the BER it spells out, otherwise UTF-8. */
  readonly bytes: readonly number[];
  readonly form: DnValueForm;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** Offset of text that libldap silently skips behind a `#` value, or -1. */
  readonly skipped: number;
}

/** A relative distinguished name: one pair, or several joined by `+`. `end` is exclusive and before trailing blanks. */
export interface Rdn {
  readonly pairs: readonly DnPair[];
  readonly start: number;
  readonly end: number;
}

/** What `parseDn` answers. `notes` are forms that libldap takes although RFC 4514 has them not. */
export type DnResult =
  | { readonly ok: true; readonly rdns: readonly Rdn[]; readonly notes: readonly DnNote[] }
  | { readonly ok: false; readonly problem: LdapProblem };

/**
 * Reads a distinguished name: the grammar of RFC 4514 section 3 with what libldap's
 * ldap_str2dn(LDAP_DN_FORMAT_LDAP) takes beyond it (libraries/libldap/getdn.c): blanks around separators, `;` as
 * separator, values in straight quotes, attribute options. `ok` is exactly libldap's verdict; the empty text is the
 * empty DN (the root, no RDNs). A NUL is refused: libldap would see only what is before it.
 * The problem is the first one, at the character that causes it. Never throws.
 */
export function parseDn(text: string): DnResult {
  const nul = text.indexOf('\0');
  if (nul >= 0)
    return fail(problem('A NUL character in a DN', nul, nul + 1, 'Remove it; a NUL that belongs to a value is written \\00'));
  const rdns: Rdn[] = [];
  let separator = -1;
  for (let at = 0; at < text.length || separator >= 0; ) {
    const read = readRdn(text, at, separator);
    if (isProblem(read)) return fail(read);
    rdns.push(read.rdn);
    if (read.next >= text.length) break;
    separator = read.next;
    at = separator + 1;
  }
  return { ok: true, rdns, notes: findDnNotes(text, rdns) };
}

function fail(found: LdapProblem): DnResult {
  return { ok: false, problem: found };
}

/** Reads the pairs of one RDN; `next` is the offset of the `,` or `;` behind it, or the end. */
function readRdn(text: string, from: number, separatorBefore: number): { rdn: Rdn; next: number } | LdapProblem {
  const pairs: DnPair[] = [];
  let at = from;
  let separator = separatorBefore;
  for (;;) {
    const read = readPair(text, at, separator);
    if (isProblem(read)) return read;
    pairs.push(read.pair);
    if (text[read.next] !== '+')
      return { rdn: { pairs, start: pairs[0]!.attributeStart, end: read.pair.valueEnd }, next: read.next };
    separator = read.next;
    at = separator + 1;
  }
}

function readPair(text: string, from: number, separator: number): { pair: DnPair; next: number } | LdapProblem {
  const attributeStart = skipBlanks(text, from);
  const attributeEnd = attributeNameEnd(text, attributeStart);
  let at = attributeEnd;
  if (at > attributeStart && isAlpha(text[attributeStart]) && text[at] === ';') while (isLdh(text[at]) || text[at] === ';') at++;
  at = skipBlanks(text, at);
  if (attributeEnd === attributeStart || text[at] !== '=')
    return attributeProblem(text, attributeStart, attributeEnd, at, separator);
  const value = readDnValue(text, skipBlanks(text, at + 1));
  if (isProblem(value)) return value;
  const pair: DnPair = {
    attribute: text.slice(attributeStart, attributeEnd),
    attributeStart,
    attributeEnd,
    value: decodeUtf8(value.bytes),
    bytes: value.bytes,
    form: value.form,
    valueStart: value.start,
    valueEnd: value.end,
    skipped: value.skipped,
  };
  return { pair, next: value.next };
}

/** End of a `descr` or `numericoid` (RFC 4512 section 1.4); the start itself when there is none. */
function attributeNameEnd(text: string, start: number): number {
  let at = start;
  if (isAlpha(text[at])) {
    while (isLdh(text[at])) at++;
    return at;
  }
  while (isDigit(text[at])) {
    while (isDigit(text[at])) at++;
    if (text[at] !== '.') return at;
    at++;
  }
  return start;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isDnSpace(text[at])) at++;
  return at;
}

/** Says why no `attribute=` stands at `start`; `stop` is where reading it got stuck. */
function attributeProblem(text: string, start: number, nameEnd: number, stop: number, separator: number): LdapProblem {
  if (start >= text.length) return nothingThere(text, separator);
  let end = start;
  while (end < text.length && !isDnSeparator(text[end])) end += text[end] === '\\' ? 2 : 1;
  end = Math.min(end, text.length);
  if (end === start) return emptyPart(text, start, separator);
  if (!text.slice(start, end).includes('=')) return missingEquals(text, start, end, separator);
  if (text[start] === '=')
    return problem(
      'The attribute name before "=" is missing',
      start,
      start + 1,
      'Write for example CN=, OU= or DC= before the value',
    );
  const culprit = nameEnd > start ? stop : oidCulprit(text, start);
  const found = describeCharacter(text, culprit);
  return problem(
    nameEnd > start && stop > nameEnd
      ? 'A blank inside an attribute name'
      : `${found[0]!.toUpperCase()}${found.slice(1)} in an attribute name`,
    nameEnd > start && stop > nameEnd ? nameEnd : culprit,
    nameEnd > start && stop > nameEnd ? stop : characterEnd(text, culprit),
    isCurlyQuote(text[culprit])
      ? 'Typographic quotes come from a word processor or web page: remove them'
      : 'An attribute name is letters, digits and hyphens beginning with a letter, or an OID such as 2.5.4.3 (RFC 4512 section 1.4)',
  );
}

function oidCulprit(text: string, start: number): number {
  let at = start;
  while (isDigit(text[at]) || (at > start && text[at] === '.' && text[at - 1] !== '.')) at++;
  return Math.min(at, text.length - 1);
}

function nothingThere(text: string, separator: number): LdapProblem {
  if (separator < 0) return problem('The DN is only blanks', 0, text.length, 'Write the DN, or the empty string "" for none');
  return problem(
    `Nothing behind the last "${text[separator]}"`,
    separator,
    separator + 1,
    `Remove the "${text[separator]}", or write it as "\\${text[separator]}" if it belongs to the value`,
  );
}

function emptyPart(text: string, start: number, separator: number): LdapProblem {
  if (separator < 0) return problem(`The DN begins with "${text[start]}"`, start, start + 1, `Remove the "${text[start]}"`);
  return problem(
    `Nothing between "${text[separator]}" and "${text[start]}"`,
    separator,
    start + 1,
    'Remove one of the two separators',
  );
}

function missingEquals(text: string, start: number, rawEnd: number, separator: number): LdapProblem {
  let end = rawEnd;
  while (end > start + 1 && isDnSpace(text[end - 1])) end--;
  const part = text.slice(start, end);
  if (separator < 0) {
    return problem(`"${part}" has no "="`, start, end, `Every part of a DN is attribute=value, for example CN=${part}`);
  }
  const mark = text[separator]!;
  return problem(
    `"${part}" has no "=", so the "${mark}" before it does not begin a new part`,
    separator,
    end,
    `If the "${mark}" belongs to the value before it, write it as "\\${mark}" (in a Lua string "\\\\${mark}"); otherwise write attribute=${part}`,
  );
}
