/** A half-open stretch of text: UTF-16 offsets from 0, as JavaScript strings and the Language Server Protocol count. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Replaces `[start, end)` of the text by `text`. */
export interface TextEdit extends Range {
  readonly text: string;
}

/**
 * The text after the edits, all of which are meant against the original text. Order does not matter; of two insertions
 * at one place the one given first comes first.
 * @throws RangeError when an edit lies outside the text or two edits overlap.
 * @example applyEdits('a = 1', [{ start: 4, end: 5, text: '2' }]) // → 'a = 2'
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let out = '';
  let at = 0;
  for (const edit of sortEdits(edits)) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length) {
      throw new RangeError(`edit [${edit.start}, ${edit.end}) overlaps another or lies outside the text`);
    }
    out += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + text.slice(at);
}

/** Edits by place, insertions before replacements at one place; stable otherwise. */
export function sortEdits<Edit extends TextEdit>(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Whether two edits touch the same text, or one place in an order that matters. */
export function overlap(a: TextEdit, b: TextEdit): boolean {
  if (a.start === a.end && b.start === b.end) return a.start === b.start;
  return a.start < b.end && b.start < a.end;
}

/**
 * The smallest edits, line by line, that turn `before` into `after`: common lines stay out of every edit, and each edit
 * is trimmed to the characters that differ. Empty when the texts are equal.
 */
export function minimalEdits(before: string, after: string): TextEdit[] {
  if (before === after) return [];
  const a = splitLines(before);
  const b = splitLines(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const start = sum(a, 0, head);
  const edits: TextEdit[] = [];
  let at = start;
  const flush = (removed: string, added: string) => {
    if (removed !== added) edits.push(trim(at, removed, added));
    at += removed.length;
  };
  let removed = '';
  let added = '';
  for (const step of lineDiff(a.slice(head, a.length - tail), b.slice(head, b.length - tail))) {
    if (step.kind === 'same') {
      flush(removed, added);
      removed = added = '';
      at += step.line.length;
    } else if (step.kind === 'removed') removed += step.line;
    else added += step.line;
  }
  flush(removed, added);
  return edits;
}

function trim(start: number, removed: string, added: string): TextEdit {
  let head = 0;
  while (head < removed.length && head < added.length && removed[head] === added[head]) head++;
  let tail = 0;
  while (tail < removed.length - head && tail < added.length - head && removed.at(-1 - tail) === added.at(-1 - tail)) tail++;
  return { start: start + head, end: start + removed.length - tail, text: added.slice(head, added.length - tail) };
}

type Step = { kind: 'same' | 'removed' | 'added'; line: string };

/** Longest common subsequence of lines; the middle parts that differ are small, and a large one is replaced whole. */
function lineDiff(a: readonly string[], b: readonly string[]): Step[] {
  const whole = [...a.map(line => ({ kind: 'removed' as const, line })), ...b.map(line => ({ kind: 'added' as const, line }))];
  if (a.length * b.length > 4_000_000) return whole;
  const width = b.length + 1;
  const best = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i * width + j] =
        a[i] === b[j] ? best[(i + 1) * width + j + 1]! + 1 : Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!);
    }
  }
  const steps: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      steps.push({ kind: 'same', line: a[i++]! });
      j++;
    } else if (i < a.length && (j === b.length || best[(i + 1) * width + j]! >= best[i * width + j + 1]!)) {
      steps.push({ kind: 'removed', line: a[i++]! });
    } else steps.push({ kind: 'added', line: b[j++]! });
  }
  return steps;
}

function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function sum(lines: readonly string[], from: number, to: number): number {
  let length = 0;
  for (let at = from; at < to; at++) length += lines[at]!.length;
  return length;
}
