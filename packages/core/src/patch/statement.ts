// Edits of whole statements, with what they own.
import type { Document } from '../syntax/index.js';
import { lineEnd, lineStart, type Range, type TextEdit } from '../text/index.js';
import { isAlone, nextLine, owned } from './owned.js';
import { eolAt, indentOf } from './style.js';
import { commentLines } from './table.js';

/** Takes a statement away with what it owns, and one of the blank lines around it where it had them on both sides. */
export function removeStatement(document: Document, statement: Range): TextEdit {
  const { text } = document;
  const own = owned(document, statement);
  if (isAlone(text, statement.start, own.end)) return removeLines(text, own.start, own.end);
  const behind = /^[ \t]*/.exec(text.slice(own.end))![0].length;
  const begins = text.slice(lineStart(text, statement.start), statement.start).trim() === '';
  if (begins && own.end + behind < lineEnd(text, own.end)) return { start: statement.start, end: own.end + behind, text: '' };
  const before = /[ \t]*$/.exec(text.slice(0, statement.start))![0].length;
  return { start: statement.start - (begins ? 0 : before), end: own.end, text: '' };
}

/** Takes whole lines away: from the line of `start` to that of `end`. */
export function removeLines(text: string, start: number, end: number): TextEdit {
  const from = afterMark(text, lineStart(text, start));
  const to = nextLine(text, end);
  const begins = from === afterMark(text, 0);
  const above = /\n([ \t]*\r?\n)$/.exec(`\n${text.slice(0, from)}`)?.[1];
  const below = /^[ \t]*\r?\n/.exec(text.slice(to))?.[0];
  if (below !== undefined && (begins || above !== undefined)) {
    // of the two blank lines, the one with nothing in it
    if (above !== undefined && /[ \t]/.test(below) && !/[ \t]/.test(above))
      return { start: from - above.length, end: to, text: '' };
    return { start: from, end: to + below.length, text: '' };
  }
  if (to < text.length) return { start: from, end: to, text: '' };
  // at the end of the file, a blank line above goes too; and every line end, if the last line had none itself
  const rest = text.endsWith('\n') ? (begins ? '' : (above ?? '')) : /(?:\r?\n)*$/.exec(text.slice(0, from))![0];
  return { start: Math.max(afterMark(text, 0), from - rest.length), end: to, text: '' };
}

/** Makes comment lines of a statement, or a block where it shares its lines with others. */
export function commentStatement(document: Document, statement: Range): TextEdit[] {
  const { text } = document;
  const own = owned(document, statement);
  if (isAlone(text, statement.start, own.end)) return commentLines(text, statement.start, statement.end);
  const end = /^[ \t]*;/.exec(text.slice(statement.end))?.[0].length ?? 0;
  let level = '';
  while (text.slice(statement.start, statement.end + end).includes(`]${level}]`)) level += '=';
  return [
    { start: statement.start, end: statement.start, text: `--[${level}[` },
    { start: statement.end + end, end: statement.end + end, text: `]${level}]` },
  ];
}

/** A line of its own below a statement and what it owns; behind it, where other things stand on its line. */
export function lineBelow(document: Document, statement: Range, line: string, indent = indentOf(document, statement)): TextEdit {
  const { text } = document;
  const { end } = owned(document, statement);
  const last = lineEnd(text, end);
  if (text.slice(end, last).trim() !== '') return { start: end, end, text: ` ${line}` };
  return { start: last, end: last, text: `${eolAt(text, last)}${indent}${line}` };
}

/** A line of its own above a statement and the comments attached to it. */
export function lineAbove(document: Document, statement: Range, line: string, indent = indentOf(document, statement)): TextEdit {
  const { text } = document;
  const begins = /^\ufeff?[ \t]*$/.test(text.slice(lineStart(text, statement.start), statement.start));
  if (!begins) return { start: statement.start, end: statement.start, text: `${line} ` };
  const at = afterMark(text, owned(document, statement).start);
  return { start: at, end: at, text: `${indent}${line}${eolAt(text, at)}` };
}

/** Nothing goes before a byte order mark. */
export function afterMark(text: string, offset: number): number {
  return offset === 0 && text.startsWith('\ufeff') ? 1 : offset;
}
