import { type Configuration, GLOBAL, type Opening, type Setting } from '../evaluate/index.js';
import { type Document, ownership } from '../syntax/index.js';
import { lineEnd, lineStart, type Range, type TextEdit } from '../text/index.js';
import { disabledStatements } from './disabled.js';
import { isPlain, statementOf, tableAt } from './nodes.js';
import type { Placement } from './operation.js';
import { headStart } from './owned.js';
import { afterMark, lineAbove, lineBelow } from './statement.js';
import { deeper, eolAt, indentOf } from './style.js';
import { insertEntry } from './table.js';

export { isPlain, statementOf } from './nodes.js';

/**
 * An edit that puts a line into a file's global section: next to the option that `where` names, else below its commented
 * example, else behind the last global setting of the same family (`http_…`), else behind the last global setting; never
 * behind the first virtual host or component of that file.
 * @param line the statement, or a way to write it like the one that it comes next to
 */
export function insertGlobal(
  configuration: Configuration,
  file: string,
  line: string | ((like: Setting | undefined) => string),
  name: string,
  where?: Placement,
): TextEdit {
  const document = configuration.documents.get(file)!;
  const opening = firstOpening(configuration, file);
  const head = opening && (statementOf(document, opening.origin) ?? opening.origin);
  const limit = head?.start ?? document.text.length;
  const settings = assignments(configuration, file, GLOBAL).filter(setting => setting.origin.end <= limit);
  const stretch = { start: 0, end: limit };
  const found = nextTo(document, settings, stretch, line, name, where);
  if (found) return found;
  const anchor = settings.at(-1);
  const source = typeof line === 'string' ? line : line(anchor);
  if (anchor) return lineBelow(document, statementOf(document, anchor.origin)!, source);
  if (!head) return insertAbove(document, limit, source);
  const at = afterMark(document.text, headStart(document, head));
  const eol = eolAt(document.text, at);
  const begins = document.text.slice(lineStart(document.text, head.start), head.start).trim() === '';
  // a blank line sets it apart where there is one above, too
  const apart = at === afterMark(document.text, 0) || /\n[ \t]*\r?\n$/.test(document.text.slice(0, at)) ? eol : '';
  return begins || at < head.start
    ? { start: at, end: at, text: `${source}${eol}${apart}` }
    : { start: head.start, end: head.start, text: `${source} ` };
}

/** The place that `where`, a commented example or the family of the name asks for. */
function nextTo(
  document: Document,
  settings: readonly Setting[],
  stretch: Range,
  line: string | ((like: Setting | undefined) => string),
  name: string,
  where: Placement | undefined,
): TextEdit | undefined {
  const write = (like: Setting | undefined) => (typeof line === 'string' ? line : line(like));
  const statement = (setting: Setting) => statementOf(document, setting.origin)!;
  const [first] = settings;
  if (where === 'start' && first) return lineAbove(document, statement(first), write(first));
  if (typeof where === 'object') {
    const wanted = 'after' in where ? where.after : where.before;
    const named = settings.findLast(setting => setting.name === wanted);
    if (named)
      return 'after' in where
        ? lineBelow(document, statement(named), write(named))
        : lineAbove(document, statement(named), write(named));
  }
  if (where === 'start') return undefined;
  if (where === 'end')
    return settings.length > 0 ? lineBelow(document, statement(settings.at(-1)!), write(settings.at(-1))) : undefined;
  const example = disabledStatements(document).findLast(
    disabled => disabled.name === name && disabled.start >= stretch.start && disabled.end <= stretch.end,
  );
  if (example) return lineBelow(document, example, write(first), indentOf(document, example));
  const family = familyOf(name);
  const relative = settings.findLast(setting => familyOf(setting.name) === family);
  return relative && lineBelow(document, statement(relative), write(relative));
}

function familyOf(name: string): string {
  return name.split('_')[0]!;
}

/** The statements at the top of a file that set options of a section. */
function assignments(configuration: Configuration, file: string, scope: string): Setting[] {
  const document = configuration.documents.get(file)!;
  return configuration.settings.filter(
    setting =>
      setting.origin.file === file && setting.scope === scope && setting.form === 'assignment' && isPlain(document, setting),
  );
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
    const start = afterMark(text, text.length);
    if (text.trim() === '' || text === '\ufeff') return { start, end: start, text: `${line}${eol}` };
    // a file that ends in a blank line goes on doing so
    if (/\n[ \t]*\r?\n$/.test(text)) return { start, end: start, text: `${line}${eol}${eol}` };
    // below comments, but not as what they are about
    const comment = document.comments.at(-1);
    const apart = comment && text.slice(comment.end).trim() === '' && !/\n[ \t]*\r?\n/.test(text.slice(comment.end)) ? eol : '';
    return { start, end: start, text: text.endsWith('\n') ? `${apart}${line}${eol}` : `${eol}${apart}${line}` };
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
export function insertIntoSection(
  configuration: Configuration,
  opening: Opening,
  assignment: string | ((like: Setting | undefined) => string),
  name?: string,
  where?: Placement,
): TextEdit {
  const { file } = opening.origin;
  const document = configuration.documents.get(file)!;
  const write = (like: Setting | undefined) => (typeof assignment === 'string' ? assignment : assignment(like));
  const table = opening.table && tableAt(document, opening.table);
  if (opening.table) {
    if (table) return insertEntry(table, 0, write(undefined).replace(/;$/, ''))[0]!;
    const inside = opening.table.start + 1;
    return { start: inside, end: inside, text: ` ${write(undefined)};` };
  }
  const start = statementOf(document, opening.origin)?.start ?? opening.origin.start;
  const next = configuration.openings
    .filter(other => other.origin.file === file && other.origin.start > opening.origin.start)
    .map(other => statementOf(document, other.origin)?.start ?? other.origin.start);
  const limit = Math.min(document.text.length, ...next);
  const own = assignments(configuration, file, opening.scope).filter(
    ({ origin }) => origin.start > opening.origin.start && origin.start < limit,
  );
  const near = name === undefined ? undefined : nextTo(document, own, { start, end: limit }, assignment, name, where);
  if (near) return near;
  const indent = own[0] ? indentOf(document, own[0].origin) : deeper(document.text, indentOf(document, opening.origin));
  return lineBelow(document, statementOf(document, opening.origin) ?? opening.origin, write(own[0]), indent);
}
