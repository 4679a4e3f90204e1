import { dirname, relative, resolve } from 'node:path';
import { type Finding, type NewLink, type Outcome, type Overlay, type PlannedFile, parse } from '@prosodist/core';
import { WriteError, writePlan } from '@prosodist/machine';
import { type Context, learnTree, type Target } from './context.js';
import { colouredDiff, type Diff, fileDiff, linkDiff } from './diff.js';
import { jsonNewFile, maskEdits } from './formats/json.js';
import { plural } from './report.js';
import { CommandError, STATUS } from './status.js';
import { chunk, shownPath, visible } from './visible.js';

export interface ChangeOptions {
  readonly write?: boolean;
  readonly diff?: boolean;
}

/** What a command wants to change, and how it came to that. */
export interface Change {
  readonly files: readonly PlannedFile[];
  readonly links: readonly NewLink[];
  /** Findings whose fixes are in it. */
  readonly applied: readonly Finding[];
  readonly outcomes: readonly Outcome[];
}

/**
 * Shows a change, and writes it when asked.
 * @returns whether there was something to change
 * @throws CommandError with status 4 when a file changed since it was read, 2 when the system refuses
 */
export function deliver(context: Context, target: Target, overlay: Overlay, change: Change, options: ChangeOptions): boolean {
  for (const file of change.files) assertStillParses(file);
  const { secrets, io } = context;
  learnTree(context, overlay.files, target);
  const folder = rootOf(context, target, change);
  const diffs = new Map<PlannedFile | NewLink, Diff>([
    ...change.files.map(file => [file, fileDiff(file, below(context, folder, file.file), secrets)] as const),
    ...change.links.map(link => [link, linkDiff(link, below(context, folder, link.path))] as const),
  ]);
  const whole = [...diffs.values()].map(diff => diff.text).join('');
  const some = diffs.size > 0;
  const masked = [...diffs.values()].some(diff => diff.masked);
  const shows = !context.json && some && (!options.write || options.diff);
  if (shows) io.stdout.write(chunk(colouredDiff(whole, context.colours)));
  if (options.write && some) write(context, target, change);
  if (context.json)
    io.stdout.write(`${JSON.stringify(asJson(context, target, change, diffs, options.write === true && some), null, 2)}\n`);
  else explain(context, change, options.write === true);
  if (!options.write && some && !context.json) context.note(`nothing was written; ${advice(masked, folder)}`);
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

function write(context: Context, target: Target, change: Change): void {
  try {
    const report = writePlan(change, { cwd: context.io.cwd });
    for (const warning of report.warnings) context.note(`warning: ${warning}`);
    if (context.json) return;
    const lines = [
      ...report.files.map(({ file, action, mode }) => {
        const edits = change.files.find(planned => planned.file === file)!.edits.length;
        const what = action === 'created' ? `mode ${mode.toString(8).padStart(4, '0')}` : plural(edits, 'change');
        return `${action} ${visible(displayPath(context, target, file))} (${what})`;
      }),
      ...report.links.map(link => `linked ${visible(displayPath(context, target, link.path))} -> ${visible(link.target)}`),
    ];
    context.io.stdout.write(`${lines.join('\n')}\n`);
    context.note('Prosody goes on with what it has loaded until it is reloaded or restarted');
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    throw new CommandError(error.message, error.code === 'changed' ? STATUS.changed : STATUS.usage, { cause: error });
  }
}

/** What is done, on stderr, so that a diff on stdout stays one. */
function explain(context: Context, { applied, outcomes }: Change, written: boolean): void {
  for (const { at, fix, rule } of applied)
    context.note(`${written ? 'fixed' : 'would fix'} ${visible(shownPath(at.file))}: ${visible(fix!.title)} [${rule}]`);
  for (const outcome of outcomes)
    context.note(`${outcome.status === 'changed' && !written ? 'would change' : outcome.status}: ${visible(outcome.why)}`);
}

function asJson(
  context: Context,
  target: Target,
  change: Change,
  diffs: ReadonlyMap<PlannedFile | NewLink, Diff>,
  written: boolean,
) {
  const { secrets } = context;
  const name = (file: string) => displayPath(context, target, file);
  return {
    files: change.files
      .filter(file => file.before !== null)
      .map(file => ({ file: name(file.file), edits: maskEdits(file.after, file.edits, secrets), diff: diffs.get(file)!.text })),
    creates: change.files
      .filter(file => file.before === null)
      .map(file => jsonNewFile(name(file.file), file.after, file.secret, secrets)),
    links: change.links.map(({ path, target: to }) => ({ path: name(path), target: to })),
    applied: change.applied.map(({ rule, severity, message, at, fix }) => ({
      rule,
      severity,
      message: secrets.hide(message),
      file: shownPath(at.file),
      title: secrets.hide(fix!.title),
      safety: fix!.safety,
    })),
    outcomes: change.outcomes.map(({ status, why }) => ({ status, why: secrets.hide(why) })),
    written,
  };
}

/** The folder in which the diff is to be applied: the tree's own, or `/` when a file lies outside of it. */
function rootOf({ io }: Context, { files, entry }: Target, change: Change): string {
  const folder = dirname(resolve(io.cwd, files.realPath(entry)));
  const all = [...change.files.map(({ file }) => file), ...change.links.map(({ path }) => path)];
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
