import { MASK, type Range } from '@prosodist/core';
import { columnsOf, visible, widthOf } from './visible.js';

/** A piece of a line as it is shown: a character, a tab, or a whole secret. Offsets are those of the file's text. */
interface Cell {
  readonly start: number;
  readonly end: number;
  readonly shown: string;
  /** First column, from 0. */
  readonly column: number;
  readonly width: number;
}

/** A line of a file, ready to be shown, that knows in which column each offset ends up. */
export interface ShownLine {
  readonly text: string;
  /** Column (from 0) of an offset; inside a cell that is shown as one, the cell's first, or its end when `last` is set. */
  column(offset: number, last?: boolean): number;
}

/** Terminals differ in where tabs stop, so they become blanks up to the next multiple of this. */
const TAB = 4;
const CUT = '…';

/**
 * Makes a line of a file ready to be shown.
 * @param text the file's text
 * @param start offset of the line's start, and its end without the line break
 * @param secrets stretches of the file's text to mask
 * @param width columns there are
 * @param around offsets that must be seen when the line is wider than that; the line is cut around them
 */
export function shownLine(
  text: string,
  start: number,
  end: number,
  secrets: readonly Range[],
  width: number,
  around: Range,
): ShownLine {
  // of a line that is a whole file, only what is near the place can be seen anyway
  const near = { start: Math.max(start, around.start - 4 * width), end: Math.min(end, around.start + 8 * width) };
  const [cutHead, cutTail] = [near.start > start, near.end < end];
  const cells = cellsOf(text, near.start, near.end, secrets);
  const total = cells.length === 0 ? 0 : cells.at(-1)!.column + cells.at(-1)!.width;
  const columnIn = (offset: number, last = false) => {
    const cell = cells.find(candidate => offset < candidate.end) ?? { start: near.end, column: total, width: 0 };
    return last && offset > cell.start ? cell.column + cell.width : cell.column;
  };
  if (total <= width && !cutHead && !cutTail) return { text: cells.map(cell => cell.shown).join(''), column: columnIn };

  const [first, last] = [columnIn(around.start), columnIn(around.end, true)];
  // the place itself comes first; a quarter of the width before it shows what it belongs to
  const from = last < width && !cutHead ? 0 : Math.max(0, Math.min(first - Math.floor(width / 4), total - width));
  const to = Math.min(total, from + width);
  const [head, tail] = [cutHead || from > 0, cutTail || to < total];
  const seen = cells.filter(cell => cell.column >= from + (head ? 1 : 0) && cell.column + cell.width <= to - (tail ? 1 : 0));
  const offset = head ? (seen[0]?.column ?? from) - 1 : 0;
  return {
    text: `${head ? CUT : ''}${seen.map(cell => cell.shown).join('')}${tail ? CUT : ''}`,
    column: (place, end) => Math.min(Math.max(columnIn(place, end) - offset, 0), width),
  };
}

function cellsOf(text: string, start: number, end: number, secrets: readonly Range[]): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  const push = (from: number, to: number, shown: string, width: number) => {
    cells.push({ start: from, end: to, shown, column, width });
    column += width;
  };
  const hidden = secrets.filter(range => range.start < end && range.end > start);
  for (let at = start; at < end; ) {
    const secret = hidden.find(range => range.start <= at && at < range.end);
    if (secret) {
      const stop = Math.min(secret.end, end);
      push(at, stop, MASK, MASK.length);
      at = stop;
      continue;
    }
    const unit = text.charCodeAt(at);
    if (unit >= 0x20 && unit <= 0x7e) {
      push(at, at + 1, text[at]!, 1);
      at += 1;
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(at)!);
    if (character === '\t') {
      const width = TAB - (column % TAB);
      push(at, at + 1, ' '.repeat(width), width);
    } else {
      const shown = visible(character);
      push(at, at + character.length, shown, shown === character ? columnsOf(character) : widthOf(shown));
    }
    at += character.length;
  }
  return cells;
}
