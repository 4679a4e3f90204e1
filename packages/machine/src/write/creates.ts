import { linkSync, lstatSync, renameSync, type Stats, unlinkSync } from 'node:fs';
import { encode, type PlannedFile } from '@prosodist/core';
import { errorCode, osPath } from '../paths.js';
import { WriteError } from './error.js';
import { type NewOwner, newOwner } from './owner.js';
import { helperName, ownName } from './place.js';
import { ownerOf, self, writeNew } from './stage.js';
import { ABSENT, sha256, stateOf } from './state.js';
import type { Step, StepContext } from './step.js';

/** The step that writes a file that is not there yet. It gets its name only when it is complete, and never another's. */
export function createStep({ file, after, secret }: PlannedFile, { cwd, owners, warn }: StepContext): Step {
  const own = ownName(file, cwd);
  const path = osPath(own, '/');
  const bytes = encode(after);
  const spare = helperName(own);
  const staged = osPath(spare, '/');
  let given: Stats | undefined;
  const exists = () =>
    new WriteError('changed', `${file} was not there when the plan was made, and is now; nothing was written`, file);
  return {
    file,
    check() {
      if (lstatSync(path, { throwIfNoEntry: false })) throw exists();
    },
    stage() {
      const known = owners.get(file);
      const owner = known ? { ...known, shared: true } : newOwner(path, secret);
      stageAs(staged, bytes, owner, file);
      given = lstatSync(staged);
      if (known && (given.uid !== owner.uid || given.gid !== owner.gid))
        warn(`${file} belongs to you now; it belonged to ${owner.uid}:${owner.gid}`);
      else if (secret && !(given.gid === owner.gid && owner.shared))
        warn(`${file} can be read by its owner only; give it to Prosody's group: chown root:prosody ${file}`);
    },
    keep() {},
    commit() {
      try {
        // unlike a rename, a second name never takes the place of a file
        linkSync(staged, path);
        unlinkSync(staged);
      } catch (error) {
        if (errorCode(error) === 'EEXIST') throw exists();
        // file systems without hard links; `check` has just looked
        if (!['EPERM', 'ENOTSUP', 'EMLINK'].includes(errorCode(error) ?? '')) throw error;
        renameSync(staged, path);
      }
    },
    record: () => ({
      file: own,
      before: ABSENT,
      after: stateOf(bytes, given ?? { ...self(), mode: 0o600 }),
      inode: null,
      kept: null,
      fresh: null,
      spare,
      backup: false,
    }),
    helpers: () => [spare],
    memory: () => ({ after: bytes }),
    report: () => ({
      file,
      action: 'created',
      ...ownerOf(lstatSync(path)),
      sha256: { before: null, after: sha256(bytes) },
      backup: null,
    }),
  };
}

/** Only root gives files away, and others only to a group that they are in: then the file is ours. */
function stageAs(staged: string | Buffer, bytes: Uint8Array, owner: NewOwner, file: string): void {
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
