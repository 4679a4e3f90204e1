import { nearestNames } from '../catalog/index.js';
import type { Configuration, Origin } from '../evaluate/index.js';
import { editsOnly } from '../patch/change.js';
import type { Finding, Fix } from '../rules/finding.js';
import type { RuleFinding } from '../rules/rule.js';
import { listWords } from '../rules/support/words.js';
import type { Document } from '../syntax/index.js';
import { positionAt, type Range } from '../text/index.js';
import { coverage, DIRECTIVES, type DirectiveComment, directives, type Lines, wholeComment } from './comments.js';

/** A finding that a comment in the file hides. */
export interface SuppressedFinding {
  readonly finding: Finding;
  /** The comment that hides it. */
  readonly by: Origin;
  /** What the comment says behind its rules. */
  readonly reason: string;
}

/** One file that has such comments. */
interface CommentedFile {
  readonly file: string;
  readonly document: Document;
  readonly comments: readonly DirectiveComment[];
  readonly covered: ReadonlyMap<DirectiveComment, Lines>;
  /** Those that cover one line, by its number. */
  readonly byLine: ReadonlyMap<number, readonly DirectiveComment[]>;
  /** Those that cover more. */
  readonly wide: readonly DirectiveComment[];
}

function commentedFile(file: string, document: Document, comments: readonly DirectiveComment[]): CommentedFile {
  const covered = coverage(document, comments);
  const byLine = new Map<number, DirectiveComment[]>();
  for (const comment of comments) {
    if (comment.kind !== 'ignore') continue;
    const { first } = covered.get(comment)!;
    byLine.set(first, [...(byLine.get(first) ?? []), comment]);
  }
  const wide = comments.filter(({ kind }) => kind === 'ignore-start' || kind === 'ignore-file');
  return { file, document, comments, covered, byLine, wide };
}

/** The comments of some readings, and what they hide. */
export class Suppressions {
  private readonly files = new Map<string, CommentedFile>();
  /** `file`, start of the comment and rule of every one that has hidden something. */
  private readonly used = new Set<string>();

  constructor(
    configurations: readonly Configuration[],
    private readonly realPath: (path: string) => string,
  ) {
    for (const [file, document] of configurations.flatMap(({ documents }) => [...documents])) {
      const comments = directives(document);
      if (comments.length > 0 && !this.files.has(file)) this.files.set(file, commentedFile(file, document, comments));
    }
  }

  get any(): boolean {
    return this.files.size > 0;
  }

  /** Every rule that a comment names. */
  names(): Set<string> {
    return new Set(
      [...this.files.values()].flatMap(({ comments }) => comments.flatMap(({ rules }) => rules.map(rule => rule.name))),
    );
  }

  /** Parts findings into those that stay and those that a comment hides. */
  apply(findings: readonly Finding[]): { kept: Finding[]; suppressed: SuppressedFinding[] } {
    const kept: Finding[] = [];
    const suppressed: SuppressedFinding[] = [];
    for (const finding of findings) {
      const hidden = this.hides(finding);
      if (hidden) suppressed.push({ finding, ...hidden });
      else kept.push(finding);
    }
    return { kept, suppressed };
  }

  private hides({ rule, at }: Finding): Omit<SuppressedFinding, 'finding'> | undefined {
    const commented = this.files.get(at.file);
    if (!commented) return undefined;
    const { lines } = commented.document;
    const first = positionAt(lines, at.start).line;
    const last = positionAt(lines, Math.max(at.start, at.end - 1)).line;
    // what begins or ends on the line of the comment: a place of many lines has no other line for one
    const near = [...new Set([first, last])].flatMap(line => commented.byLine.get(line) ?? []);
    const around = commented.wide.filter(comment => {
      const range = commented.covered.get(comment)!;
      return [first, last].some(line => line >= range.first && line <= range.last);
    });
    const all = [...near, ...around].filter(({ rules }) => rules.some(({ name }) => name === rule));
    for (const comment of all) this.used.add(this.key(at.file, comment, rule));
    const [by] = all;
    return by && { by: { file: at.file, start: by.start, end: by.end }, reason: by.reason };
  }

  private key(file: string, comment: DirectiveComment, rule: string): string {
    return JSON.stringify([this.realPath(file), comment.start, rule]);
  }

  /** What unknown-suppression reports. In: the names of all rules. */
  unknown(known: ReadonlySet<string>): RuleFinding[] {
    return this.eachComment((file, comment) => unknownIn(file, comment, known));
  }

  /** What unused-suppression reports, when every rule that a comment names has been applied. */
  unused(known: ReadonlySet<string>): RuleFinding[] {
    return this.eachComment((file, comment) => {
      if (comment.kind === null) return [];
      if (comment.kind === 'ignore-end') return file.covered.has(comment) ? [] : [endsNothing(file, comment)];
      const unneeded = comment.rules.filter(
        ({ name }) => known.has(name) && !OF_COMMENTS.has(name) && !this.used.has(this.key(file.file, comment, name)),
      );
      return unneeded.length === 0 ? [] : [nothingToIgnore(file, comment, unneeded)];
    });
  }

  private eachComment(report: (file: CommentedFile, comment: DirectiveComment) => RuleFinding[]): RuleFinding[] {
    return [...this.files.values()].flatMap(file => file.comments.flatMap(comment => report(file, comment)));
  }
}

/** The rules about the comments themselves: whether a comment that hides them is needed is not asked. */
const OF_COMMENTS = new Set(['unused-suppression', 'unknown-suppression']);

function unknownIn(file: CommentedFile, comment: DirectiveComment, known: ReadonlySet<string>): RuleFinding[] {
  const { word, kind, list, rules } = comment;
  if (kind === null) return misspelt(file, comment);
  if (kind !== 'ignore-end' && rules.length === 0)
    return [
      {
        message: 'this comment names no rule, so it hides nothing',
        why: 'Everything would be hidden, also what nobody has seen yet.',
        help: `Write the rule in brackets: \`${kind}[unknown-option] why\`.`,
        at: place(file, list && list.end > list.start ? list : word),
      },
    ];
  const names = [...known];
  const unknown = rules.filter(({ name }) => !known.has(name)).map(rule => ({ rule, near: nearestNames(rule.name, names) }));
  // all that mean nothing go at once: one at a time, a long list would take a pass each
  const meaningless = unknown.filter(({ near }) => near.length === 0).map(({ rule }) => rule);
  return unknown.map(({ rule, near }) => ({
    message: `there is no rule \`${rule.name}\``,
    why: 'The comment hides nothing of that name.',
    help: near.length > 0 ? `Write ${orWords(near)}, if that is meant.` : 'Take the name out; `prosodist rules` lists the rules.',
    at: place(file, rule),
    fix:
      near.length === 1 ? rename(file, rule, near[0]!, 'unsafe') : near.length > 1 ? null : without(file, comment, meaningless),
  }));
}

/** A word in place of the directive: reported where it is clearly one misspelt, for the rest is prose. */
function misspelt(file: CommentedFile, { word, list }: DirectiveComment): RuleFinding[] {
  const near = nearestNames(word.text, DIRECTIVES);
  if (word.text === '' || (near.length === 0 && !list)) return [];
  return [
    {
      message: `\`${word.text}\` is no instruction to Prosodist`,
      why: 'The comment hides nothing.',
      help: `Write ${orWords(near.length > 0 ? near : DIRECTIVES)}.`,
      at: place(file, word),
      fix: near.length === 1 ? rename(file, word, near[0]!, 'safe') : null,
    },
  ];
}

function orWords(words: readonly string[]): string {
  return listWords(
    words.map(word => `\`${word}\``),
    'or',
  );
}

function endsNothing(file: CommentedFile, comment: DirectiveComment): RuleFinding {
  return {
    message: 'this comment ends nothing',
    why: 'No `ignore-start` that it could belong to is open here.',
    help: 'Remove it, or begin the block with `ignore-start[rule]`.',
    at: place(file, comment.word),
    fix: without(file, comment, comment.rules),
  };
}

function nothingToIgnore(file: CommentedFile, comment: DirectiveComment, rules: DirectiveComment['rules']): RuleFinding {
  const where = { ignore: 'on this line', 'ignore-file': 'in this file' }[comment.kind as string] ?? 'in this block';
  return {
    message: `there is nothing to ignore ${where}: ${listWords(rules.map(({ name }) => `\`${name}\``))}`,
    why: 'What was wrong has been mended, or stands on another line. The comment would hide the next finding.',
    help: comment.rules.length === rules.length ? 'Remove the comment.' : 'Take the rule out of the comment.',
    at: place(file, { start: rules[0]!.start, end: rules.at(-1)!.end }),
    fix: without(file, comment, rules),
  };
}

function place({ file }: CommentedFile, { start, end }: Range): Origin {
  return { file, start, end };
}

function rename({ file }: CommentedFile, { start, end }: Range, to: string, safety: Fix['safety']): Fix {
  return { title: `Write ${to}`, safety, ...editsOnly([{ file, start, end, text: to }]) };
}

/** Takes rules out of a comment, and the comment with its last rule; the comment that ends the block goes along. */
function without({ file, document, covered }: CommentedFile, comment: DirectiveComment, rules: DirectiveComment['rules']): Fix {
  const end = covered.get(comment)?.end;
  const left = comment.rules.filter(rule => !rules.includes(rule)).map(({ name }) => name);
  const both = [comment, ...(end ? [end] : [])];
  const edits =
    left.length === 0
      ? both.map(one => ({ file, ...wholeComment(document.text, one), text: '' }))
      : both.flatMap(one => (one.list ? [{ file, ...one.list, text: left.join(', ') }] : []));
  const title = left.length === 0 ? 'Remove the comment' : `Take ${listWords(rules.map(({ name }) => name))} out`;
  return { title, safety: 'safe', ...editsOnly(edits) };
}
