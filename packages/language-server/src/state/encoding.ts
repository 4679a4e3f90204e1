import { type Text, toOffset, toPosition } from '@prosodist/language-service';
import type { Position, Range } from 'vscode-languageserver';

/** What a character of a position is: a byte of UTF-8, a unit of UTF-16 (as everywhere else here), a code point. */
export type Encoding = 'utf-8' | 'utf-16' | 'utf-32';

/** The first encoding of a client's list that is known here; UTF-16, which every client speaks, where it says nothing. */
export function encodingOf(offered: readonly string[] | undefined): Encoding {
  return offered?.find(name => name === 'utf-8' || name === 'utf-16' || name === 'utf-32') ?? 'utf-16';
}

/** A position of the client in UTF-16; one inside of a character is moved to its start. */
export function positionFromEncoding(source: Text, position: Position, encoding: Encoding): Position {
  if (encoding === 'utf-16') return position;
  let left = position.character;
  let character = 0;
  for (const sign of lineOf(source, position.line)) {
    const width = widthOf(sign, encoding);
    if (left < width) break;
    left -= width;
    character += sign.length;
  }
  return { line: position.line, character };
}

/** A range of the client in UTF-16. */
export function fromEncoding(source: Text, { start, end }: Range, encoding: Encoding): Range {
  return { start: positionFromEncoding(source, start, encoding), end: positionFromEncoding(source, end, encoding) };
}

/** A position in UTF-16 as the client counts. */
export function positionToEncoding(source: Text, position: Position, encoding: Encoding): Position {
  if (encoding === 'utf-16') return position;
  let character = 0;
  for (const sign of lineOf(source, position.line).slice(0, position.character)) character += widthOf(sign, encoding);
  return { line: position.line, character };
}

/** Packed semantic tokens in UTF-16 as the client counts: where each begins, and how long it is. */
export function tokensToEncoding(source: Text, data: readonly number[], encoding: Encoding): number[] {
  if (encoding === 'utf-16') return [...data];
  const packed: number[] = [];
  let line = 0;
  let character = 0;
  let before = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
    line += down;
    character = down > 0 ? right : character + right;
    const start = positionToEncoding(source, { line, character }, encoding).character;
    const end = positionToEncoding(source, { line, character: character + length }, encoding).character;
    packed.push(down, down > 0 ? start : start - before, end - start, type, modifiers);
    before = start;
  }
  return packed;
}

function lineOf(source: Text, line: number): string {
  const start = toOffset(source, { line, character: 0 });
  if (toPosition(source, start).line !== line) return '';
  return source.text.slice(start, toOffset(source, { line, character: Number.MAX_SAFE_INTEGER }));
}

function widthOf(sign: string, encoding: Encoding): number {
  if (encoding === 'utf-32') return 1;
  const code = sign.codePointAt(0)!;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
