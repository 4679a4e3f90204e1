import { type Configuration, GLOBAL, type Opening, type Setting } from '../evaluate/index.js';
import { type Document, ownership, type Statement } from '../syntax/index.js';
import { firstIndex, lineEnd, lineStart, type TextEdit } from '../text/index.js';
import { eolAt, indentOf } from './style.js';

/** The top-level statement that a setting or opening is made by, or `undefined` where it is not one of its own. */
export function statementOf(document: Document, origin: { readonly start: number; readonly end: number }): Statement | undefined {
  const { statements } = document;
  const found = statements[firstIndex(statements, statement => statement.end > origin.start)];
  return found && found.start <= origin.start && origin.end <= found.end ? found : undefined;
}

/** Whether the setting is plainly there: a statement at the top of its file that surely runs, not code in a function or branch. */
export function isPlain(document: Document, setting: Setting | Opening): boolean {
  const statement = statementOf(document, setting.origin);
  return (
    setting.doubt === undefined && (statement?.node.type === 'AssignmentStatement' || statement?.node.type === 'CallStatement')
  );
}

/**
 * An edit that puts a line into a file's global section: behind the last global setting of the same family (`http_…`),
 * else behind the last global setting; never behind the first virtual host or component of that file.
 */
export function insertGlobal(configuration: Configuration, file: string, line: string, name: string): TextEdit {
  const document = configuration.documents.get(file)!;
  const limit = firstOpening(configuration, file)?.origin.start ?? document.text.length;
  const globals = configuration.settings
    .filter(setting => setting.origin.file === file && setting.scope === GLOBAL && setting.form === 'assignment')
    .filter(setting => setting.origin.end <= limit && isPlain(document, setting));
  const family = name.split('_')[0];
  const anchor = globals.findLast(setting => setting.name.split('_')[0] === family) ?? globals.at(-1);
  if (anchor) return insertBelow(document, anchor.origin, line);
  return insertAbove(document, limit, line);
}

/** A line of its own below a statement, its separator and its trailing comment; indented like it. */
export function insertBelow(
  document: Document,
  origin: { readonly start: number; readonly end: number },
  line: string,
  indent = indentOf(document, origin),
): TextEdit {
  const at = lineEnd(document.text, ownership(document, origin.start, origin.end).end);
  return { start: at, end: at, text: `${eolAt(document.text, at)}${indent}${line}` };
}

/** Lines above a statement and the comments that are attached to it; at the end of the file when there is no statement. */
export function insertAbove(document: Document, offset: number, line: string): TextEdit {
  const { text } = document;
  const eol = eolAt(text, offset);
  if (offset >= text.length) {
    const gap = text === '' || text.endsWith('\n') ? '' : eol;
    return { start: text.length, end: text.length, text: `${gap}${line}${eol}` };
  }
  const at = lineStart(text, ownership(document, offset, offset).start);
  return { start: at, end: at, text: `${line}${eol}${eol}` };
}

/** The first virtual host or component of a file. */
export function firstOpening(configuration: Configuration, file: string): Opening | undefined {
  return configuration.openings
    .filter(opening => opening.origin.file === file)
    .sort((a, b) => a.origin.start - b.origin.start)[0];
}

/** An edit that puts an option into a host or component: below its header, or as the first entry of its trailing table. */
export function insertIntoSection(configuration: Configuration, opening: Opening, assignment: string): TextEdit {
  const document = configuration.documents.get(opening.origin.file)!;
  const { text } = document;
  if (opening.table) {
    const inside = opening.table.start + 1;
    const multiline = lineEnd(text, inside) < opening.table.end;
    const eol = eolAt(text, inside);
    const first = /\S/.exec(text.slice(lineEnd(text, inside)));
    const indent = multiline && first ? /[ \t]*$/.exec(text.slice(0, lineEnd(text, inside) + first.index))![0] : '    ';
    return { start: inside, end: inside, text: multiline ? `${eol}${indent}${assignment};` : ` ${assignment};` };
  }
  return insertBelow(document, opening.origin, assignment, siblingIndent(configuration, document, opening));
}

function siblingIndent(configuration: Configuration, document: Document, opening: Opening): string {
  const own = configuration.settings.find(
    setting =>
      setting.scope === opening.scope &&
      setting.origin.file === opening.origin.file &&
      setting.form === 'assignment' &&
      setting.origin.start > opening.origin.start,
  );
  return own ? indentOf(document, own.origin) : `${indentOf(document, opening.origin)}    `;
}
