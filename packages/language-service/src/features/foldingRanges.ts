import { type Document, lineStart } from '@prosodist/core';
import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver-types';
import { eachNode } from '../names/nodes.js';
import { toPosition } from '../positions.js';
import { sectionsOf } from '../sections.js';
import { findFile, type Tree } from '../tree.js';

/**
 * What can be folded: sections, tables, calls, functions and blocks, strings of several lines, comments, and comments in
 * `--{{{` … `--}}}` as Vim folds them. Whole lines, which every client can show.
 * @param limit the most that the client wants, the longest ones then
 */
export function foldingRanges(tree: Tree, path: string, limit = 5000): FoldingRange[] {
  const file = findFile(tree, path);
  if (!file) return [];
  const { document } = file;
  const found = new Map<string, FoldingRange>();
  const add = (start: number, end: number, kind?: FoldingRangeKind, keepLast = false) => {
    const startLine = toPosition(document, start).line;
    // the line of a closing brace stays in sight
    const endLine = toPosition(document, end).line - (keepLast ? 1 : 0);
    const key = `${startLine}`;
    const other = found.get(key);
    // two that begin on one line cannot be told apart by whoever folds there: the longer one
    if (endLine <= startLine || (other && other.endLine >= endLine)) return;
    found.set(key, kind === undefined ? { startLine, endLine } : { startLine, endLine, kind });
  };
  for (const { opening, start, end } of sectionsOf(file)) {
    if (!opening || opening.table) continue;
    const text = document.text.slice(start, end).trimEnd();
    add(Math.max(start, lineStart(document.text, opening.origin.start)), start + text.length);
  }
  for (const { node, base } of document.statements) {
    eachNode(node, ({ type, range: [start, end] }) => {
      if (FOLDED.has(type)) add(base + start, base + end, undefined, type !== 'StringLiteral');
    });
  }
  foldComments(document, add);
  const ranges = [...found.values()].sort((a, b) => a.startLine - b.startLine);
  if (ranges.length <= limit) return ranges;
  const longest = new Set([...ranges].sort((a, b) => b.endLine - b.startLine - (a.endLine - a.startLine)).slice(0, limit));
  return ranges.filter(range => longest.has(range));
}

const FOLDED = new Set([
  'TableConstructorExpression',
  'StringLiteral',
  'CallExpression',
  'FunctionDeclaration',
  'IfStatement',
  'WhileStatement',
  'RepeatStatement',
  'DoStatement',
  'ForNumericStatement',
  'ForGenericStatement',
]);

/** Block comments, runs of comment lines, and what Vim's marks enclose. */
function foldComments({ text, comments }: Document, add: (start: number, end: number, kind?: FoldingRangeKind) => void): void {
  const marks: number[] = [];
  const isMark = ({ start, end }: { start: number; end: number }) => /\{\{\{|\}\}\}/.test(text.slice(start, end));
  for (let index = 0; index < comments.length; index++) {
    const first = comments[index]!;
    let last = first;
    if (isMark(first)) continue;
    if (isAlone(text, first.start)) {
      for (let next = comments[index + 1]; next && !isMark(next); next = comments[index + 1]) {
        if (!/^\r?\n[ \t]*$/.test(text.slice(last.end, next.start))) break;
        last = next;
        index += 1;
      }
    }
    add(first.start, last.end, FoldingRangeKind.Comment);
  }
  for (const { start, end } of comments) {
    const comment = text.slice(start, end);
    if (comment.includes('{{{')) marks.push(start);
    const opened = comment.includes('}}}') ? marks.pop() : undefined;
    if (opened !== undefined) add(opened, end, FoldingRangeKind.Region);
  }
}

function isAlone(text: string, at: number): boolean {
  return text.slice(lineStart(text, at), at).trim() === '';
}
