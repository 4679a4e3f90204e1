import { commonEnd, commonStart } from '../text/common.js';
import { firstIndex, lineIndex } from '../text/positions.js';
import type { Document, Statement } from './document.js';
import type { ChunkResult, Parsed } from './parse.js';
import { type Chunk, split } from './split.js';
import { ANY_MARK } from './template-tags.js';

/** How many statements before the edit are cut anew: an edit can join a statement with the one before it. */
const BEFORE = 2;

/**
 * Reads only what an edit touched: cuts from a little before it until a statement starts where one started before, and
 * takes all else from the document before, moved.
 * @returns `undefined` where that is not certain to give what reading the whole would give
 */
export function reparse(text: string, previous: Document, read: (source: string) => ChunkResult): Parsed | undefined {
  const { statements, comments, problems, template } = previous;
  // a file with jumps is one chunk, and one that is broken may be broken otherwise now
  const last = statements.at(-1);
  if (problems.length > 0 || template || !last || last.base !== last.start) return undefined;
  // whether a constant is assigned to depends on all statements
  if (text.includes('<c')) return undefined;
  const same = commonStart(previous.text, text);
  const behind = commonEnd(previous.text, text, same);
  const moved = text.length - previous.text.length;
  const first = chunkBefore(statements, same);
  const from = first < 0 ? 0 : statements[first]!.base;
  const known = (start: number) =>
    start >= text.length - behind && statements[indexFrom(statements, start - moved)]?.base === start - moved;
  const cut = split(text, from, text.length, known);
  const end = cut.stoppedAt ?? text.length;
  const region = text.slice(from, end);
  if (/\bgoto\b|::|^#|^\ufeff|<\s*c(?:onst|lose)\s*>/.test(region) || ANY_MARK.test(region)) return undefined;
  const fresh = readAll(text, cut.chunks, read);
  if (!fresh) return undefined;
  const oldEnd = end - moved;
  const all = statements.slice(0, Math.max(first, 0)).concat(fresh);
  for (let at = indexFrom(statements, oldEnd); at < statements.length; at++) all.push(shifted(statements[at]!, moved));
  // `return` must be last, which the whole decides
  if (all.some(({ node }, index) => node.type === 'ReturnStatement' && index < all.length - 1)) return undefined;
  const later = comments.slice(firstIndex(comments, ({ start }) => start >= oldEnd));
  const notes = comments
    .slice(
      0,
      firstIndex(comments, ({ start }) => start >= from),
    )
    .concat(
      cut.comments,
      later.map(({ start, end }) => ({ start: start + moved, end: end + moved })),
    );
  return { text, lines: lineIndex(text), statements: all, comments: notes, problems };
}

/** Index of the first statement of a chunk that begins at or behind an offset. */
function indexFrom(statements: readonly Statement[], offset: number): number {
  return firstIndex(statements, ({ base }) => base >= offset);
}

/** Index of the statement that begins the chunk `BEFORE` chunks before the one with this offset; -1 for the text's start. */
function chunkBefore(statements: readonly Statement[], offset: number): number {
  let at = statements.length - 1;
  while (at >= 0 && statements[at]!.start > offset) at--;
  for (let back = 0; back < BEFORE && at >= 0; back++) at--;
  while (at > 0 && statements[at - 1]!.base === statements[at]!.base) at--;
  return at;
}

function readAll(text: string, chunks: readonly Chunk[], read: (source: string) => ChunkResult): Statement[] | undefined {
  const statements: Statement[] = [];
  for (const { start, end, flaw } of chunks) {
    const result = flaw ? undefined : read(text.slice(start, end));
    if (!result?.ok) return undefined;
    for (const node of result.body)
      statements.push({ base: start, start: start + node.range[0], end: start + node.range[1], node });
  }
  return statements;
}

function shifted({ base, start, end, node }: Statement, by: number): Statement {
  return { base: base + by, start: start + by, end: end + by, node };
}
