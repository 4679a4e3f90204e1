import type { Comment } from './document.js';
import { type Token, tokenAt } from './lexer.js';

/** A stretch of the text that should be one top-level statement; `end` is behind its last token. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly flaw: Token | null;
}

export interface Split {
  readonly chunks: readonly Chunk[];
  readonly comments: readonly Comment[];
  /** Where it stopped because it was told to; undefined where it went to the end. */
  readonly stoppedAt?: number;
}

const STARTERS = new Set(['break', 'do', 'for', 'function', 'goto', 'if', 'local', 'repeat', 'return', 'while']);
const VALUES = new Set(['end', 'true', 'false', 'nil', 'break']);
const OPENERS = new Set(['function', 'if', 'repeat', 'do', '{', '(', '[']);
const CLOSERS = new Set(['end', 'until', '}', ')', ']']);

/**
 * Cuts `[from, to)` at the starts of top-level statements: outside every bracket and block, where the token before can
 * end an expression and this one starts a statement. What comes before the first start is a chunk too, if not blank.
 * @param stopAt told where a statement starts behind another one: whether to stop there
 */
export function split(text: string, from = 0, to: number = text.length, stopAt?: (start: number) => boolean): Split {
  const chunks: Chunk[] = [];
  const comments: Comment[] = [];
  let start = -1;
  let end = from;
  let flaw: Token | null = null;
  let depth = 0;
  // depths at which a `for` or `while` still waits for its `do`, which then opens no block of its own
  const waiting: number[] = [];
  let before: 'operand' | 'open' | 'separator' = 'separator';
  for (let token = tokenAt(text, from, to); token.kind !== 'end'; token = tokenAt(text, token.end, to)) {
    if (token.kind === 'comment') {
      comments.push({ start: token.start, end: token.end });
      // an unfinished comment swallows the rest: it has to fail, as it does in Lua
      if (!token.flaw) continue;
    }
    const word = text.slice(token.start, token.end);
    if (start < 0 || (depth === 0 && before !== 'open' && startsStatement(token, word, before))) {
      if (start >= 0) chunks.push({ start, end, flaw });
      if (stopAt?.(token.start)) return { chunks, comments, stoppedAt: token.start };
      start = token.start;
      // outside every block no loop can still wait
      waiting.length = 0;
      flaw = null;
    }
    flaw ??= token.flaw || token.kind === 'unknown' ? token : null;
    end = token.end;
    if (word === 'for' || word === 'while') waiting.push(++depth);
    else if (word === 'do' && waiting.at(-1) === depth) waiting.pop();
    else if (token.kind !== 'string' && OPENERS.has(word)) depth++;
    else if (token.kind !== 'string' && CLOSERS.has(word) && depth > 0) depth--;
    before = depth === 0 && word === ';' ? 'separator' : endsOperand(token, word) ? 'operand' : 'open';
  }
  if (start >= 0) chunks.push({ start, end, flaw });
  return { chunks, comments };
}

function startsStatement(token: Token, word: string, before: 'operand' | 'separator'): boolean {
  if (token.kind === 'name') return true;
  if (token.kind === 'keyword') return STARTERS.has(word);
  // on a line of its own a parenthesis continues the call above, as Lua reads it; only behind `;` it starts anew
  return word === '::' || (word === '(' && before === 'separator');
}

function endsOperand(token: Token, word: string): boolean {
  if (token.kind === 'keyword') return VALUES.has(word);
  if (token.kind === 'symbol') return word === '}' || word === ')' || word === ']' || word === '...' || word === '::';
  return true;
}
