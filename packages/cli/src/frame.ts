import { type LineIndex, lineEnd, positionAt, type Range } from '@prosodist/core';
import type { Colours } from './colour.js';
import { shownLine } from './line-cells.js';
import { linesOf } from './lines.js';
import { visible, widthOf, wrap } from './visible.js';

/** A place in a file, with what is to be said there. */
export interface Mark extends Range {
  readonly label: string;
  readonly primary: boolean;
}

export interface FrameOptions {
  readonly width: number;
  readonly colours: Colours;
  /** Colour of the primary mark. */
  readonly colour: (text: string) => string;
  /** Width of the line numbers. */
  readonly gutter: number;
  readonly secrets: readonly Range[];
}

/** Lines that a mark may have before only its first and last are shown. */
const WHOLE = 4;

/**
 * The lines of a file that marks are on, with the marks under them.
 * @returns lines, without the one that names the file
 */
export function frame(text: string, marks: readonly Mark[], options: FrameOptions): string[] {
  const index = linesOf(text);
  const byLine = new Map<number, { mark: Mark; start: number; end: number; labelled: boolean }[]>();
  for (const mark of marks) {
    const pieces = piecesOf(text, index, mark);
    for (const [at, piece] of pieces.entries()) {
      const others = byLine.get(piece.line) ?? [];
      others.push({ mark, start: piece.start, end: piece.end, labelled: at === pieces.length - 1 });
      byLine.set(piece.line, others);
    }
  }
  const { colours, gutter } = options;
  const bar = colours.blue('|');
  const out = [`${' '.repeat(gutter)} ${bar}`];
  let before: number | undefined;
  for (const line of [...byLine.keys()].sort((a, b) => a - b)) {
    if (before !== undefined && line === before + 2) out.push(...plainLine(text, index, before + 1, options));
    else if (before !== undefined && line > before + 1) out.push(colours.blue('...'));
    out.push(...markedLine(text, index, line, byLine.get(line)!, options));
    before = line;
  }
  return out;
}

/** The stretches of a mark's lines that are shown, without indentation. */
function piecesOf(text: string, index: LineIndex, mark: Mark): { line: number; start: number; end: number }[] {
  const first = positionAt(index, mark.start).line;
  const last = positionAt(index, Math.max(mark.start, mark.end - 1)).line;
  const lines = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const shown = lines.length <= WHOLE ? lines : [first, last];
  const pieces = shown.map(line => {
    const from = Math.max(mark.start, index.starts[line - 1]!);
    const to = Math.min(mark.end, lineEnd(text, from));
    const blank = line === first ? 0 : /^[ \t]*/.exec(text.slice(from, to))![0].length;
    return { line, start: from + blank, end: to };
  });
  return pieces.filter((piece, at) => at === 0 || piece.end > piece.start);
}

function plainLine(text: string, index: LineIndex, line: number, options: FrameOptions): string[] {
  const start = index.starts[line - 1]!;
  const shown = shownLine(text, start, lineEnd(text, start), options.secrets, contentWidth(options), { start, end: start });
  return [sourceLine(line, shown.text, options)];
}

function markedLine(
  text: string,
  index: LineIndex,
  line: number,
  marks: readonly { mark: Mark; start: number; end: number; labelled: boolean }[],
  options: FrameOptions,
): string[] {
  const start = index.starts[line - 1]!;
  const [main] = marks.filter(({ mark }) => mark.primary).concat(marks);
  const shown = shownLine(text, start, lineEnd(text, start), options.secrets, contentWidth(options), main!);
  const rows = [...marks]
    .sort((a, b) => Number(b.mark.primary) - Number(a.mark.primary) || b.start - a.start)
    .flatMap(({ mark, start: from, end, labelled }) => {
      const column = shown.column(from);
      const length = Math.max(1, shown.column(end, true) - column);
      return underline(column, length, mark, labelled ? visible(mark.label) : '', options);
    });
  return [sourceLine(line, shown.text, options), ...rows];
}

function underline(column: number, length: number, mark: Mark, label: string, options: FrameOptions): string[] {
  const { colours } = options;
  const colour = mark.primary ? options.colour : colours.blue;
  const head = `${' '.repeat(options.gutter)} ${colours.blue('|')} `;
  const line = `${head}${' '.repeat(column)}${colour((mark.primary ? '^' : '-').repeat(length))}`;
  if (label === '') return [line];
  const width = contentWidth(options);
  if (column + length + 1 + widthOf(label) <= width) return [`${line} ${colour(label)}`];
  // no room beside it: below, as far right as it fits
  const room = Math.max(column + 20, width) - column;
  const rows = wrap(label, Math.max(20, Math.min(room, width)));
  const indent = Math.max(0, Math.min(column, width - Math.max(...rows.map(widthOf))));
  return [line, ...rows.map(row => `${head}${' '.repeat(indent)}${colour(row)}`)];
}

function sourceLine(line: number, shown: string, { colours, gutter }: FrameOptions): string {
  return `${colours.blue(`${String(line).padStart(gutter)} |`)} ${shown}`.trimEnd();
}

function contentWidth({ width, gutter }: FrameOptions): number {
  return Math.max(20, width - gutter - 3);
}
