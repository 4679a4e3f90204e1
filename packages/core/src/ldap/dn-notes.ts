import { characterEnd, isCurlyQuote, isDnSpace } from './characters.js';
import type { Rdn } from './dn.js';
import type { LdapProblem } from './problem.js';

/** Which lenient form a note is about. */
export type DnNoteCode =
  | 'outer-blank'
  | 'inner-blank'
  | 'semicolon'
  | 'quoted-value'
  | 'attribute-option'
  | 'curly-quote'
  | 'skipped-text'
  | 'empty-value';

/** A form that libldap takes but that RFC 4514 does not have, or that is taken in another way than it was meant. */
export interface DnNote extends LdapProblem {
  readonly code: DnNoteCode;
}

const STRICT = 'libldap takes this; other servers need not (RFC 4514 does not have it)';

/**
 * The notes of a DN that parsed: goes in the text and its RDNs, comes out a list in the order of their places.
 * What is lenient here is what libldap refuses with LDAP_DN_FORMAT_LDAPV3 | LDAP_DN_PEDANTIC (getdn.c), and typographic
 * quotes, which are ordinary letters of a value for libldap and never meant so.
 */
export function findDnNotes(text: string, rdns: readonly Rdn[]): DnNote[] {
  const notes: DnNote[] = [];
  let previous = 0;
  rdns.forEach((rdn, index) => {
    for (const pair of rdn.pairs) {
      blanksAndSeparators(text, previous, pair.attributeStart, notes, index === 0 && previous === 0);
      const equals = text.indexOf('=', pair.attributeEnd);
      if (text[pair.attributeEnd] === ';') {
        note(
          notes,
          'attribute-option',
          'An attribute option in a DN is ignored',
          pair.attributeEnd,
          equals,
          'Remove it (RFC 4514 section 2.3)',
        );
      }
      blank(text, pair.attributeEnd, pair.valueStart, notes, equals);
      valueNotes(text, pair, notes);
      previous = pair.valueEnd;
    }
  });
  const last = rdns.at(-1);
  if (last && previous < text.length && isDnSpace(text[previous])) {
    note(
      notes,
      'outer-blank',
      'A blank at the end of the DN',
      previous,
      text.length,
      'Remove it; a blank that belongs to the value is written "\\ "',
    );
  }
  return notes.sort((a, b) => a.start - b.start);
}

function note(notes: DnNote[], code: DnNoteCode, message: string, start: number, end: number, help: string): void {
  notes.push({ code, message, start, end, help });
}

function blanksAndSeparators(text: string, from: number, to: number, notes: DnNote[], leading: boolean): void {
  if (leading) {
    if (to > 0) note(notes, 'outer-blank', 'A blank at the start of the DN', 0, to, 'Remove it');
    return;
  }
  for (let at = from; at < to; at++) {
    if (text[at] === ';') note(notes, 'semicolon', '";" between the parts of a DN', at, at + 1, `Write ","; ${STRICT}`);
    if (text[at] === ',' || text[at] === ';' || text[at] === '+') {
      if (at > from && isDnSpace(text[at - 1]))
        note(notes, 'inner-blank', `A blank before "${text[at]}"`, from, at, `Remove it; ${STRICT}`);
      if (at + 1 < to) note(notes, 'inner-blank', `A blank behind "${text[at]}"`, at + 1, to, `Remove it; ${STRICT}`);
      return;
    }
  }
}

function blank(text: string, from: number, to: number, notes: DnNote[], equals: number): void {
  if (isDnSpace(text[equals - 1]))
    note(notes, 'inner-blank', 'A blank before "="', trimLeft(text, equals, from), equals, `Remove it; ${STRICT}`);
  if (to > equals + 1) note(notes, 'inner-blank', 'A blank behind "="', equals + 1, to, `Remove it; ${STRICT}`);
}

function trimLeft(text: string, end: number, floor: number): number {
  let at = end;
  while (at > floor && isDnSpace(text[at - 1])) at--;
  return at;
}

function valueNotes(text: string, pair: Rdn['pairs'][number], notes: DnNote[]): void {
  if (pair.form === 'quoted') {
    note(
      notes,
      'quoted-value',
      'A value in quotes',
      pair.valueStart,
      pair.valueEnd,
      `Write it without quotes and escape , + " \\ < > ; with a backslash; ${STRICT}`,
    );
  }
  if (pair.valueStart === pair.valueEnd) {
    note(
      notes,
      'empty-value',
      `${pair.attribute} has an empty value`,
      pair.attributeStart,
      pair.valueEnd,
      'Write the value; no entry has such a name',
    );
  }
  if (pair.skipped >= 0) {
    note(
      notes,
      'skipped-text',
      'Text behind a "#" value is ignored',
      pair.skipped,
      characterEnd(text, pair.skipped),
      'Remove it',
    );
  }
  for (let at = pair.valueStart; at < pair.valueEnd; at++) {
    if (!isCurlyQuote(text[at])) continue;
    note(
      notes,
      'curly-quote',
      'A typographic quote is an ordinary letter of the value',
      at,
      at + 1,
      'Remove it, unless the entry really has it in its name',
    );
  }
}
