import { lstatSync, symlinkSync, unlinkSync } from 'node:fs';
import { encode, type NewLink } from '@prosodist/core';
import { osPath } from '../paths.js';
import { WriteError } from './error.js';
import type { Step, StepContext } from './step.js';

/** The step that makes one symbolic link, its target as given. */
export function linkStep({ path: file, target }: NewLink, { cwd }: StepContext): Step {
  const path = osPath(file, cwd);
  return {
    file,
    check() {
      if (lstatSync(path, { throwIfNoEntry: false }))
        throw new WriteError('changed', `${file} was not there when the plan was made, and is now; nothing was written`, file);
    },
    stage() {},
    commit() {
      symlinkSync(Buffer.from(encode(target)), path);
    },
    undo() {
      unlinkSync(path);
    },
    helpers: () => [],
    report: () => undefined,
  };
}
