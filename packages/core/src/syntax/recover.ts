import { lineStart } from '../text/positions.js';
import type { LuaStatement } from './ast.js';
import { tokens } from './lexer.js';
import type { ChunkResult } from './parse.js';
import type { Chunk } from './split.js';

/** Where reading goes on after a chunk that failed. Offsets into the text. */
export interface Resume {
  readonly offset: number;
  /** Start of the statement that is at fault: the chunk's, or behind the lines that were saved. */
  readonly culprit: number;
  /** Statements before the fault that were read after all; ranges count from the chunk's start. */
  readonly salvaged: readonly LuaStatement[];
}

/** A line that very probably starts a statement of a configuration. */
const PLAUSIBLE =
  /^([ \t]*)(?:(?:VirtualHost|Component|Include|RunScript)\b|(?:local|if|for|while|repeat|function|return|end)\b|[A-Za-z_][A-Za-z0-9_.]*(?:\[[^\]\n]*\])?[ \t]*=(?!=)|[A-Za-z_][A-Za-z0-9_.:]*[ \t]*[("'{])/;

/**
 * Panic-mode recovery: the lines before the error that are complete statements are kept, and reading goes on at the next
 * line that looks like the start of a statement and is not indented deeper than the one at fault.
 */
export function resumeAfter(text: string, chunk: Chunk, result: ChunkResult, read: (source: string) => ChunkResult): Resume {
  if (result.ok) return { offset: chunk.end, culprit: chunk.start, salvaged: [] };
  const source = text.slice(chunk.start, chunk.end);
  const errorLine = lineStart(source, Math.min(result.index, source.length));
  const salvaged = salvage(source, errorLine, read);
  const from = salvaged ? salvaged.end : 0;
  // what was saved ends before the error line, so that line may itself start the next statement
  const offset = skipRest(text, nextStart(text, chunk, from, result, salvaged !== undefined));
  return { offset, culprit: chunk.start + from, salvaged: salvaged?.body ?? [] };
}

/** In the middle of a line, the rest of it is given up too, unless it looks like a statement. */
function skipRest(text: string, offset: number): number {
  const end = nextLine(text, offset);
  const rest = text.slice(offset, end);
  return text.slice(lineStart(text, offset), offset).trim() === '' || PLAUSIBLE.test(rest) ? offset : end;
}

function salvage(source: string, errorLine: number, read: (source: string) => ChunkResult) {
  const lineBefore = errorLine > 0 ? lineStart(source, errorLine - 1) : 0;
  for (const end of [errorLine, lineBefore]) {
    const head = source.slice(0, end);
    if (end === 0 || head.trim() === '') continue;
    const result = read(head);
    if (result.ok && result.body.length > 0) return { end, body: result.body };
  }
  return undefined;
}

function nextStart(
  text: string,
  chunk: Chunk,
  from: number,
  failure: { message: string; index: number },
  saved: boolean,
): number {
  const begin = chunk.start + from;
  const error = Math.max(begin, chunk.start + failure.index);
  const unfinished = /unfinished string/.test(failure.message);
  const probe = unfinished ? lineStart(text, error) : error;
  const depth = depthAt(text.slice(begin, Math.max(begin, probe)));
  const base = indentAt(text, begin + (text.slice(begin, chunk.end).search(/\S/) + 1 || 1) - 1);
  const errorStartsLine = text.slice(lineStart(text, error), error).trim() === '';
  const candidates: number[] = [];
  for (let at = lineStart(text, begin); at < chunk.end; at = nextLine(text, at)) {
    const line = text.slice(at, nextLine(text, at));
    const beyond = at > error || (errorStartsLine && at === lineStart(text, error) && (at > begin || saved));
    if (depth > 0 && at >= error && /^[ \t]*[})]+[;,]?[ \t]*(--.*)?\r?\n?$/.test(line) && indent(line) <= base) {
      return Math.min(at + line.length, chunk.end);
    }
    if (!PLAUSIBLE.test(line) || at <= begin) continue;
    if (beyond && depth === 0) return at;
    if (indent(line) <= base && (beyond || depth > 0)) return at;
    if (beyond) candidates.push(at);
  }
  return candidates[0] ?? chunk.end;
}

/** How many brackets are open at the end of this stretch; strings and comments do not count. */
function depthAt(source: string): number {
  let depth = 0;
  for (const token of tokens(source)) {
    if (token.kind !== 'symbol') continue;
    const symbol = source[token.start]!;
    if ('{(['.includes(symbol)) depth++;
    else if ('})]'.includes(symbol) && depth > 0) depth--;
  }
  return depth;
}

function nextLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline + 1;
}

function indentAt(text: string, at: number): number {
  return indent(text.slice(lineStart(text, at), at + 1));
}

function indent(line: string): number {
  let width = 0;
  for (const unit of line) {
    if (unit === ' ') width += 1;
    else if (unit === '\t') width += 4;
    else break;
  }
  return width;
}
