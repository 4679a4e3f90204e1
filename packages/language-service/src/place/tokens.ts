import { type Document, type Token, tokenAt } from '@prosodist/core';

/** What a cursor stands in, and what is before and behind it; comments left out. */
export interface Surroundings {
  /** Everything before the cursor's own token, from the start of the statement or of what could not be read. */
  readonly left: readonly Token[];
  /** The name, keyword or string that the cursor is in or directly behind; null between tokens. */
  readonly current: Token | null;
  /** What follows, up to the end of the table or line that the cursor is in. */
  readonly right: readonly Token[];
}

/** How far behind the cursor is looked for the end of a table. */
const AHEAD = 400;

/**
 * The tokens around an offset. Only the statement is read, not the file: there may be thousands of hosts above.
 * @returns undefined inside comments and numbers
 */
export function surroundings({ text, statements, problems }: Document, offset: number): Surroundings | undefined {
  const left: Token[] = [];
  let current: Token | null = null;
  let at = statementStart({ statements, problems }, offset);
  for (;;) {
    const token = tokenAt(text, at);
    if (token.kind === 'end' || token.start >= offset) break;
    at = token.end;
    const inside = offset < token.end;
    if (token.kind === 'comment') {
      // a comment to the end of its line goes on where it ends
      const open = token.flaw !== undefined || !/^--\[=*\[/.test(text.slice(token.start, token.end));
      if (inside || (open && offset === token.end)) return undefined;
    } else if (token.kind === 'string' ? inside || (token.flaw !== undefined && offset <= token.end) : offset <= token.end) {
      if (token.kind === 'number') return undefined;
      if (token.kind === 'name' || token.kind === 'keyword' || token.kind === 'string') current = token;
      else left.push(token);
    } else left.push(token);
  }
  // an unfinished string swallows what is behind it; what was meant to follow cannot be told
  return { left, current, right: current?.flaw ? [] : ahead(text, current?.end ?? offset) };
}

function ahead(text: string, from: number): Token[] {
  const right: Token[] = [];
  let depth = 0;
  let at = from;
  while (right.length < AHEAD && depth >= 0) {
    const token = tokenAt(text, at);
    if (token.kind === 'end') break;
    at = token.end;
    if (token.kind === 'comment') continue;
    right.push(token);
    const symbol = text[token.start]!;
    if (token.kind !== 'symbol') continue;
    if ('{('.includes(symbol)) depth += 1;
    if ('})'.includes(symbol)) depth -= 1;
  }
  return right;
}

/** Where to begin to read: at what could not be read, if the offset is in it, else at the last statement before it. */
export function statementStart({ statements, problems }: Pick<Document, 'statements' | 'problems'>, offset: number): number {
  const lost = problems.find(problem => problem.lost.start < offset && offset <= problem.lost.end)?.lost.start;
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (statements[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  const statement = low > 0 ? statements[low - 1]!.start : 0;
  return lost === undefined ? statement : Math.max(lost, statement);
}
