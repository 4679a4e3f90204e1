import { createHash } from 'node:crypto';
import { linkSync, lstatSync, renameSync, unlinkSync } from 'node:fs';
import { encode, type PlannedFile } from '@prosodist/core';
import { errorCode, osPath } from '../paths.js';
import { WriteError } from './error.js';
import { type NewOwner, newOwner, self } from './owner.js';
import { helperName, ownerOf, type Path, writeNew } from './stage.js';
import type { Step, StepContext } from './step.js';

/** The step that writes a file that is not there yet. It gets its name only when it is complete, and never another's. */
export function createStep({ file, after, secret }: PlannedFile, { cwd, warn }: StepContext): Step {
  const path = osPath(file, cwd);
  const bytes = encode(after);
  let staged: Path | undefined;
  const exists = () =>
    new WriteError('changed', `${file} was not there when the plan was made, and is now; nothing was written`, file);
  return {
    file,
    check() {
      if (lstatSync(path, { throwIfNoEntry: false })) throw exists();
    },
    stage() {
      staged = helperName(path);
      const owner = newOwner(path, secret);
      stageAs(staged, bytes, owner, file);
      const given = lstatSync(staged);
      if (secret && !(given.gid === owner.gid && owner.shared))
        warn(`${file} can be read by its owner only; give it to Prosody's group: chown root:prosody ${file}`);
    },
    commit() {
      try {
        // unlike a rename, a second name never takes the place of a file
        linkSync(staged!, path);
      } catch (error) {
        if (errorCode(error) === 'EEXIST') throw exists();
        // file systems without hard links; `check` has just looked
        if (!['EPERM', 'ENOTSUP', 'EMLINK'].includes(errorCode(error) ?? '')) throw error;
        renameSync(staged!, path);
      }
    },
    undo() {
      unlinkSync(path);
    },
    helpers: () => (staged ? [staged] : []),
    report: () => ({
      file,
      action: 'created',
      ...ownerOf(lstatSync(path)),
      sha256: { before: null, after: createHash('sha256').update(bytes).digest('hex') },
    }),
  };
}

/** Only root gives files away, and others only to a group that they are in: then the file is ours. */
function stageAs(staged: Path, bytes: Uint8Array, owner: NewOwner, file: string): void {
  const attempts = [owner, { ...owner, uid: self().uid }, { ...owner, ...self() }];
  for (const [index, attempt] of attempts.entries()) {
    try {
      writeNew(staged, bytes, attempt);
      return;
    } catch (error) {
      if (errorCode(error) !== 'EPERM' || index === attempts.length - 1) throw WriteError.from(error, file);
    }
  }
}
