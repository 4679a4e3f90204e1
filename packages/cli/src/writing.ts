import {
  baseName,
  type FileSystem,
  type Finding,
  folderOf,
  globMatches,
  type LintOptions,
  lint,
  load,
  type Plan,
} from '@prosodist/core';
import {
  interruptedWrite,
  recover,
  type Writable,
  WriteError,
  type WriteMode,
  type WriteReport,
  writePlan,
} from '@prosodist/machine';
import type { Context, Target } from './context.js';
import { refusalOfVerify } from './refusal.js';
import { plural } from './report.js';
import { CommandError, STATUS } from './status.js';
import { shownPath, visible } from './visible.js';

/** How to write, as the options of all commands that write say it. */
export interface WriteOptions {
  readonly write?: boolean;
  /** Empty for the usual ending. */
  readonly backup?: string;
  readonly verify?: readonly string[];
  readonly writeMode?: WriteMode;
}

const USUAL_BACKUP = '.bak';

/**
 * Takes back what an interrupted write left, so that a command that writes reads a whole tree; a command that does not
 * write only tells of it.
 * @returns whether there was one
 * @throws CommandError with status 4 when another process is writing
 */
export function settle(context: Context, { entry }: Target, write: boolean | undefined): boolean {
  const { cwd } = context.io;
  if (!write) return warnOfInterrupted(context, entry);
  try {
    const recovered = recover(entry, { cwd });
    if (recovered) tellRecovered(context, recovered);
    return recovered !== undefined;
  } catch (error) {
    throw asCommandError(context, error);
  }
}

/** A tree half written is not what anybody wrote: whoever looks at it is told. */
export function warnOfInterrupted({ io, note }: Context, entry: string): boolean {
  const interrupted = interruptedWrite(entry, { cwd: io.cwd });
  if (!interrupted) return false;
  const time = timeText(interrupted.time);
  note(
    `warning: a write to ${plural(interrupted.files.length, 'file')} was interrupted (${time}), so the tree may be a mixture of old and new; \`prosodist undo --write ${visible(shownPath(entry))}\` takes it back, and so does the next command that writes`,
  );
  return true;
}

function tellRecovered({ note }: Context, { time, lost }: { readonly time: number; readonly lost: readonly string[] }): void {
  note(`took back a write that was interrupted (${timeText(time)})`);
  for (const sentence of lost) note(`warning: ${visible(sentence)}`);
}

/**
 * Writes a plan as the options say.
 * @throws CommandError with status 3 when a command of --verify did not accept it, 4 when a file changed since it was read
 *   or another process is writing, 2 when the system refuses
 */
export function writeWith(
  context: Context,
  target: Target,
  plan: Writable & { readonly outcomes: Plan['outcomes'] },
  options: WriteOptions,
): WriteReport {
  const backup = options.backup === '' ? USUAL_BACKUP : options.backup;
  if (backup !== undefined) assertUnread(context, target, plan, backup);
  // our own check has been made: it always is
  const verify = (options.verify ?? []).filter(command => command !== 'check');
  const { cwd } = context.io;
  try {
    const report = writePlan(plan, {
      entry: target.entry,
      cwd,
      verify,
      ...(options.writeMode && { mode: options.writeMode }),
      ...(backup !== undefined && { backup }),
    });
    if (report.recovered) tellRecovered(context, report.recovered);
    for (const warning of report.warnings) context.note(`warning: ${visible(warning)}`);
    return report;
  } catch (error) {
    if (error instanceof WriteError && error.code === 'refused') throw refusalOfVerify(context, error, plan.outcomes);
    throw asCommandError(context, error);
  }
}

function asCommandError({ secrets }: Context, error: unknown): unknown {
  if (!(error instanceof WriteError)) return error;
  const status = { changed: STATUS.changed, held: STATUS.changed, refused: STATUS.refused, failed: STATUS.usage }[error.code];
  return new CommandError(visible(secrets.hide(error.message)), status, { cause: error });
}

/** Prosody would read the old text beside the new. */
function assertUnread({ prosody }: Context, { files, entry }: Target, plan: Writable, suffix: string): void {
  const { includes } = load(files, entry, { prosody });
  for (const { file, before } of plan.files) {
    const backup = file + suffix;
    const reader = includes.find(
      ({ glob, path }) =>
        before !== null &&
        glob &&
        globMatches(baseName(path), baseName(backup)) &&
        files.realPath(folderOf(path)) === files.realPath(folderOf(backup)),
    );
    if (reader)
      throw new CommandError(
        `Include "${visible(reader.pattern)}" would read the backup ${visible(shownPath(backup))}; name another ending`,
      );
  }
}

/** What the settings of the tree say of rules and files. */
export type Judging = Pick<LintOptions, 'severities' | 'ignores'>;

/** Errors that a change brings in. Of a rule that had as many before, none is new: its words may have changed. */
export function newErrors(
  { prosody }: Context,
  { files, entry, complete }: Target,
  after: FileSystem,
  settings: Judging = {},
): Finding[] {
  const errorsIn = (tree: FileSystem) =>
    lint(tree, entry, { prosody, complete, ...settings }).findings.filter(({ severity }) => severity === 'error');
  const [old, young] = [errorsIn(files), errorsIn(after)];
  const count = (findings: readonly Finding[], rule: string) => findings.filter(finding => finding.rule === rule).length;
  const known = new Set(old.map(({ rule, message }) => `${rule}\n${message}`));
  return young.filter(({ rule, message }) => !known.has(`${rule}\n${message}`) && count(young, rule) > count(old, rule));
}

/** A time as people write it. */
export function timeText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
