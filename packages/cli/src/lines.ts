import { type LineIndex, lineIndex } from '@prosodist/core';

const MOST = 16;
const known = new Map<string, LineIndex>();

/** The lines of a text. Reports ask for a few files again and again, so those are kept. */
export function linesOf(text: string): LineIndex {
  let index = known.get(text);
  if (!index) {
    index = lineIndex(text);
    if (known.size >= MOST) known.clear();
    known.set(text, index);
  }
  return index;
}
