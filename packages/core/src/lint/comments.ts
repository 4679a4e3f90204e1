// The comments that tell Prosodist to be silent: `-- prosodist: ignore[rule, rule] reason` and its kin.
import type { Document } from '../syntax/index.js';
import { lineEnd, lineStart, positionAt, type Range } from '../text/index.js';

/** What a comment covers: a line, everything up to an `end`, or the whole file. */
export type Directive = 'ignore' | 'ignore-start' | 'ignore-end' | 'ignore-file';

export const DIRECTIVES: readonly string[] = ['ignore', 'ignore-start', 'ignore-end', 'ignore-file'] satisfies Directive[];

/** A rule's name in such a comment. */
export interface NamedRule extends Range {
  readonly name: string;
}

/** A comment that speaks to Prosodist. Offsets into the document's text. */
export interface DirectiveComment extends Range {
  /** What stands where the directive should; `null` in `kind` where it is none. */
  readonly word: Range & { readonly text: string };
  readonly kind: Directive | null;
  /** What stands between the brackets, or null without brackets. */
  readonly list: Range | null;
  readonly rules: readonly NamedRule[];
  readonly reason: string;
  /** Nothing but blanks stands before it in its line. */
  readonly alone: boolean;
}

// two or more hyphens; a long comment keeps its brackets outside of what matters
const HEAD = /^--+(?:\[(=*)\[)?[ \t]*prosodist:[ \t]*/;
const LIST = /^[ \t]*\[([^\]\n]*)\]/;

/** The comments of a document that speak to Prosodist, in order. */
export function directives(document: Document): DirectiveComment[] {
  // most files have none
  if (!document.text.includes('prosodist:')) return [];
  return document.comments.flatMap(comment => directive(document.text, comment) ?? []);
}

function directive(text: string, { start, end }: Range): DirectiveComment | undefined {
  const whole = text.slice(start, end);
  const head = HEAD.exec(whole);
  if (!head) return undefined;
  const long = head[1] === undefined ? '' : `]${head[1]}]`;
  const body = whole.slice(head[0].length, long && whole.endsWith(long) ? -long.length : undefined);
  const base = start + head[0].length;
  const word = /^[\w-]*/.exec(body)![0];
  const list = LIST.exec(body.slice(word.length));
  const inside = base + word.length + (list ? list[0].length - list[1]!.length - 1 : 0);
  return {
    start,
    end,
    word: { text: word, start: base, end: base + word.length },
    kind: DIRECTIVES.includes(word) ? (word as Directive) : null,
    list: list && { start: inside, end: inside + list[1]!.length },
    rules: list ? names(list[1]!, inside) : [],
    reason: body.slice(word.length + (list?.[0].length ?? 0)).trim(),
    alone: text.slice(lineStart(text, start), start).trim() === '',
  };
}

function names(list: string, base: number): NamedRule[] {
  return [...list.matchAll(/[^\s,]+/g)].map(match => ({
    name: match[0],
    start: base + match.index,
    end: base + match.index + match[0].length,
  }));
}

/** Lines that a comment covers, from 1, both included. */
export interface Lines {
  readonly first: number;
  readonly last: number;
  /** Of an `ignore-start`: the comment that ends it. */
  readonly end?: DirectiveComment;
}

/**
 * The lines that each comment covers; an `ignore-end` without a start has none. `ignore` covers its own line, and alone on its line the next one that is more than
 * comments and blanks; `ignore-start` goes to its `ignore-end`, without one to the end of the file.
 */
export function coverage(document: Document, comments: readonly DirectiveComment[]): Map<DirectiveComment, Lines> {
  const covered = new Map<DirectiveComment, Lines>();
  const open: DirectiveComment[] = [];
  const behind = codeBehind(document);
  const line = (offset: number) => positionAt(document.lines, offset).line;
  for (const comment of comments) {
    if (comment.kind === 'ignore-file') covered.set(comment, { first: 1, last: Infinity });
    else if (comment.kind === 'ignore-start') {
      open.push(comment);
      covered.set(comment, { first: line(comment.start), last: Infinity });
    } else if (comment.kind === 'ignore-end') {
      const started = startOf(open, comment);
      if (!started) continue;
      open.splice(open.indexOf(started), 1);
      const last = line(comment.start);
      covered.set(started, { first: covered.get(started)!.first, last, end: comment });
      covered.set(comment, { first: last, last });
    } else if (comment.kind === 'ignore') {
      const at = comment.alone ? behind.get(comment.start)! : line(comment.start);
      covered.set(comment, { first: at, last: at });
    }
  }
  return covered;
}

/** The comment that an `ignore-end` ends: the last one that is open, with the same rules where it names some. */
function startOf(open: readonly DirectiveComment[], end: DirectiveComment): DirectiveComment | undefined {
  const key = (comment: DirectiveComment) =>
    comment.rules
      .map(rule => rule.name)
      .sort()
      .join();
  return open.findLast(start => end.list === null || key(start) === key(end));
}

/** The line of what comes first behind each comment and is none, by the comment's start. */
function codeBehind({ text, comments, lines }: Document): Map<number, number> {
  const found = new Map<number, number>();
  const blank = /\s*/y;
  for (const comment of [...comments].reverse()) {
    blank.lastIndex = comment.end;
    blank.test(text);
    const at = blank.lastIndex;
    found.set(comment.start, found.get(at) ?? positionAt(lines, at).line);
  }
  return found;
}

/** The stretch to take away with a comment: its line where it is alone there, else it and the blanks before it. */
export function wholeComment(text: string, { start, end }: Range): Range {
  const first = lineStart(text, start);
  const blank = text.slice(first, start).trim() === '';
  const rest = text.slice(end, lineEnd(text, end));
  if (blank && rest.trim() === '') {
    const next = text.indexOf('\n', end);
    return { start: first, end: next < 0 ? text.length : next + 1 };
  }
  const before = /[ \t]*$/.exec(text.slice(first, start))![0].length;
  return { start: blank ? start : start - before, end };
}
