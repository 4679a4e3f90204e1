import { firstIndex, lineEnd, lineStart, ownership, readString, tokenAt, tokens } from '@prosodist/core';
import type { Position, SelectionRange } from 'vscode-languageserver-types';
import { nodesAround } from '../names/nodes.js';
import { toOffset, toRange } from '../positions.js';
import { sectionAt } from '../sections.js';
import { findFile, type Tree, type TreeFile } from '../tree.js';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What grows around each position: word, string, entry, table, statement, statement with its comments, section, file. */
export function selectionRanges(tree: Tree, path: string, positions: readonly Position[]): SelectionRange[] {
  const file = findFile(tree, path);
  return positions.map(position => {
    if (!file) return { range: { start: position, end: position } };
    const stretches = stretchesAround(file, toOffset(file.document, position));
    return stretches.reduceRight<SelectionRange | undefined>(
      (parent, stretch) => ({ range: toRange(file.document, stretch), ...(parent && { parent }) }),
      undefined,
    )!;
  });
}

/** Stretches around an offset, each inside of the next; the last is the whole file. */
function stretchesAround(file: TreeFile, offset: number): Stretch[] {
  const { document } = file;
  const { text, statements, comments } = document;
  const section = sectionAt(file, offset);
  const found: Stretch[] = [...wordsAt(text, offset)];
  const comment = comments.find(({ start, end }) => start <= offset && offset <= end);
  if (comment) found.push(comment);
  const statement = statements[firstIndex(statements, ({ end }) => end >= offset)];
  if (statement && statement.start <= offset) {
    const { base, start, end, node } = statement;
    for (const { range } of nodesAround(node, offset - base, offset - base))
      found.push({ start: base + range[0], end: base + range[1] });
    found.push({ start, end }, ownership(document, start, end));
  }
  found.push({ start: lineStart(text, offset), end: lineEnd(text, offset) }, section, { start: 0, end: text.length });
  return nested(found.filter(({ start, end }) => start <= offset && offset <= end));
}

/** The word at an offset, the token, and a string's content. */
function wordsAt(text: string, offset: number): Stretch[] {
  const line = lineStart(text, offset);
  const before = /[\w.-]*$/.exec(text.slice(line, offset))![0].length;
  const behind = /^[\w.-]*/.exec(text.slice(offset, lineEnd(text, offset)))![0].length;
  const found: Stretch[] = before + behind > 0 ? [{ start: offset - before, end: offset + behind }] : [];
  const token = tokens(text, line, lineEnd(text, offset)).find(({ start, end }) => start <= offset && offset <= end);
  const whole = token && tokenAt(text, token.start);
  if (whole?.kind !== 'string' || whole.flaw) return found;
  const { value, sourceOffset } = readString(text.slice(whole.start, whole.end));
  return [...found, { start: whole.start + sourceOffset(0), end: whole.start + sourceOffset(value.length) }, whole];
}

/** The stretches that lie inside each other, from the smallest; what crosses a smaller one is left out. */
function nested(stretches: readonly Stretch[]): Stretch[] {
  const kept: Stretch[] = [];
  for (const next of [...stretches].sort((a, b) => a.end - a.start - (b.end - b.start))) {
    const inner = kept.at(-1);
    if (!inner) kept.push(next);
    else if (next.start <= inner.start && inner.end <= next.end && next.end - next.start > inner.end - inner.start)
      kept.push(next);
  }
  return kept;
}
