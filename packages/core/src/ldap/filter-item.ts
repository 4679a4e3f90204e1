import { checkAttribute, isOid } from './attribute.js';
import type { FilterItem } from './filter-types.js';
import { type FilterValue, findStar, readFilterValue } from './filter-value.js';
import { isProblem, type LdapProblem, type LdapSpan, problem } from './problem.js';

const COMPARISONS = { '<': 'lessOrEqual', '>': 'greaterOrEqual', '~': 'approx' } as const;

/** The place of the item itself and of the parentheses around it (the same when there are none). */
export interface ItemPlace {
  readonly start: number;
  readonly end: number;
  readonly outerStart: number;
  readonly outerEnd: number;
}

/** Reads one `attribute operator value` as put_simple_filter of libraries/libldap/filter.c does; the item or the first problem. */
export function readItem(text: string, place: ItemPlace): FilterItem | LdapProblem {
  const { start, end } = place;
  const equals = text.indexOf('=', start);
  if (equals < 0 || equals >= end) return noEquals(text, start, end);
  const around = { start: place.outerStart, end: place.outerEnd };
  const sign = equals > start ? text[equals - 1] : undefined;
  if (sign === ':') return readExtensible(text, place, equals);
  const operator = sign === '<' || sign === '>' || sign === '~' ? sign : undefined;
  const attribute = span(text, start, operator ? equals - 1 : equals);
  const wrong = checkItemAttribute(attribute);
  if (wrong) return wrong;
  if (!operator) {
    const star = findStar(text, equals + 1, end);
    if (star === equals + 1 && star === end - 1) return { type: 'present', ...around, attribute };
    if (star >= 0) return readSubstrings(text, place, attribute, equals + 1);
  }
  const value = readFilterValue(text, equals + 1, end);
  if (isProblem(value)) return value;
  return { type: operator ? COMPARISONS[operator] : 'equality', ...around, attribute, value };
}

function span(text: string, start: number, end: number): LdapSpan {
  return { text: text.slice(start, end), start, end };
}

function checkItemAttribute(attribute: LdapSpan): LdapProblem | undefined {
  const word = /^\s*(and|or|not)\s*\(/i.exec(attribute.text);
  if (word) {
    const sign = { and: '&', or: '|', not: '!' }[word[1]!.toLowerCase()];
    return problem(
      `"${word[1]}" is no operator of filters`,
      attribute.start,
      attribute.start + word[0].length - 1,
      `Write "${sign}" in its place`,
    );
  }
  return checkAttribute(attribute.text, attribute.start);
}

function noEquals(text: string, start: number, end: number): LdapProblem {
  const item = text.slice(start, end);
  if (item === '') return problem('Empty parentheses', start, end, 'Write attribute=value between them, or remove them');
  const sign = item.search(/[<>~]/);
  if (sign >= 0) {
    return problem(
      `"${item[sign]}" is no operator of filters`,
      start + sign,
      start + sign + 1,
      `Write "${item[sign]}=" (there is no strict less or greater)`,
    );
  }
  const help =
    item === '*' ? 'For every entry write (objectClass=*)' : `Write ${item.trim()}=value, or ${item.trim()}=* for any value`;
  return problem(`"${item}" has no "="`, start, end, help);
}

/** RFC 4515 `substring`: put_substring_filter sends no empty parts between stars, so `**` is refused. */
function readSubstrings(text: string, place: ItemPlace, attribute: LdapSpan, valueStart: number): FilterItem | LdapProblem {
  let initial: FilterValue | null = null;
  let final: FilterValue | null = null;
  const any: FilterValue[] = [];
  for (let at = valueStart, first = true; at < place.end; first = false) {
    const star = findStar(text, at, place.end);
    const value = readFilterValue(text, at, star < 0 ? place.end : star);
    if (isProblem(value)) return value;
    if (star < 0) final = value;
    else if (!first && value.bytes.length === 0)
      return problem('Two "*" in a row', star - 1, star + 1, 'Write one; a star that belongs to the value is "\\2a"');
    else if (!first) any.push(value);
    else if (value.bytes.length > 0) initial = value;
    if (star < 0) break;
    at = star + 1;
  }
  return { type: 'substrings', start: place.outerStart, end: place.outerEnd, attribute, initial, any, final };
}

/** `type [:dn] [:rule] :=` or `[:dn] :rule :=` (RFC 4515 section 3), with an empty rule allowed where there is a type. */
function readExtensible(text: string, place: ItemPlace, equals: number): FilterItem | LdapProblem {
  const { start, end } = place;
  const colon = text.indexOf(':', start);
  const head = colon < equals - 1 ? text.slice(colon + 1, equals - 1) : '';
  const second = head.indexOf(':');
  const first = second < 0 ? head : head.slice(0, second);
  const dnAttributes = colon < equals - 1 && first.toLowerCase() === 'dn';
  if (second >= 0 && !dnAttributes) {
    const from = colon + 1;
    return problem(
      `":${first}:" is no part of an extensible match`,
      from,
      from + first.length,
      'Only ":dn:" may stand between attribute and rule, as in (ou:dn:caseExactMatch:=x)',
    );
  }
  const ruleStart = second >= 0 ? colon + 2 + second : dnAttributes ? equals - 1 : Math.min(colon + 1, equals - 1);
  const rule = span(text, ruleStart, equals - 1);
  const attribute = span(text, start, colon);
  if (attribute.text === '' && rule.text === '') {
    return problem(
      'Neither an attribute nor a matching rule before ":="',
      start,
      equals + 1,
      'Write attribute:=value or attribute:rule:=value',
    );
  }
  const wrong = attribute.text === '' ? undefined : checkItemAttribute(attribute);
  if (wrong) return wrong;
  if (rule.text !== '' && !isOid(rule.text)) {
    return problem(
      `"${rule.text}" is no matching rule`,
      rule.start,
      rule.end,
      'A rule is an OID such as 1.2.840.113556.1.4.803, or a name of letters, digits and hyphens',
    );
  }
  const value = readFilterValue(text, equals + 1, end);
  if (isProblem(value)) return value;
  return {
    type: 'extensible',
    start: place.outerStart,
    end: place.outerEnd,
    attribute: attribute.text === '' ? null : attribute,
    rule: rule.text === '' ? null : rule,
    dnAttributes,
    value,
  };
}
