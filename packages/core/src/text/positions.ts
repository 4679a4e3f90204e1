/** Where people and editors see an offset: line and column count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The starts of the lines of a text; lines end with LF, and a CR before it belongs to the line's end. */
export interface LineIndex {
  readonly starts: readonly number[];
  readonly length: number;
}

/** Finds the lines of a text once, so that positions can be asked for many times. */
export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return { starts, length: text.length };
}

/** Line and column (from 1) of an offset (from 0); an offset outside the text is moved to its nearest end. */
export function positionAt(index: LineIndex, offset: number): Position {
  const at = Math.max(0, Math.min(offset, index.length));
  let low = 0;
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (index.starts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: at - index.starts[low]! + 1 };
}

/** Offset (from 0) of a line and column (from 1); a line or column outside the text is moved to its nearest end. */
export function offsetAt(index: LineIndex, position: Position): number {
  const line = Math.max(1, Math.min(position.line, index.starts.length));
  const start = index.starts[line - 1]!;
  const end = line < index.starts.length ? index.starts[line]! - 1 : index.length;
  return Math.max(start, Math.min(start + position.column - 1, end));
}

/** The text of a line (from 1) without its line end; empty for a line that is not there. */
export function lineText(text: string, index: LineIndex, line: number): string {
  const start = index.starts[line - 1];
  if (start === undefined) return '';
  const end = index.starts[line] ?? index.length + 1;
  return text.slice(start, end - 1).replace(/\r$/, '');
}

/** Start of the line that holds this offset. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** End of the line that holds this offset: where its CRLF, LF or the end of the text is. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** Index of the first item of a list for which the condition holds, where it holds for all behind that one too; else its length. */
export function firstIndex<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
