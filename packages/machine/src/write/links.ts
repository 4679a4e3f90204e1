import { lstatSync, type Stats, symlinkSync, unlinkSync } from 'node:fs';
import { encode, type NewLink } from '@prosodist/core';
import { osPath } from '../paths.js';
import { WriteError } from './error.js';
import { keepOriginal } from './files.js';
import { helperName, ownName } from './place.js';
import { ABSENT, identical, type State, stateAt } from './state.js';
import type { Step, StepContext } from './step.js';

/** The step that makes one symbolic link, its target as given. */
export function linkStep({ path: file, target }: NewLink, { cwd }: StepContext): Step {
  const own = ownName(file, cwd);
  const path = osPath(own, '/');
  const spare = helperName(own);
  return {
    file,
    check() {
      if (lstatSync(path, { throwIfNoEntry: false }))
        throw new WriteError('changed', `${file} was not there when the plan was made, and is now; nothing was written`, file);
    },
    stage() {},
    keep() {},
    commit() {
      symlinkSync(Buffer.from(encode(target)), path);
    },
    record: () => ({ ...PLAIN, file: own, before: ABSENT, after: { kind: 'link', target }, spare }),
    helpers: () => [spare],
    memory: () => ({}),
    report: () => undefined,
  };
}

/** The step that removes a link or a file. What a link leads to stays. */
export function removeStep(file: string, { cwd, original }: StepContext): Step {
  const own = ownName(file, cwd);
  const path = osPath(own, '/');
  const spare = helperName(own);
  let before: State | undefined;
  let stat: Stats | undefined;
  let bytes: Uint8Array | undefined;
  let kept: string | undefined;
  const changed = (what: string) => new WriteError('changed', `${file} ${what} since it was read; nothing was written`, file);
  return {
    file,
    check() {
      const now = stateAt(own);
      if (now.state.kind === 'absent') throw changed('was removed');
      if (now.state.kind === 'other' || (before && !identical(now.state, before))) throw changed('has changed');
      before = now.state;
      ({ stat, bytes } = now);
    },
    stage() {},
    keep() {
      if (before!.kind !== 'file') return;
      kept = original ?? helperName(own);
      keepOriginal(path, kept, bytes!, stat!, false);
    },
    commit() {
      unlinkSync(path);
    },
    record: () => ({
      ...PLAIN,
      file: own,
      before: before!,
      after: ABSENT,
      inode: stat!.ino,
      kept: kept ?? null,
      spare,
    }),
    helpers: () => (original === undefined && kept !== undefined ? [spare, kept] : [spare]),
    memory: () => ({ ...(bytes && { before: bytes }) }),
    report: () => undefined,
  };
}

const PLAIN = { inode: null, kept: null, fresh: null, backup: false } as const;
