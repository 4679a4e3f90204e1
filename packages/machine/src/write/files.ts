import { accessSync, constants, linkSync, lstatSync, renameSync, type Stats } from 'node:fs';
import { encode, type PlannedFile } from '@prosodist/core';
import { errorCode, osPath } from '../paths.js';
import { WriteError } from './error.js';
import { helperName, ownName } from './place.js';
import { ownerOf, type Path, removeQuietly, self, writeInto, writeNew } from './stage.js';
import { readFile, sha256, stateOf } from './state.js';
import type { Step, StepContext } from './step.js';

/** A step that changes a file, and whether it will be written in place. */
export interface ChangeStep extends Step {
  inPlace(): boolean;
  original(): Stats;
}

export function changeStep({ file, after }: PlannedFile, before: string, context: StepContext): ChangeStep {
  const { cwd, mode, warn } = context;
  const own = ownName(file, cwd);
  const path = osPath(own, '/');
  const [old, bytes] = [Buffer.from(encode(before)), Buffer.from(encode(after))];
  const spare = helperName(own);
  // a place for the new text that will be written in place: half of it is told from somebody else's text by it
  const text = context.original === undefined ? undefined : `${context.original}.new`;
  let original: Stats | undefined;
  let action: 'replaced' | 'rewritten' = 'replaced';
  let kept: string | undefined;

  const rewrite = (reason?: string) => {
    if (reason) warn(`${file}: ${reason}, so it was written in place`);
    action = 'rewritten';
    accessSync(path, constants.W_OK);
    if (text !== undefined) writeNew(osPath(text, '/'), bytes, { ...self(), mode: 0o600 });
  };
  return {
    file,
    inPlace: () => action === 'rewritten',
    original: () => original!,
    check() {
      original = unchanged(path, file, old, original);
    },
    stage() {
      if (mode === 'in-place') return rewrite();
      if (original!.nlink > 1) {
        if (mode === 'auto') return rewrite('it has other names (hard links)');
        warn(`${file}: it has other names (hard links), which keep the old text`);
      }
      try {
        writeNew(osPath(spare, '/'), bytes, ownerOf(original!));
      } catch (error) {
        // a folder or an owner that we may not have is no obstacle where the file itself may be written
        if (mode === 'rename' || !['EACCES', 'EPERM'].includes(errorCode(error) ?? '')) throw WriteError.from(error, file);
        rewriteOr(error, file, () => rewrite('its folder or its owner does not let it be replaced'));
      }
    },
    keep() {
      // beside the file where nothing can be kept for later; what is written in place is then put back from memory
      if (context.original === undefined && action === 'rewritten') return;
      kept = context.original ?? helperName(own);
      keepOriginal(path, kept, old, original!, action === 'rewritten' || context.backup !== undefined);
    },
    commit() {
      if (action === 'rewritten') return commitInPlace(path, bytes, old);
      try {
        renameSync(osPath(spare, '/'), path);
      } catch (error) {
        // a file that is mounted by itself, as containers have it, cannot be replaced
        if (mode === 'rename' || !['EBUSY', 'EXDEV'].includes(errorCode(error) ?? '')) throw error;
        if (kept !== undefined && lstatSync(osPath(kept, '/')).ino === original!.ino) {
          removeQuietly(osPath(kept, '/'));
          keepOriginal(path, kept, old, original!, true);
        }
        if (lstatSync(path).nlink > 1) throw error;
        rewrite('it is mounted by itself');
        commitInPlace(path, bytes, old);
      }
    },
    record: () => ({
      file: own,
      before: stateOf(old, original!),
      after: stateOf(bytes, original!),
      inode: original!.ino,
      kept: kept ?? null,
      fresh: action === 'rewritten' ? (text ?? null) : spare,
      spare,
      backup: false,
    }),
    helpers: () => [spare, text, context.original === undefined ? kept : undefined].filter(name => name !== undefined),
    memory: () => ({ before: old, after: bytes }),
    report: () => ({
      file,
      action,
      ...ownerOf(lstatSync(path)),
      sha256: { before: sha256(old), after: sha256(bytes) },
      backup: context.backup === undefined ? null : file + context.backup,
    }),
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

/** The original under a second name, with all that belongs to it; a copy where that is asked for, or there can be no link. */
export function keepOriginal(path: Path, kept: string, bytes: Uint8Array, stat: Stats, copy: boolean): void {
  const target = osPath(kept, '/');
  if (!copy) {
    try {
      linkSync(path, target);
      return;
    } catch (error) {
      if (errorCode(error) === 'EEXIST') throw error;
    }
  }
  try {
    writeNew(target, bytes, ownerOf(stat));
  } catch (error) {
    // somebody else's file: the copy is ours, and for nobody else
    if (errorCode(error) !== 'EPERM') throw error;
    writeNew(target, bytes, { ...self(), mode: 0o600 });
  }
}

/** The file's state when its bytes are those that the plan was made for and, later, when it is still the same file. */
export function unchanged(path: Path, file: string, bytes: Buffer, before: Stats | undefined): Stats {
  const changed = (what: string) => new WriteError('changed', `${file} ${what} since it was read; nothing was written`, file);
  let read: ReturnType<typeof readFile>;
  try {
    read = readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw changed('was removed');
    if (errorCode(error) === 'ELOOP') throw changed('became a link');
    throw WriteError.from(error, file);
  }
  if (!read) throw changed('became something else');
  const { stat } = read;
  if (before && (before.ino !== stat.ino || before.dev !== stat.dev)) throw changed('was replaced');
  if (before && (before.mode !== stat.mode || before.uid !== stat.uid || before.gid !== stat.gid))
    throw changed('got another owner or mode');
  if (!read.bytes.equals(bytes)) throw changed('has changed');
  return stat;
}
