// The stretches of a file that belong to its sections.
import { type Configuration, GLOBAL, type Opening } from '../evaluate/index.js';
import type { Document } from '../syntax/index.js';
import { firstIndex, lineEnd, lineStart } from '../text/index.js';
import { disabledStatements } from './disabled.js';
import { statementOf } from './nodes.js';
import { owned } from './owned.js';
import { indentOf } from './style.js';

/** What stands between an opening and the next one of its file. */
export interface Region {
  readonly opening: Opening;
  readonly document: Document;
  /** Start of the statement that opens it. */
  readonly start: number;
  /** Start of the statement that opens the next one, or the end of the text. */
  readonly limit: number;
}

/** The regions of a file in order; without those that code opens inside a block. */
export function regionsOf(configuration: Configuration, file: string): Region[] {
  const document = configuration.documents.get(file);
  if (!document) return [];
  const starts = new Map<number, Opening>();
  for (const opening of configuration.openings) {
    if (opening.origin.file !== file) continue;
    const start = statementOf(document, opening.origin)?.start;
    if (start !== undefined) starts.set(start, opening);
  }
  const sorted = [...starts].sort(([a], [b]) => a - b);
  return sorted.map(([start, opening], index) => ({
    opening,
    document,
    start,
    limit: sorted[index + 1]?.[0] ?? document.text.length,
  }));
}

/** The section into which an assignment at this place of a file would go. */
export function scopeAt(configuration: Configuration, file: string, offset: number): string {
  const region = regionsOf(configuration, file).findLast(({ start }) => start <= offset);
  // behind a trailing table Prosody is back in the global section
  return !region || region.opening.table ? GLOBAL : region.opening.scope;
}

/**
 * Where a section ends for people: behind its last statement, and behind the comments that can only be its own, those
 * indented more than its header and those that are disabled statements.
 */
export function regionEnd({ document, start, limit, opening }: Region): number {
  const { text, statements, comments } = document;
  const last = opening.table
    ? statementOf(document, opening.origin)!
    : (statements[firstIndex(statements, statement => statement.start >= limit) - 1] ?? { start, end: opening.origin.end });
  let end = lineEnd(text, owned(document, last).end);
  const disabled = disabledStatements(document);
  const column = indentOf(document, { start }).length;
  const head = limit < text.length ? owned(document, statementOf(document, { start: limit, end: limit })!).start : limit;
  for (const comment of comments) {
    if (comment.start < end || comment.start >= head || opening.table) continue;
    const line = lineStart(text, comment.start);
    const near = /^\r?\n$/.test(text.slice(end, line));
    const own = comment.start - line > column || (near && !/^-{4,}/.test(text.slice(comment.start, comment.end)));
    const isDisabled = disabled.some(other => other.start <= comment.start && comment.end <= other.end);
    if (!own && !(isDisabled && /^(?:\r?\n[ \t]*)*$/.test(text.slice(end, line)))) break;
    end = comment.end;
  }
  return end;
}
