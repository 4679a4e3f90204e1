/**
 * Lua's tokens (Lua 5.4 manual, section 3.1), for what luaparse does not tell: where comments and separators are, and
 * where a top-level statement begins. Never throws: what is no token is an `unknown` one of length 1.
 */

export type TokenKind = 'name' | 'keyword' | 'number' | 'string' | 'symbol' | 'comment' | 'unknown' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** What is wrong with the token itself, where something is. */
  readonly flaw?:
    | 'unfinished string'
    | 'unfinished long string'
    | 'unfinished comment'
    | 'malformed number'
    | 'malformed long bracket';
}

export const KEYWORDS: ReadonlySet<string> = new Set(
  'and break do else elseif end false for function goto if in local nil not or repeat return then true until while'.split(' '),
);

const BLANK = /[ \t\r\n\v\f]*/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
// what Lua's lexer would swallow as one number, right or wrong (llex.c, read_numeral)
const NUMERAL = /0[xX](?:[pP][+-]|[0-9A-Za-z_.])*|\.?[0-9](?:[eE][+-]|[0-9A-Za-z_.])*/y;
const NUMBER =
  /^(?:0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)(?:[pP][+-]?[0-9]+)?|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)$/;
const SYMBOL = /\.\.\.|\.\.|==|~=|<=|>=|<<|>>|\/\/|::|[-+*/%^#&~|<>=(){}[\];:,.]/y;
const LONG_OPEN = /\[(=*)\[/y;
// luaparse says where this is by what it read before, in another text if this is the first token
const HALF_OPEN = /\[=+/y;

/** The token that starts at or after `offset`, blanks skipped; of kind `end`, with no length, when there is none. */
export function tokenAt(text: string, offset: number, limit: number = text.length): Token {
  const start = match(BLANK, text, offset) + offset;
  if (start >= limit) return { kind: 'end', start: limit, end: limit };
  const unit = text[start]!;
  if (unit === '-' && text[start + 1] === '-') return comment(text, start);
  if (unit === '"' || unit === "'") return quoted(text, start);
  if (unit === '[') {
    const open = match(LONG_OPEN, text, start);
    if (open > 0) return long(text, start, start + open, 'unfinished long string', 'string');
    const half = match(HALF_OPEN, text, start);
    // llex.c: "invalid long string delimiter"
    if (half > 0) return { kind: 'symbol', start, end: start + half, flaw: 'malformed long bracket' };
  }
  let length = match(NAME, text, start);
  if (length > 0)
    return { kind: KEYWORDS.has(text.slice(start, start + length)) ? 'keyword' : 'name', start, end: start + length };
  length = match(NUMERAL, text, start);
  if (length > 0) return numeral(text, start, start + length);
  length = match(SYMBOL, text, start);
  if (length > 0) return { kind: 'symbol', start, end: start + length };
  return { kind: 'unknown', start, end: start + 1 };
}

/** All tokens of `[start, end)`, comments included, without the final `end`. */
export function tokens(text: string, start = 0, end: number = text.length): Token[] {
  const found: Token[] = [];
  for (let token = tokenAt(text, start, end); token.kind !== 'end'; token = tokenAt(text, token.end, end)) found.push(token);
  return found;
}

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex - at : 0;
}

function comment(text: string, start: number): Token {
  const open = match(LONG_OPEN, text, start + 2);
  if (open > 0) return long(text, start, start + 2 + open, 'unfinished comment', 'comment');
  const newline = text.indexOf('\n', start);
  const end = newline < 0 ? text.length : newline;
  return { kind: 'comment', start, end: end > start && text[end - 1] === '\r' ? end - 1 : end };
}

function long(text: string, start: number, inside: number, flaw: NonNullable<Token['flaw']>, kind: TokenKind): Token {
  const level = text.slice(start, inside).replace(/[^=]/g, '');
  const close = text.indexOf(`]${level}]`, inside);
  if (close < 0) return { kind, start, end: text.length, flaw };
  return { kind, start, end: close + level.length + 2 };
}

function quoted(text: string, start: number): Token {
  const quote = text[start];
  let at = start + 1;
  while (at < text.length) {
    const unit = text[at];
    if (unit === quote) return { kind: 'string', start, end: at + 1 };
    if (unit === '\n' || unit === '\r') break;
    if (unit === '\\') {
      at += 1;
      if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
      // \z skips the blanks that follow, line breaks among them
      if (text[at] === 'z') at += match(BLANK, text, at + 1);
    }
    at += 1;
  }
  return { kind: 'string', start, end: Math.min(at, text.length), flaw: 'unfinished string' };
}

function numeral(text: string, start: number, end: number): Token {
  if (NUMBER.test(text.slice(start, end))) return { kind: 'number', start, end };
  // `1..2` is malformed in Lua too; so is `3x`
  return { kind: 'number', start, end, flaw: 'malformed number' };
}
