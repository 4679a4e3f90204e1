import { createHash } from 'node:crypto';
import { accessSync, closeSync, constants, fstatSync, linkSync, lstatSync, openSync, renameSync, type Stats } from 'node:fs';
import { encode, type PlannedFile } from '@prosodist/core';
import { readAll } from '../disk.js';
import { errorCode, osPath } from '../paths.js';
import { createStep } from './creates.js';
import { WriteError } from './error.js';
import { helperName, ownerOf, type Path, writeInto, writeNew } from './stage.js';
import type { Step, StepContext } from './step.js';

/** The step that writes one file of a plan. */
export function fileStep(planned: PlannedFile, context: StepContext): Step {
  return planned.before === null ? createStep(planned, context) : changeStep(planned, planned.before, context);
}

function changeStep({ file, after }: PlannedFile, before: string, { cwd, inPlace, warn }: StepContext): Step {
  const path = osPath(file, cwd);
  const [old, bytes] = [Buffer.from(encode(before)), encode(after)];
  let original: Stats | undefined;
  let action: 'replaced' | 'rewritten' = 'replaced';
  let staged: Path | undefined;
  let kept: Path | undefined;

  const rewrite = (reason?: string) => {
    if (reason) warn(`${file}: ${reason}, so it was written in place`);
    action = 'rewritten';
    accessSync(path, constants.W_OK);
  };
  return {
    file,
    check() {
      original = unchanged(path, file, old, original);
    },
    stage() {
      if (inPlace) return rewrite();
      if (original!.nlink > 1) return rewrite('it has other names (hard links)');
      try {
        staged = helperName(path);
        writeNew(staged, bytes, ownerOf(original!));
      } catch (error) {
        // a folder or an owner that we may not have is no obstacle where the file itself may be written
        if (!['EACCES', 'EPERM'].includes(errorCode(error) ?? '')) throw WriteError.from(error, file);
        staged = undefined;
        rewriteOr(error, file, () => rewrite('its folder or its owner does not let it be replaced'));
      }
    },
    commit() {
      if (!staged) return commitInPlace(path, bytes, old);
      kept = keep(path, old, original!);
      try {
        renameSync(staged, path);
      } catch (error) {
        // a file that is mounted by itself, as containers have it, cannot be replaced
        if (!['EBUSY', 'EXDEV'].includes(errorCode(error) ?? '')) throw error;
        rewrite('it is mounted by itself');
        commitInPlace(path, bytes, old);
      }
    },
    undo() {
      if (action === 'rewritten' || !kept) writeInto(path, old);
      else renameSync(kept, path);
    },
    helpers: () => [staged, kept].filter(helper => helper !== undefined),
    report: () => ({ file, action, ...ownerOf(lstatSync(path)), sha256: { before: sha256(old), after: sha256(bytes) } }),
  };
}

function rewriteOr(error: unknown, file: string, rewrite: () => void): void {
  try {
    rewrite();
  } catch {
    throw WriteError.from(error, file);
  }
}

/** In place is not atomic: what fails half-way is put back at once. */
function commitInPlace(path: Path, bytes: Uint8Array, old: Uint8Array): void {
  try {
    writeInto(path, bytes);
  } catch (error) {
    writeInto(path, old);
    throw error;
  }
}

/** The original under a second name, with all that belongs to it; where the system allows no second name, a copy. */
function keep(path: Path, bytes: Uint8Array, stat: Stats): Path {
  const kept = helperName(path);
  try {
    linkSync(path, kept);
  } catch {
    writeNew(kept, bytes, ownerOf(stat));
  }
  return kept;
}

/** The file's state when its bytes are those that the plan was made for and, later, when it is still the same file. */
function unchanged(path: Path, file: string, bytes: Buffer, before: Stats | undefined): Stats {
  const changed = (what: string) => new WriteError('changed', `${file} ${what} since it was read; nothing was written`, file);
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw changed('was removed');
    if (errorCode(error) === 'ELOOP') throw changed('became a link');
    throw WriteError.from(error, file);
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) throw changed('became something else');
    if (before && (before.ino !== stat.ino || before.dev !== stat.dev)) throw changed('was replaced');
    if (before && (before.mode !== stat.mode || before.uid !== stat.uid || before.gid !== stat.gid))
      throw changed('got another owner or mode');
    if (!readAll(descriptor, stat.size)?.equals(bytes)) throw changed('has changed');
    return stat;
  } finally {
    closeSync(descriptor);
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
