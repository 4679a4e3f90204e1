import type { NewLink, PlannedFile } from '@prosodist/core';
import { verify } from './verify.js';
import { assertSuffix, backupStep } from './write/backups.js';
import { perform } from './write/commit.js';
import { createStep } from './write/creates.js';
import { WriteError } from './write/error.js';
import { changeStep } from './write/files.js';
import { linkStep, removeStep } from './write/links.js';
import { ownersOfRenamed } from './write/owner.js';
import { ownName, type Place, placeOf } from './write/place.js';
import { openSession, type Recovery, type Session } from './write/session.js';
import type { Owner } from './write/stage.js';
import { stageTree } from './write/staged-tree.js';
import type { Step, StepContext, WriteMode, WrittenFile } from './write/step.js';

export { WriteError } from './write/error.js';
export type { WriteMode, WrittenFile } from './write/step.js';

/** What `plan`, `fixAll` or `undoPlan` gave: files by their real path. */
export interface Writable {
  readonly files: readonly PlannedFile[];
  readonly links: readonly NewLink[];
  readonly removes?: readonly string[];
  /** Owners and modes of new files, where they are known, by the name in `files`. */
  readonly owners?: ReadonlyMap<string, Owner>;
  /** The write that this one undoes. */
  readonly undoes?: number;
}

export interface WriteOptions {
  /** The tree's entry file: lock, journal and originals are kept beside it. */
  readonly entry: string;
  /** What relative paths are relative to; the process's working directory unless said. */
  readonly cwd?: string;
  /**
   * `rename` puts a new file in the place of the old, which is atomic; `in-place` writes into the file itself, which keeps
   * ACLs and other names. `auto` unless said: `rename` where that is possible without parting what belongs together.
   */
  readonly mode?: WriteMode;
  /** Ending under which the old texts of changed files are left beside them: `.bak`. */
  readonly backup?: string;
  /** Commands that must accept the new tree before anything is written (see `verify`). */
  readonly verify?: readonly string[];
  /** Called before a file is staged and before it is put in place; what it throws undoes all. */
  readonly before?: (step: 'stage' | 'commit', file: string) => void;
}

export interface WriteReport {
  readonly files: readonly WrittenFile[];
  readonly links: readonly NewLink[];
  readonly removes: readonly string[];
  /** Number of the write, for `undo`; null when it cannot be undone. */
  readonly id: number | null;
  /** The interrupted write that was taken back before, if there was one. */
  readonly recovered?: Recovery;
  /** What went another way than usual, in sentences. */
  readonly warnings: readonly string[];
}

/**
 * Writes a plan: all of it or nothing, whatever happens. Only one process writes at a time. No file is touched before every
 * new text lies ready on the disk, with the target's owner and mode, every original is kept and was found unchanged, and a
 * journal says what will happen. Each file is then replaced by a rename; when one fails, the earlier ones are put back.
 * POSIX has no rename of several files: a reader can see a mixture for an instant. When the process is killed in it, the
 * next write, or `recover`, takes it back.
 *
 * New files come first, then links, then changed files, and what goes last. Names of helpers start with a dot and do not end
 * in `.lua`, so that no Include reads them. ACLs and extended attributes are not carried over (Node cannot see them): ask
 * for `in-place`.
 * @returns what was written
 * @throws WriteError, and then everything is as it was: `changed` when a file is not what the plan was made for, `held` when
 *   another process is writing, `refused` when a command did not accept it, `failed` when the system refuses
 */
export function writePlan(plan: Writable, options: WriteOptions): WriteReport {
  const cwd = options.cwd ?? process.cwd();
  if (options.backup !== undefined) assertSuffix(options.backup);
  const place = placeOf(options.entry, cwd);
  const warnings: string[] = [];
  const release = holdSignals();
  let session: Session | undefined;
  try {
    session = openSession(place, text => warnings.push(text));
    const steps = stepsOf(plan, options, cwd, session.originals, text => warnings.push(text));
    for (const step of steps) step.check();
    verifyTree(place, plan, { ...options, cwd });
    perform(place, session, steps, { undoes: plan.undoes ?? null, before: options.before ?? (() => {}) });
    const { id, recovered } = session;
    const files = steps.flatMap(step => step.report() ?? []);
    return { files, links: plan.links, removes: plan.removes ?? [], id, ...(recovered && { recovered }), warnings };
  } catch (error) {
    throw WriteError.from(error);
  } finally {
    session?.close();
    release();
  }
}

function verifyTree(place: Place, plan: Writable, { verify: commands = [], cwd }: WriteOptions & { cwd: string }): void {
  if (commands.length === 0) return;
  const tree = stageTree(place, plan, cwd);
  try {
    for (const command of commands) verify(command, tree, cwd);
  } finally {
    tree.remove();
  }
}

function stepsOf(
  { files, links, removes = [], owners = new Map() }: Writable,
  { mode = 'auto', backup }: WriteOptions,
  cwd: string,
  originals: string | undefined,
  warn: (text: string) => void,
): Step[] {
  const known = new Map([...ownersOfRenamed(files, removes, cwd), ...owners]);
  let count = 0;
  const context = (): StepContext => ({
    cwd,
    mode,
    backup,
    owners: known,
    warn,
    original: originals === undefined ? undefined : `${originals}/${count++}`,
  });
  // what goes need not be changed before
  const gone = new Set(removes.map(file => ownName(file, cwd)));
  const changed = files.flatMap(file => {
    if (file.before === null || gone.has(ownName(file.file, cwd))) return [];
    const step = changeStep(file, file.before, context());
    return [{ step, backup: backup === undefined ? [] : [backupStep(step, file.before, { ...context(), backup })] }];
  });
  return [
    ...files.filter(file => file.before === null).map(file => createStep(file, context())),
    ...links.map(link => linkStep(link, context())),
    ...changed.map(({ step }) => step),
    ...changed.flatMap(change => change.backup),
    ...removes.map(file => removeStep(file, context())),
  ];
}

/** Ctrl-C in the middle must not leave half of it: the writing is short, and the signals wait for its end. */
function holdSignals(): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const wait = () => {};
  for (const signal of signals) process.on(signal, wait);
  return () => {
    for (const signal of signals) process.off(signal, wait);
  };
}
