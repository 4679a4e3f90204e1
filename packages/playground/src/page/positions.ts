import type { Text } from '@codemirror/state';
import type { Position, Range } from 'vscode-languageserver-types';

/** Offset in the editor of a line and character from 0; what lies outside the text is moved to its nearest end. */
export function offsetIn(doc: Text, { line, character }: Position): number {
  if (line >= doc.lines) return doc.length;
  const { from, to } = doc.line(Math.max(0, line) + 1);
  return Math.min(from + Math.max(0, character), to);
}

/** The stretch of the editor's text that a range is. */
export function rangeIn(doc: Text, { start, end }: Range): { from: number; to: number } {
  const from = offsetIn(doc, start);
  return { from, to: Math.max(from, offsetIn(doc, end)) };
}

/** Line and character, from 0, of an offset in the editor. */
export function positionIn(doc: Text, offset: number): Position {
  const line = doc.lineAt(offset);
  return { line: line.number - 1, character: offset - line.from };
}
