import { dirname } from 'node:path';
import type { NewLink, PlannedFile } from '@prosodist/core';
import { osPath } from './paths.js';
import { commit } from './write/commit.js';
import { WriteError } from './write/error.js';
import { fileStep } from './write/files.js';
import { linkStep } from './write/links.js';
import { removeQuietly, syncFolder } from './write/stage.js';
import type { Step, WrittenFile } from './write/step.js';

export { WriteError } from './write/error.js';
export type { WrittenFile } from './write/step.js';

export interface WriteOptions {
  /** What relative paths are relative to; the process's working directory unless said. */
  readonly cwd?: string;
  /** `in-place` writes into the files themselves, which keeps ACLs and other names, but is not atomic. `auto` unless said. */
  readonly mode?: 'auto' | 'in-place';
  /** Called before a file is staged and before it is put in place; what it throws undoes all. */
  readonly before?: (step: 'stage' | 'commit', file: string) => void;
}

export interface WriteReport {
  readonly files: readonly WrittenFile[];
  readonly links: readonly NewLink[];
  /** What went another way than usual, in sentences. */
  readonly warnings: readonly string[];
}

/**
 * Writes a plan: all of it or nothing. No file is touched before every new text lies beside its target, on the disk, with
 * the target's owner and mode, and every original was found unchanged. Each file is then replaced by a rename; when one
 * fails, the earlier ones are put back. POSIX has no rename of several files: a reader can see a mixture for an instant.
 *
 * New files come first, then links, then changed files. Names of helpers start with a dot and end in `.tmp`, so that no
 * Include reads them. ACLs and extended attributes are not carried over (Node cannot see them): ask for `in-place`.
 * @param plan what `plan` or `fixAll` gave: files by their real path
 * @returns what was written
 * @throws WriteError, and then everything is as it was: `changed` when a file is not what the plan was made for, `failed`
 *   when the system refuses
 */
export function writePlan(
  plan: { readonly files: readonly PlannedFile[]; readonly links: readonly NewLink[] },
  options: WriteOptions = {},
): WriteReport {
  const cwd = options.cwd ?? process.cwd();
  const warnings: string[] = [];
  const context = { cwd, inPlace: options.mode === 'in-place', warn: (text: string) => warnings.push(text) };
  const created = plan.files.filter(file => file.before === null);
  const changed = plan.files.filter(file => file.before !== null);
  const steps: Step[] = [
    ...created.map(file => fileStep(file, context)),
    ...plan.links.map(link => linkStep(link, context)),
    ...changed.map(file => fileStep(file, context)),
  ];
  const release = holdSignals();
  try {
    for (const step of steps) step.check();
    for (const step of steps) {
      options.before?.('stage', step.file);
      step.stage();
    }
    for (const step of steps) step.check();
    commit(steps, file => options.before?.('commit', file));
    for (const folder of new Set(steps.map(step => dirname(step.file)))) syncFolder(osPath(folder, cwd));
    return { files: steps.flatMap(step => step.report() ?? []), links: plan.links, warnings };
  } catch (error) {
    throw WriteError.from(error);
  } finally {
    for (const helper of steps.flatMap(step => step.helpers())) removeQuietly(helper);
    release();
  }
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
