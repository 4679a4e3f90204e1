import { tokenAt } from './lexer.js';
import { type ChunkResult, parseChunk } from './parse.js';
import type { Chunk } from './split.js';

/**
 * Where Lua stops at a chunk that does not parse: its messages name the line on which the token ends that it could not
 * use, and a chunk that only lacks something ends at the token behind it.
 */
export function luaStops(text: string, chunk: Chunk, result: ChunkResult): number {
  if (result.ok) return chunk.start;
  const { flaw } = chunk;
  let index = result.index;
  if (flaw) {
    // what is wrong with a token is known before the parser came to it, and it may not come so far
    const parsed = parseChunk(text.slice(chunk.start, flaw.start));
    const earlier =
      !parsed.ok && parsed.index < flaw.start - chunk.start && /\S/.test(text.slice(chunk.start + parsed.index, flaw.start));
    if (!earlier)
      return flaw.flaw?.startsWith('unfinished long') || flaw.flaw === 'unfinished comment' ? text.length : flaw.start;
    index = parsed.index;
  }
  const at = Math.min(chunk.start + index, text.length);
  let token = tokenAt(text, at);
  while (token.kind === 'comment') token = tokenAt(text, token.end);
  if (token.kind === 'end') return text.length;
  return token.kind === 'string' ? token.end - 1 : token.start;
}
