import { describeCharacter, isFilterSpace } from './characters.js';
import { readItem } from './filter-item.js';
import { innermostUnclosed, matchParentheses } from './filter-parentheses.js';
import type { FilterNode, FilterResult } from './filter-types.js';
import { isProblem, type LdapProblem, problem } from './problem.js';

/** slapd's own limit (SLAP_MAX_FILTER_DEPTH_DEFAULT, servers/slapd/slap.h); libldap has none, but such a filter serves nobody. */
const MAX_DEPTH = 1000;

/**
 * Reads a search filter as libldap 2.5 does (ldap_pvt_put_filter, libraries/libldap/filter.c): RFC 4515, and beyond it no outer
 * parentheses around a single item, blanks behind `(` and between the parts of `&` and `|`, RFC 1960's escapes, `(a::=b)`.
 * `ok` is libldap's verdict, with three exceptions that only look well to libldap: an empty text and a single blank (nothing
 * would be sent), a NUL (libldap sees what is before it), and more than 1000 levels. Tokens such as `%s` and `$user` are
 * ordinary letters here. The problem is the first one, at its culprit. Never throws.
 */
export function parseFilter(text: string): FilterResult {
  const read = readWhole(text);
  return isProblem(read) ? { ok: false, problem: read } : { ok: true, filter: read };
}

function readWhole(text: string): FilterNode | LdapProblem {
  if (text.trim() === '') return problem('The filter is empty', 0, text.length, 'For every entry write (objectClass=*)');
  const nul = text.indexOf('\0');
  if (nul >= 0)
    return problem('A NUL character in a filter', nul, nul + 1, 'Remove it; a NUL that belongs to a value is written "\\00"');
  if (/^\s/.test(text)) {
    return problem(
      'A blank before the filter',
      0,
      text.search(/\S/),
      'Remove it: libldap refuses a filter that begins with a blank',
    );
  }
  const closing = matchParentheses(text);
  if (text[0] !== '(') return readBare(text, closing);
  const read = readFilter(text, 0, closing, 1);
  if (isProblem(read) || read.end === text.length) return read;
  return textBehind(text, read.end);
}

/** A text that does not begin with `(`: libldap takes the whole of it as one item. */
function readBare(text: string, closing: ReadonlyMap<number, number>): FilterNode | LdapProblem {
  if (/^[&|!]/.test(text)) return problem(`"${text[0]}" has no parentheses around it`, 0, 1, `Write (${text})`);
  if (text[0] === ')') return problem('A ")" that nothing opened', 0, 1, 'Remove it');
  const read = readItem(text, { start: 0, end: text.length, outerStart: 0, outerEnd: text.length });
  // "uid=alice)" lacks its "(", rather than having a raw ")" in the value.
  if (
    isProblem(read) &&
    text.endsWith(')') &&
    read.start === text.length - 1 &&
    closing.size === 0 &&
    text[read.start - 1] !== '\\'
  ) {
    return problem('A ")" that nothing opened', read.start, read.end, 'Put a "(" before the filter, or remove the ")"');
  }
  return read;
}

function readFilter(text: string, open: number, closing: ReadonlyMap<number, number>, depth: number): FilterNode | LdapProblem {
  const close = closing.get(open);
  if (close === undefined) {
    const at = innermostUnclosed(text);
    return problem(
      'This "(" is never closed',
      at,
      at + 1,
      'Add the missing ")"; a "(" that belongs to a value is written "\\28", in a Lua string "\\\\28"',
    );
  }
  if (depth > MAX_DEPTH)
    return problem(`More than ${MAX_DEPTH} levels of parentheses`, open, open + 1, 'No directory server takes such a filter');
  const at = skipSpaces(text, open + 1);
  const sign = text[at];
  if (sign === '(') {
    return problem(
      'A "(" directly behind a "("',
      open,
      at + 1,
      'Remove one pair of parentheses, or put &, | or ! between the two',
    );
  }
  if (sign === '&' || sign === '|') {
    const filters = readList(text, at, close, closing, depth);
    return isProblem(filters) ? filters : { type: sign === '&' ? 'and' : 'or', start: open, end: close + 1, filters };
  }
  if (sign === '!') return readNot(text, open, at, close, closing, depth);
  return readItem(text, { start: at, end: close, outerStart: open, outerEnd: close + 1 });
}

function readList(
  text: string,
  sign: number,
  close: number,
  closing: ReadonlyMap<number, number>,
  depth: number,
): FilterNode[] | LdapProblem {
  const filters: FilterNode[] = [];
  for (let at = skipSpaces(text, sign + 1); at < close; at = skipSpaces(text, filters.at(-1)!.end)) {
    if (text[at] !== '(') return notInParentheses(text, sign, at, close);
    const read = readFilter(text, at, closing, depth + 1);
    if (isProblem(read)) return read;
    filters.push(read);
  }
  return filters;
}

function readNot(
  text: string,
  open: number,
  sign: number,
  close: number,
  closing: ReadonlyMap<number, number>,
  depth: number,
): FilterNode | LdapProblem {
  const at = skipSpaces(text, sign + 1);
  if (at >= close)
    return problem('Nothing behind "!"', sign, close, 'Write the filter that shall not match: (!(attribute=value))');
  if (text[at] !== '(') return notInParentheses(text, sign, at, close);
  const filter = readFilter(text, at, closing, depth + 1);
  if (isProblem(filter)) return filter;
  if (filter.end === close) return { type: 'not', start: open, end: close + 1, filter };
  if (text.slice(filter.end, close).trim() === '') {
    return problem(
      'A blank behind the filter of "!"',
      filter.end,
      close,
      'Remove it: libldap allows blanks there only for & and |',
    );
  }
  return problem(
    '"!" takes only one filter',
    skipSpaces(text, filter.end),
    close,
    'Put the filters together first: (!(&(…)(…))) or (!(|(…)(…)))',
  );
}

/** Something other than `(` where a part of `&`, `|` or `!` should begin. */
function notInParentheses(text: string, sign: number, at: number, close: number): LdapProblem {
  const next = text.indexOf('(', at);
  const stop = next >= 0 && next < close ? next : close;
  const stray = text.slice(at, stop).trim();
  if (stray.includes('='))
    return problem(`"${stray}" needs its own parentheses`, at, at + stray.length, `Write (${text[sign]}(${stray}))`);
  const found = describeCharacter(text, at);
  const help = /^[&|!]/.test(stray)
    ? 'An operator stands once, before its filters: (&(…)(…))'
    : 'Remove it: the filters stand side by side, with nothing but blanks between them';
  return problem(`${found[0]!.toUpperCase()}${found.slice(1)} between filters`, at, Math.max(at + stray.length, at + 1), help);
}

function textBehind(text: string, at: number): LdapProblem {
  const rest = text.slice(at);
  if (rest.trim() === '')
    return problem('A blank or line break behind the filter', at, text.length, 'Remove it: libldap refuses it');
  const next = at + rest.search(/\S/);
  if (text[next] === ')') return problem('A ")" that nothing opened', next, next + 1, 'Remove it');
  if (text[next] === '(')
    return problem(
      'A second filter beside the first',
      next,
      text.length,
      `Put both into one: (&${text.trim()}) for "and", (|…) for "or"`,
    );
  return problem('Text behind the end of the filter', next, text.length, 'Remove it, or put the filters into one: (&(…)(…))');
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (isFilterSpace(text[at])) at++;
  return at;
}
