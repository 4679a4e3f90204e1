import { type Document, type Ownership, ownership } from '../syntax/index.js';
import { firstIndex, lineEnd, lineStart, type Range } from '../text/index.js';
import { disabledEntries, disabledStatements } from './disabled.js';
import { indentOf } from './style.js';

/**
 * What a statement, or an entry of a table, owns: as `ownership` says, without the comments that are disabled statements
 * or entries of their own, and what is above these.
 * @param table the table that the entry is in
 */
export function owned(document: Document, { start, end }: Range, table?: Range): Ownership {
  const { text } = document;
  const own = ownership(document, start, end);
  const others = table ? disabledEntries(document, table) : disabledStatements(document);
  const isOther = (comment: Range) =>
    others.some(other => other.start <= comment.start && comment.end <= other.end && !other.prose);
  const column = indentOf(document, { start }).length;
  // a line of dashes ends a heading, and so does, in a table, a comment that is indented less than the entries below
  const isHeading = (comment: Range) =>
    /^--[\s-]*[-=*#~]{4,}\s*$/.test(text.slice(comment.start, comment.end)) ||
    (table !== undefined && indentOf(document, comment).length < column);
  const last = own.leading.findLastIndex(comment => isOther(comment) || isHeading(comment));
  // what stands above a line belongs to what begins the line
  const begins = /^\ufeff?[ \t]*$/.test(text.slice(lineStart(text, start), start));
  const leading = begins ? own.leading.slice(last + 1) : [];
  const trailing = own.trailing && !isOther(own.trailing) ? own.trailing : null;
  return {
    start: leading[0] ? lineStart(text, leading[0].start) : lineStart(text, start),
    end: trailing || !own.trailing ? own.end : text.slice(0, own.trailing.start).trimEnd().length,
    leading,
    trailing,
  };
}

/** Whether nothing but what it owns stands on the lines of a stretch. */
export function isAlone(text: string, start: number, ownEnd: number): boolean {
  const before = text.slice(lineStart(text, start), start);
  return /^\ufeff?[ \t]*$/.test(before) && text.slice(ownEnd, lineEnd(text, ownEnd)).trim() === '';
}

/** Where the line after this place starts, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

/** Where the statement at an offset, its attached comments and the headings directly above begin. */
export function headStart(document: Document, statement: { readonly start: number; readonly end: number }): number {
  const { text, comments } = document;
  let start = owned(document, statement).start;
  const disabled = disabledStatements(document);
  for (let index = firstIndex(comments, comment => comment.end > start) - 1; index >= 0; index--) {
    const comment = comments[index]!;
    const alone = text.slice(lineStart(text, comment.start), comment.start).trim() === '';
    if (!alone || !/^\r?\n$/.test(text.slice(comment.end, start))) break;
    if (disabled.some(other => other.start <= comment.start && comment.end <= other.end)) break;
    start = lineStart(text, comment.start);
  }
  return start;
}
