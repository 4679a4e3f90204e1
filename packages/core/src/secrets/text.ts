import { type Token, tokens } from '../syntax/index.js';
import { lineEnd, type Range } from '../text/index.js';
import { isSecretName } from './names.js';

/**
 * Secrets that the text alone shows, so that they are found also where it does not parse, in code that is not run, and in
 * comments: what is given to a name that `isSecret` knows, be it a string, what should have been one, or a variable.
 * @returns stretches of the text, without quotes, sorted
 */
export function secretsInText(text: string): Range[] {
  const all = tokens(text);
  const code = all.filter(token => token.kind !== 'comment');
  const found: Range[] = all.filter(token => token.kind === 'comment').flatMap(token => secretsInComment(text, token));
  const wanted = new Set<string>();
  const scanner: Scanner = { text, code, variables: variablesOf(text, code), budget: 20 * code.length + 10_000 };
  for (let at = 0, depth = 0; at < code.length; at++) {
    const token = code[at]!;
    depth += depthChange(text, token);
    const key = keyAt(scanner, at);
    const start = key === undefined ? undefined : valueAfter(scanner, at);
    if (key !== undefined && start !== undefined && isSecretName(key, depth > 0)) collect(scanner, start, found, wanted);
  }
  collectVariables(scanner, wanted, found);
  // secrets in secrets, thousands deep: nobody's configuration, so everything may be one
  if (scanner.budget < 0)
    return all.filter(token => token.kind === 'string' || token.kind === 'comment').map(token => insideString(text, token));
  return found;
}

interface Scanner {
  readonly text: string;
  readonly code: readonly Token[];
  /** Where a variable is given a value: its name → positions of the value's first token. */
  readonly variables: ReadonlyMap<string, readonly number[]>;
  /** Tokens that may still be looked at. */
  budget: number;
}

/** What reads a secret from elsewhere; its argument names the place and is none itself. */
const READERS = new Set(['FileContents', 'FileLine', 'FileLines', 'Credential', 'getenv']);
const JOINS = new Set(['..', 'or', 'and']);
const OPENS = new Set(['{', '(', '[']);
const CLOSES = new Set(['}', ')', ']']);

function source({ text, code }: Scanner, at: number): string {
  const token = code[at];
  return token ? text.slice(token.start, token.end) : '';
}

function depthChange(text: string, token: Token): number {
  if (token.kind !== 'symbol') return 0;
  const symbol = text.slice(token.start, token.end);
  return symbol === '{' ? 1 : symbol === '}' ? -1 : 0;
}

/** The name that stands here as a key: `name` or `["name"]`. */
function keyAt(scanner: Scanner, at: number): string | undefined {
  const token = scanner.code[at]!;
  if (token.kind === 'name') return source(scanner, at);
  const bracketed = token.kind === 'string' && source(scanner, at - 1) === '[' && source(scanner, at + 1) === ']';
  return bracketed ? source(scanner, at).slice(1, -1) : undefined;
}

/** The first token of what the key at `at` is given; a missing or wrong sign of assignment is forgiven. */
function valueAfter(scanner: Scanner, at: number): number | undefined {
  const next = source(scanner, at + 1) === ']' ? at + 2 : at + 1;
  const sign = source(scanner, next);
  if (['=', '==', ':', '~='].includes(sign)) return next + 1 < scanner.code.length ? next + 1 : undefined;
  return scanner.code[next]?.kind === 'string' ? next : undefined;
}

function variablesOf(text: string, code: readonly Token[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (let at = 0; at + 2 < code.length; at++) {
    const sign = code[at + 1]!;
    if (code[at]!.kind !== 'name' || text.slice(sign.start, sign.end) !== '=') continue;
    const name = text.slice(code[at]!.start, code[at]!.end);
    const places = found.get(name) ?? [];
    places.push(at + 2);
    found.set(name, places);
  }
  return found;
}

/** Where the expression that starts at `start` ends: before a separator, or where a new line starts something else. */
function expressionEnd(scanner: Scanner, start: number): number {
  const { text, code } = scanner;
  let depth = 0;
  for (let at = start; at < code.length; at++) {
    const symbol = source(scanner, at);
    const isSymbol = code[at]!.kind === 'symbol';
    if (isSymbol && CLOSES.has(symbol) && depth-- === 0) return at;
    if (depth === 0 && isSymbol && (symbol === ',' || symbol === ';')) return at;
    const newLine = at > start && /[\r\n]/.test(text.slice(code[at - 1]!.end, code[at]!.start));
    if (depth === 0 && newLine && !JOINS.has(symbol) && !JOINS.has(source(scanner, at - 1)) && !(isSymbol && CLOSES.has(symbol)))
      return at;
    if (isSymbol && OPENS.has(symbol)) depth += 1;
  }
  return code.length;
}

/** The secrets of one expression; the variables that it reads go to `wanted`. */
function collect(scanner: Scanner, start: number, found: Range[], wanted: Set<string>): void {
  const { code, variables } = scanner;
  if (scanner.budget < 0) return;
  const end = expressionEnd(scanner, start);
  scanner.budget -= end - start;
  let known = false;
  for (let at = start; at < end; at++) {
    const token = code[at]!;
    if (token.kind === 'string') {
      known = true;
      const before = source(scanner, at - 1) === '(' ? at - 2 : at - 1;
      if (!(before >= start && READERS.has(source(scanner, before)))) found.push(insideString(scanner.text, token));
    } else if (token.kind === 'name') {
      const name = source(scanner, at);
      if (variables.has(name)) wanted.add(name);
      known ||= variables.has(name) || READERS.has(name) || name === 'os' || name.startsWith('ENV_');
    } else if (token.kind === 'keyword') known ||= ['true', 'false', 'nil', 'function'].includes(source(scanner, at));
    else if (source(scanner, at) === '{') known = true;
  }
  // a word or number without quotes: it was meant to be the secret
  if (!known && end > start) found.push({ start: code[start]!.start, end: code[end - 1]!.end });
}

/** The secrets in what the variables were given, and in the variables behind those. */
function collectVariables(scanner: Scanner, wanted: Set<string>, found: Range[]): void {
  // a Set's iteration comes to what is added meanwhile
  for (const name of wanted) {
    for (const start of scanner.variables.get(name) ?? []) {
      if (scanner.budget < 0) return;
      const end = expressionEnd(scanner, start);
      const own: Range[] = [];
      collect(scanner, start, own, wanted);
      const literal = scanner.code.slice(start, end).some(token => token.kind === 'string');
      if (literal) found.push(...own);
    }
  }
}

/** A string literal without its delimiters; to its end where the closing one is missing. */
export function insideString(
  text: string,
  token: { readonly start: number; readonly end: number; readonly flaw?: unknown },
): Range {
  const raw = text.slice(token.start, token.end);
  const long = /^\[=*\[/.exec(raw);
  const head = long ? long[0].length : 1;
  const closed = token.flaw === undefined && raw.length >= 2 * head;
  return { start: token.start + head, end: closed ? token.end - head : token.end };
}

// the bounds keep it linear: a comment may be a megabyte of anything
const IN_COMMENT =
  /(?<!\w)([A-Za-z_]\w*)["'\]]{0,4}\s{0,99}[=:]\s{0,99}(?:"((?:\\.|[^"\\\n]){0,500})|'((?:\\.|[^'\\\n]){0,500})|\[=*\[([^\]]{0,500})|([^\s"'{}[\],;()]{1,60}))/dg;

/** Prose has apostrophes, so a comment is not read token by token. */
function secretsInComment(text: string, comment: Token): Range[] {
  const found: Range[] = [];
  const inside = text.slice(comment.start, comment.end);
  if (!/[=:]/.test(inside)) return found;
  IN_COMMENT.lastIndex = 0;
  for (let match = IN_COMMENT.exec(inside); match; match = IN_COMMENT.exec(inside)) {
    const name = match[1]!;
    const place = match.indices?.slice(2).find(indices => indices !== undefined);
    if (place && isSecretName(name, true)) {
      // one that is longer than what the pattern looks at goes to the end of the line
      const end = place[1] - place[0] < 60 ? place[1] : lineEnd(inside, place[1]);
      found.push({ start: comment.start + place[0], end: comment.start + end });
      IN_COMMENT.lastIndex = Math.max(IN_COMMENT.lastIndex, end);
    }
    // what looked like a value may be the next name: `was: app_secret = "x"`
    else IN_COMMENT.lastIndex = match.index + name.length;
  }
  return found;
}
