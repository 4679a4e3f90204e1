import { applyEdits, type Changes, lineStart } from '@prosodist/core';
import { type Tree, textOf } from '../../tree.js';

/** Lines shown before and behind a change. */
const AROUND = 2;

interface Hunk {
  /** Index of its first line, from 0, before and after. */
  readonly before: number;
  readonly old: readonly string[];
  readonly now: readonly string[];
}

/** What changes do to the files of a tree, as a patch that people read: the lines that go and come, with those around them. */
export function previewOf(tree: Tree, { edits, creates, links }: Changes): string {
  const byFile = new Map<string, (typeof edits)[number][]>();
  for (const edit of edits) byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), edit]);
  const parts = [
    ...creates.map(
      ({ file, text }) =>
        `--- ${file} (new)\n${lines(text)
          .map(line => `+${line}`)
          .join('\n')}`,
    ),
    ...[...byFile].map(([file, own]) => `--- ${file}\n${filePreview(textOf(tree, file) ?? '', own)}`),
    ...links.map(({ path, target }) => `--- ${path} (new link)\n+${target}`),
  ];
  return `${parts.join('\n\n')}\n`;
}

function filePreview(
  text: string,
  edits: readonly { readonly start: number; readonly end: number; readonly text: string }[],
): string {
  const all = lines(text);
  const hunks: Hunk[] = [];
  const sorted = [...edits].sort((a, b) => a.start - b.start);
  for (let index = 0; index < sorted.length; ) {
    // edits on touching lines are one change
    let last = index;
    const start = lineStart(text, sorted[index]!.start);
    let end = lineEndAfter(text, sorted[index]!.end);
    while (last + 1 < sorted.length && sorted[last + 1]!.start <= end) {
      last += 1;
      end = Math.max(end, lineEndAfter(text, sorted[last]!.end));
    }
    const own = sorted
      .slice(index, last + 1)
      .map(edit => ({ start: edit.start - start, end: edit.end - start, text: edit.text }));
    const old = text.slice(start, end);
    const before = lines(text.slice(0, start)).length - (start === 0 ? 1 : start === text.length && !text.endsWith('\n') ? 0 : 1);
    hunks.push({ before: start === 0 ? 0 : before, old: lines(old), now: lines(applyEdits(old, own)) });
    index = last + 1;
  }
  return hunks.map(hunk => write(all, hunk)).join('\n');
}

function write(all: readonly string[], { before, old, now }: Hunk): string {
  const above = all.slice(Math.max(0, before - AROUND), before);
  const below = all.slice(before + old.length, before + old.length + AROUND);
  const shown = [...above.map(line => ` ${line}`), ...changed(old, now), ...below.map(line => ` ${line}`)];
  return [`@@ line ${before + 1} @@`, ...shown].join('\n');
}

/** What is the same at both ends of a change is no change. */
function changed(old: readonly string[], now: readonly string[]): string[] {
  let first = 0;
  while (first < old.length && first < now.length && old[first] === now[first]) first += 1;
  let last = 0;
  while (last < old.length - first && last < now.length - first && old.at(-1 - last) === now.at(-1 - last)) last += 1;
  return [
    ...old.slice(0, first).map(line => ` ${line}`),
    ...old.slice(first, old.length - last).map(line => `-${line}`),
    ...now.slice(first, now.length - last).map(line => `+${line}`),
    ...(last > 0 ? old.slice(-last).map(line => ` ${line}`) : []),
  ];
}

function lines(text: string): string[] {
  const split = text.split(/\r?\n/);
  if (split.at(-1) === '') split.pop();
  return split;
}

function lineEndAfter(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  return found < 0 ? text.length : found + 1;
}
