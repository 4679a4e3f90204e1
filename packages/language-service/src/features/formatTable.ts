import { lineEnd, lineStart, type TextEdit as OffsetEdit, sortEdits, tokenAt, tokens } from '@prosodist/core';
import type { FormattingOptions, Range, TextEdit } from 'vscode-languageserver-types';
import { eachNode, type TreeNode } from '../names/nodes.js';
import { toOffset, toRange } from '../positions.js';
import { findFile, type Tree, type TreeFile } from '../tree.js';

interface Field {
  readonly start: number;
  readonly end: number;
  /** Of `key = value`: where the key ends and the value starts. */
  readonly key: { readonly end: number; readonly value: number } | null;
}

interface Table {
  readonly start: number;
  readonly end: number;
  readonly fields: readonly Field[];
}

/**
 * Aligns the tables of a range: those inside of it, else the innermost one around it. Entries on lines of their own get one
 * indentation, their `=` stand below each other, blanks around `=` and before separators are evened out. Nothing else is
 * touched: no comment, no string, no value, nothing outside of tables, and nothing where the text could not be read.
 */
export function formatTables(tree: Tree, path: string, range: Range, options: Partial<FormattingOptions> = {}): TextEdit[] {
  const file = findFile(tree, path);
  if (!file || file.document.template) return [];
  const { document } = file;
  const start = toOffset(document, range.start);
  const end = toOffset(document, range.end);
  const tables = tablesOf(file, start, end);
  const inside = tables.filter(table => start <= table.start && table.end <= end);
  const around = tables
    .filter(table => table.start <= start && end <= table.end)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  const chosen = inside.length > 0 ? inside : around.slice(0, 1);
  const within = tables.filter(table => chosen.some(outer => outer.start <= table.start && table.end <= outer.end));
  const step = options.insertSpaces === false ? '\t' : ' '.repeat(Math.max(1, Math.min(options.tabSize ?? 4, 16)));
  const edits = formatAll(document.text, within, step).filter(edit => document.text.slice(edit.start, edit.end) !== edit.text);
  return sortEdits(edits).map(edit => ({ range: toRange(document, edit), newText: edit.text }));
}

function tablesOf({ document: { statements } }: TreeFile, start: number, end: number): Table[] {
  const found: Table[] = [];
  for (const statement of statements) {
    if (statement.end < start || statement.start > end) continue;
    eachNode(statement.node, node => {
      if (node.type !== 'TableConstructorExpression') return;
      const { fields } = node as TreeNode & { readonly fields: readonly (TreeNode & { key?: TreeNode; value: TreeNode })[] };
      const { base } = statement;
      found.push({
        start: base + node.range[0],
        end: base + node.range[1],
        fields: fields.map(({ range, type, key, value }) => ({
          start: base + range[0],
          end: base + range[1],
          // the `]` of a computed key is not in its range
          key: key && type !== 'TableValue' ? { end: base + key.range[1], value: base + value.range[0] } : null,
        })),
      });
    });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Outer tables first: the indentation of an inner one follows from its entry's. */
function formatAll(text: string, tables: readonly Table[], step: string): OffsetEdit[] {
  const edits: OffsetEdit[] = [];
  const indents = new Map<number, string>();
  const indentAt = (offset: number) => {
    const line = lineStart(text, offset);
    return indents.get(line) ?? /^[ \t]*/.exec(text.slice(line, lineEnd(text, offset)))![0];
  };
  for (const table of tables) {
    if (!text.slice(table.start, table.end).includes('\n')) continue;
    const outer = indentAt(table.start);
    const own = table.fields.filter(({ start }) => isFirst(text, start));
    for (const { start } of own) setIndent(start, outer + step);
    if (isFirst(text, table.end - 1)) setIndent(table.end - 1, outer);
    alignFields(text, own, edits);
    for (const { end } of table.fields) evenSeparator(text, end, edits);
  }
  return edits;

  function setIndent(offset: number, indent: string): void {
    const line = lineStart(text, offset);
    indents.set(line, indent);
    edits.push({ start: line, end: offset, text: indent });
  }
}

/** Whether nothing but blanks stands before a place on its line. */
function isFirst(text: string, offset: number): boolean {
  return /^[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
}

/** The `=` of entries on following lines stand below each other; a blank line or an entry without one begins anew. */
function alignFields(text: string, fields: readonly Field[], edits: OffsetEdit[]): void {
  let run: { readonly left: number; readonly right: number; readonly equals: number; readonly width: number }[] = [];
  let behind = -1;
  const flush = () => {
    const widest = Math.max(0, ...run.map(({ width }) => width));
    for (const { left, right, equals, width } of run) {
      edits.push({ start: left, end: equals, text: ' '.repeat(widest - width + 1) });
      edits.push({ start: equals + 1, end: right, text: ' ' });
    }
    run = [];
  };
  for (const { start, end, key } of fields) {
    const signs = key && equalsOf(text, key.end, key.value);
    if (!signs || (behind >= 0 && /\n[ \t\r]*\n/.test(text.slice(behind, start)))) flush();
    if (signs) run.push({ ...signs, width: displayWidth(text.slice(start, signs.left)) });
    // a value of several lines ends the block that the eye sees
    if (text.slice(start, end).includes('\n')) flush();
    behind = end;
  }
  flush();
}

/** Where key and value leave room for the `=` between them; undefined where a comment or a line break stands there. */
function equalsOf(text: string, keyEnd: number, value: number): { left: number; right: number; equals: number } | undefined {
  const between = tokens(text, keyEnd, value);
  const sign = between.find(({ kind, start }) => kind === 'symbol' && text[start] === '=');
  const closing = between.filter(({ start }) => sign && start < sign.start);
  if (!sign || between.some(({ kind }) => kind === 'comment') || /[\r\n]/.test(text.slice(keyEnd, value))) return undefined;
  const first = between.at(-1)!;
  return { left: closing.at(-1)?.end ?? keyEnd, right: first === sign ? value : first.start, equals: sign.start };
}

function displayWidth(text: string): number {
  return [...text].length;
}

/** No blank before the separator of an entry. */
function evenSeparator(text: string, end: number, edits: OffsetEdit[]): void {
  const token = tokenAt(text, end);
  if (token.kind === 'symbol' && /[,;]/.test(text[token.start]!) && /^[ \t]+$/.test(text.slice(end, token.start)))
    edits.push({ start: end, end: token.start, text: '' });
}
