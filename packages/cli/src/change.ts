import { lstatSync, readlinkSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { decode, type Finding, type NewLink, type Overlay, type PlannedFile, parse } from '@prosodist/core';
import { osPath, type Writable, type WriteReport } from '@prosodist/machine';
import { type Context, learnTree, type Target } from './context.js';
import { colouredDiff, type Diff, fileDiff, linkDiff, removedDiff } from './diff.js';
import { jsonNewFile, maskEdits } from './formats/json.js';
import type { Outcomes } from './operate.js';
import { errorLines, jsonOutcomes, refusalOfErrors } from './refusal.js';
import { plural } from './report.js';
import { chunk, shownPath, visible } from './visible.js';
import { type Judging, newErrors, type WriteOptions, writeWith } from './writing.js';

export interface ChangeOptions extends WriteOptions {
  readonly diff?: boolean;
  /** Only say whether something would change. */
  readonly check?: boolean;
}

/** What a command tells of its change beside the diff: sentences for people, keys for JSON. */
export interface Explanation {
  readonly lines: readonly string[];
  readonly json: Readonly<Record<string, unknown>>;
}

/** What a command wants to change, and how it came to that. */
export interface Change extends Writable {
  /** Findings whose fixes are in it. */
  readonly applied: readonly Finding[];
  readonly outcomes: Outcomes;
  /** Files in it that are no Lua, by their names in `files`. */
  readonly foreign?: readonly string[];
  /** What is an error in this tree, where its settings say so. */
  readonly judging?: Judging;
  readonly explanation?: Explanation;
}

/**
 * Shows a change, and writes it when asked.
 * @returns whether there was something to change
 * @throws CommandError with status 3 when it brings in an error or is not accepted by what verifies it, 4 when a file changed
 *   since it was read, 2 when the system refuses
 */
export function deliver(context: Context, target: Target, overlay: Overlay, change: Change, options: ChangeOptions): boolean {
  // what was there before may come back, whatever it is
  if (change.undoes === undefined)
    for (const file of change.files) if (!change.foreign?.includes(file.file)) assertStillParses(file);
  const { secrets, io } = context;
  learnTree(context, overlay.files, target);
  const folder = rootOf(context, target, change);
  const removes = change.removes ?? [];
  const diffs = new Map<PlannedFile | NewLink | string, Diff>([
    ...change.files.map(file => [file, fileDiff(file, below(context, folder, file.file), secrets)] as const),
    ...change.links.map(link => [link, linkDiff(link, below(context, folder, link.path))] as const),
    ...removes.map(file => [file, diffOfRemoved(context, target, folder, file)] as const),
  ]);
  const whole = [...diffs.values()].map(diff => diff.text).join('');
  const some = diffs.size > 0;
  const masked = [...diffs.values()].some(diff => diff.masked);
  const shows = !context.json && some && (!(options.write || options.check) || options.diff);
  if (shows) io.stdout.write(chunk(colouredDiff(whole, context.colours)));
  if (some && change.undoes === undefined) refuseErrors(context, target, overlay, change, options);
  const report = options.write && some ? write(context, target, change, options) : undefined;
  if (context.json) io.stdout.write(`${JSON.stringify(asJson(context, target, change, diffs, report), null, 2)}\n`);
  else explain(context, change, options.write === true);
  if (!options.write && !options.check && some && !context.json) context.note(`nothing was written; ${advice(masked, folder)}`);
  else if (shows && masked) context.note('secrets in the diff are masked; --show-secrets prints them');
  return some;
}

function advice(masked: boolean, folder: string): string {
  if (!masked) return `use --write, or give the diff to \`patch -p1 -d ${folder}\``;
  return 'use --write (secrets in the diff are masked, so it cannot be applied; --show-secrets prints them)';
}

/** A change that breaks a file is a mistake of ours, and must never reach the disk. */
function assertStillParses({ file, before, after }: PlannedFile): void {
  if (parse(after).problems.length > 0 && (before === null || parse(before).problems.length === 0))
    throw new Error(`the change would make ${file} invalid; nothing was written`);
}

/** Our own check always verifies a change: what is an error now was one before. */
function refuseErrors(
  context: Context,
  target: Target,
  { files }: Overlay,
  { outcomes, judging }: Change,
  options: ChangeOptions,
): void {
  const errors = newErrors(context, target, files, judging);
  if (errors.length === 0) return;
  // what --check says has to hold when the same command writes
  if (options.write || options.check) throw refusalOfErrors(context, files, errors, outcomes);
  const what = `the change brings in ${plural(errors.length, 'error')}`;
  context.note(`warning: ${what}, so --write will refuse it${errorLines(errors)}`);
}

function write(context: Context, target: Target, change: Change, options: WriteOptions): WriteReport {
  const report = writeWith(context, target, change, options);
  if (context.json) return report;
  const name = (file: string) => visible(displayPath(context, target, file));
  const lines = [
    ...report.files.map(({ file, action, mode, backup }) => {
      const edits = change.files.find(planned => planned.file === file)!.edits.length;
      const what = action === 'created' ? `mode ${octal(mode)}` : plural(edits, 'change');
      return `${action} ${name(file)} (${what}${backup === null ? '' : `; the old text is in ${name(backup)}`})`;
    }),
    ...report.links.map(link => `linked ${name(link.path)} -> ${visible(link.target)}`),
    ...report.removes.map(file => `removed ${name(file)}`),
  ];
  context.io.stdout.write(`${lines.join('\n')}\n`);
  context.note('Prosody goes on with what it has loaded until it is reloaded or restarted');
  return report;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

function diffOfRemoved(context: Context, { files }: Target, folder: string, file: string): Diff {
  const path = osPath(file, context.io.cwd);
  const stat = lstatSync(path);
  const link = stat.isSymbolicLink() ? decode(readlinkSync(path, { encoding: 'buffer' })) : undefined;
  const read = files.readFile(file);
  const text = link ?? (read.ok ? read.text : '');
  return removedDiff(
    text,
    below(context, folder, file),
    link === undefined ? octal(stat.mode & 0o777) : undefined,
    context.secrets,
  );
}

/** What is done, on stderr, so that a diff on stdout stays one. */
function explain(context: Context, { applied, outcomes, explanation }: Change, written: boolean): void {
  for (const { at, fix, rule } of applied)
    context.note(`${written ? 'fixed' : 'would fix'} ${visible(shownPath(at.file))}: ${visible(fix!.title)} [${rule}]`);
  for (const outcome of outcomes)
    context.note(`${outcome.status === 'changed' && !written ? 'would change' : outcome.status}: ${visible(outcome.why)}`);
  for (const line of explanation?.lines ?? []) context.note(visible(line));
}

function asJson(
  context: Context,
  target: Target,
  change: Change,
  diffs: ReadonlyMap<PlannedFile | NewLink | string, Diff>,
  report: WriteReport | undefined,
) {
  const { secrets } = context;
  const name = (file: string) => displayPath(context, target, file);
  const written = (path: string) => {
    const done = report?.files.find(({ file }) => file === path);
    if (!done) return {};
    const { file: _, mode, backup, ...rest } = done;
    return { report: { ...rest, mode: octal(mode), backup: backup === null ? null : name(backup) } };
  };
  return {
    changed: diffs.size > 0,
    written: report !== undefined,
    files: change.files
      .filter(file => file.before !== null)
      .map(file => ({
        file: name(file.file),
        edits: maskEdits(file.after, file.edits, secrets),
        diff: diffs.get(file)!.text,
        ...written(file.file),
      })),
    creates: change.files
      .filter(file => file.before === null)
      .map(file => ({ ...jsonNewFile(name(file.file), file.after, file.secret, secrets), ...written(file.file) })),
    links: change.links.map(({ path, target: to }) => ({ path: name(path), target: to })),
    removes: (change.removes ?? []).map(name),
    applied: change.applied.map(({ rule, severity, message, at, fix }) => ({
      rule,
      severity,
      message: secrets.hide(message),
      file: shownPath(at.file),
      title: secrets.hide(fix!.title),
      safety: fix!.safety,
    })),
    outcomes: jsonOutcomes(change.outcomes, text => secrets.hide(text)),
    refusals: [],
    ...change.explanation?.json,
    ...(report && { id: report.id, warnings: report.warnings }),
  };
}

/** The folder in which the diff is to be applied: the tree's own, or `/` when a file lies outside of it. */
function rootOf({ io }: Context, { files, entry }: Target, change: Change): string {
  const folder = dirname(resolve(io.cwd, files.realPath(entry)));
  const all = [...change.files.map(({ file }) => file), ...change.links.map(({ path }) => path), ...(change.removes ?? [])];
  return all.every(file => resolve(io.cwd, file).startsWith(`${folder}/`)) ? folder : '/';
}

function below({ io }: Context, folder: string, file: string): string {
  return relative(folder, resolve(io.cwd, file));
}

/** A file as the user would write it: relative where the entry was given so. */
export function displayPath({ io }: Context, { entry }: Target, file: string): string {
  const path = relative(io.cwd, resolve(io.cwd, file));
  return entry.startsWith('/') || path.startsWith('..') ? resolve(io.cwd, file) : path;
}
