import type { Position, Range } from 'vscode-languageserver-types';

/** Anything with a text that does not change: a document of the core, an open buffer. */
export interface Text {
  readonly text: string;
}

const known = new WeakMap<Text, readonly number[]>();

/** Starts of the lines as the protocol counts them: there CR alone ends a line too, which Lua and the core do not think. */
export function lineStarts(source: Text): readonly number[] {
  let starts = known.get(source);
  if (!starts) {
    starts = [0, ...[...source.text.matchAll(/\r\n|\n|\r/g)].map(found => found.index + found[0].length)];
    known.set(source, starts);
  }
  return starts;
}

/**
 * Position of an offset.
 * @param offset UTF-16 code units from 0; one outside the text is moved to its nearest end
 * @returns line and character from 0, as the protocol counts them with the encoding utf-16
 */
export function toPosition(source: Text, offset: number): Position {
  const starts = lineStarts(source);
  const at = Math.max(0, Math.min(offset, source.text.length));
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: at - starts[low]! };
}

/** Range of the protocol (from 0) for the half-open stretch of offsets `[start, end)`. */
export function toRange(source: Text, stretch: { readonly start: number; readonly end: number }): Range {
  return { start: toPosition(source, stretch.start), end: toPosition(source, stretch.end) };
}

/**
 * Offset of a position.
 * @param position line and character from 0; one behind a line's end is moved to that end, before the line break
 * @returns UTF-16 code units from 0
 */
export function toOffset(source: Text, position: Position): number {
  const { text } = source;
  const starts = lineStarts(source);
  if (position.line >= starts.length) return text.length;
  const start = starts[Math.max(0, position.line)]!;
  let end = starts[Math.max(0, position.line) + 1] ?? text.length;
  while (end > start && /[\r\n]/.test(text[end - 1]!)) end--;
  return Math.max(start, Math.min(start + position.character, end));
}
