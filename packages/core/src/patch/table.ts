// Edits inside a table constructor that leave its entries and their comments as they are.
import { lineEnd, lineStart, type TextEdit } from '../text/index.js';
import { type Disabled, disabledEntries } from './disabled.js';
import type { Entry, TableNode } from './nodes.js';
import { isAlone, nextLine, owned } from './owned.js';
import { deeper, eolAt, indentOf, styleOf } from './style.js';

/** The separator of the entries that there are, else that of the file. */
export function separatorOf({ document: { text }, entries }: TableNode): string {
  const written = entries.findLast(entry => entry.separator)?.separator;
  return written ? text.slice(written.start, written.end) : styleOf(text).separator;
}

/**
 * Puts an entry before the entry at `index`, or behind the last one.
 * @param source key and value, without separator
 * @param comment a remark behind it
 */
export function insertEntry(table: TableNode, index: number, source: string, comment?: string): TextEdit[] {
  const next = table.entries[index];
  if (next) return [insertBefore(table, next, source, comment)];
  const last = table.entries.at(-1);
  return last ? insertBehind(table, last, source, comment) : [insertFirst(table, source, comment)];
}

function insertBefore(table: TableNode, next: Entry, source: string, comment: string | undefined): TextEdit {
  const { document } = table;
  const { text } = document;
  const separator = separatorOf(table);
  const begins = text.slice(lineStart(text, next.start), next.start).trim() === '';
  if (!begins) return { start: next.start, end: next.start, text: `${source}${separator}${blockRemark(comment)} ` };
  const at = owned(document, next, table).start;
  const line = `${indentOf(document, next)}${source}${separator}${lineRemark(comment)}${eolAt(text, at)}`;
  return { start: at, end: at, text: line };
}

function insertBehind(table: TableNode, last: Entry, source: string, comment: string | undefined): TextEdit[] {
  const { document } = table;
  const { text } = document;
  const separator = separatorOf(table);
  const own = owned(document, last, table);
  const ended = Math.max(own.end, last.separator?.end ?? 0);
  const edits: TextEdit[] = last.separator ? [] : [{ start: last.end, end: last.end, text: separator }];
  const mark = last.separator ? separator : '';
  const begins = text.slice(lineStart(text, last.start), last.start).trim() === '';
  const remarked = own.trailing !== null && text.slice(own.trailing.start, own.trailing.start + 4).match(/^--\[=*\[/) === null;
  if (!begins && !remarked) {
    const place = last.separator ? ended : last.end;
    // one edit, for the two would be at one place
    if (!last.separator) return [{ start: place, end: place, text: `${separator} ${source}${blockRemark(comment)}` }];
    return [{ start: place, end: place, text: ` ${source}${mark}${blockRemark(comment)}` }];
  }
  const eol = eolAt(text, ended);
  const indent = begins ? indentOf(document, last) : deeper(text, lineIndent(text, table.start));
  // a brace behind a line comment would be one
  const brace = text.slice(ended, lineEnd(text, ended)).trim().startsWith('}');
  const remark = brace && comment !== undefined ? blockRemark(comment) : lineRemark(comment);
  const added = `${eol}${indent}${source}${mark}${remark}`;
  if (edits.length > 0 && ended === last.end) return [{ start: ended, end: ended, text: separator + added }];
  return [...edits, { start: ended, end: ended, text: added }];
}

function insertFirst({ document, start, end }: TableNode, source: string, comment: string | undefined): TextEdit {
  const { text } = document;
  const inside = text.slice(start + 1, end - 1);
  if (inside.trim() === '' && !inside.includes('\n'))
    return { start: start + 1, end: end - 1, text: ` ${source}${blockRemark(comment)} ` };
  const brace = end - 1;
  const separator = styleOf(text).separator;
  const line = lineStart(text, brace);
  if (text.slice(line, brace).trim() !== '') return { start: brace, end: brace, text: ` ${source} ` };
  // indented like the comments that are there, or a step deeper than the brace
  const sample = /\n([ \t]+)--/.exec(text.slice(start, end))?.[1] ?? deeper(text, text.slice(line, brace));
  return { start: line, end: line, text: `${sample}${source}${separator}${lineRemark(comment)}${eolAt(text, start)}` };
}

/** Takes an entry away, with what it owns. */
export function removeEntry(table: TableNode, index: number): TextEdit[] {
  const { document, entries } = table;
  const { text } = document;
  const entry = entries[index]!;
  const before = entries[index - 1];
  const next = entries[index + 1];
  const own = owned(document, entry, table);
  const ended = Math.max(own.end, entry.separator?.end ?? 0);
  // the one before becomes the last; it keeps its separator unless the last one had none
  const stray = !next && !entry.separator && before?.separator ? [{ ...before.separator, text: '' }] : [];
  if (isAlone(text, entry.start, ended)) return [...stray, { start: own.start, end: nextLine(text, ended), text: '' }];
  if (next && text.slice(ended, next.start).trim() === '' && !text.slice(ended, next.start).includes('\n'))
    return [...stray, { start: entry.start, end: next.start, text: '' }];
  const from = before ? blankStart(text, entry.start, before) : entry.start;
  // of the only entry, or one that leaves its line to the brace, one of the blanks around it stays
  const alone = /(?:^|\n)[ \t]*$/.test(text.slice(0, from));
  const behind =
    before && !alone ? ended : ended + (/^[ \t]/.test(text.slice(ended)) && /[ \t]$/.test(text.slice(0, from)) ? 1 : 0);
  const edit = { start: from, end: behind, text: '' };
  const [separator] = stray;
  return separator && separator.end === from ? [{ start: separator.start, end: behind, text: '' }] : [...stray, edit];
}

/** Where the blanks before a place start; a line break that ends a line comment stays. */
function blankStart(text: string, offset: number, before: Entry): number {
  const from = text.slice(0, offset).trimEnd().length;
  if (from <= (before.separator?.end ?? before.end)) return from;
  const line = lineStart(text, offset);
  return text.slice(from, offset).includes('\n') ? line + /^[ \t]*/.exec(text.slice(line))![0].length : offset;
}

/** Makes a comment of an entry: of its lines where it has them for itself, else of its own text. */
export function commentEntry(table: TableNode, index: number): TextEdit[] {
  const { text } = table.document;
  const entry = table.entries[index]!;
  const own = owned(table.document, entry, table);
  const ended = Math.max(own.end, entry.separator?.end ?? 0);
  if (isAlone(text, entry.start, ended)) return commentLines(text, entry.start, entry.end);
  const end = entry.separator && !text.slice(entry.end, entry.separator.end).includes('\n') ? entry.separator.end : entry.end;
  let level = '';
  while (text.slice(entry.start, end).includes(`]${level}]`)) level += '=';
  return [
    { start: entry.start, end: entry.start, text: `--[${level}[` },
    { start: end, end, text: `]${level}]` },
  ];
}

/** `--` before each line of a stretch, below each other where the lines' indentation allows. */
export function commentLines(text: string, start: number, end: number): TextEdit[] {
  const column = start - lineStart(text, start);
  const edits: TextEdit[] = [];
  for (let at = start; at <= end; ) {
    // `--[[` would begin a comment of its own kind
    edits.push({ start: at, end: at, text: /^\[=*\[/.test(text.slice(at, at + 20)) ? '-- ' : '--' });
    const next = nextLine(text, at);
    if (next > end || next <= at || next === text.length) break;
    const blanks = /^[ \t]*/.exec(text.slice(next))![0].length;
    at = next + Math.min(column, blanks);
  }
  return edits;
}

/** The first comment of a table that is an entry with this source or, told by `is`, this value. */
export function findDisabled(table: TableNode, is: (source: string) => boolean): Disabled | undefined {
  return disabledEntries(table.document, table).find(entry => is(entry.name));
}

/** Makes an entry of a comment again, with the separators that it and the one before then need. */
export function enableEntry(table: TableNode, disabled: Disabled): TextEdit[] {
  const separator = separatorOf(table);
  const before = table.entries.findLast(entry => entry.end <= disabled.start);
  const next = table.entries.find(entry => entry.start >= disabled.end);
  const edits: TextEdit[] = [...disabled.enable];
  if (before && !before.separator) edits.push({ start: before.end, end: before.end, text: separator });
  const rest = disabled.source.slice(disabled.source.indexOf(disabled.name) + disabled.name.length);
  if (next && !/^\s*[,;]/.test(rest)) {
    // behind the value, in front of the remark; a block ends where its mark does
    const { document } = table;
    const at = document.text.indexOf(disabled.name, disabled.start) + disabled.name.length;
    edits.push({ start: at, end: at, text: separator });
  }
  return edits;
}

function lineIndent(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))![0];
}

function lineRemark(comment: string | undefined): string {
  return comment === undefined ? '' : ` -- ${oneLine(comment)}`;
}

/** A remark that may stand in the middle of a line. */
export function blockRemark(comment: string | undefined): string {
  if (comment === undefined) return '';
  const text = oneLine(comment);
  let level = '';
  while (text.includes(`]${level}`)) level += '=';
  return ` --[${level}[ ${text} ]${level}]`;
}

function oneLine(comment: string): string {
  return comment.replace(/\s+/g, ' ').trim();
}
