import { linkSync, renameSync, type Stats } from 'node:fs';
import { encode } from '@prosodist/core';
import { osPath } from '../paths.js';
import { WriteError } from './error.js';
import { type ChangeStep, keepOriginal } from './files.js';
import { helperName, ownName } from './place.js';
import { ownerOf, self, writeNew } from './stage.js';
import { identical, stateAt, stateOf } from './state.js';
import type { Step, StepContext } from './step.js';

/**
 * Whether an ending is good for copies that the user asked for: `.bak`. With one that an Include reads, Prosody would read
 * the old text beside the new.
 */
export function assertSuffix(suffix: string): void {
  if (suffix === '' || /[/\0]/.test(suffix) || suffix.endsWith('.lua'))
    throw new WriteError('failed', `\`${suffix}\` cannot be the ending of backups: Prosody reads files that end in .lua`);
}

/**
 * The step that gives the old text of a changed file a second name beside it. An earlier backup of this name goes, as with
 * `cp --backup=simple`.
 */
export function backupStep(change: ChangeStep, before: string, context: StepContext & { readonly backup: string }): Step {
  const file = change.file + context.backup;
  const own = ownName(file, context.cwd);
  const [source, path] = [osPath(ownName(change.file, context.cwd), '/'), osPath(own, '/')];
  const spare = helperName(own);
  const bytes = encode(before);
  let earlier: ReturnType<typeof stateAt> | undefined;
  let kept: string | undefined;
  return {
    file,
    check() {
      const now = stateAt(own);
      if (now.state.kind !== 'absent' && now.state.kind !== 'file')
        throw new WriteError('failed', `${file} is no regular file, so it cannot be a backup; nothing was written`, file);
      if (earlier && !identical(earlier.state, now.state))
        throw new WriteError('changed', `${file} has changed since it was read; nothing was written`, file);
      earlier = now;
    },
    stage() {
      stageBackup(source, spare, bytes, change.original(), change.inPlace(), file);
    },
    keep() {
      if (earlier!.state.kind !== 'file') return;
      kept = context.original ?? helperName(own);
      keepOriginal(path, kept, earlier!.bytes!, earlier!.stat!, false);
    },
    commit() {
      renameSync(osPath(spare, '/'), path);
    },
    record: () => ({
      file: own,
      before: earlier!.state,
      after: stateOf(bytes, change.original()),
      inode: earlier!.stat?.ino ?? null,
      kept: kept ?? null,
      fresh: null,
      spare,
      backup: true,
    }),
    helpers: () => (context.original === undefined && kept !== undefined ? [spare, kept] : [spare]),
    memory: () => ({ ...(earlier?.bytes && { before: earlier.bytes }), after: bytes }),
    report: () => undefined,
  };
}

function stageBackup(source: string | Buffer, spare: string, bytes: Uint8Array, stat: Stats, copy: boolean, file: string): void {
  try {
    if (!copy) {
      linkSync(source, osPath(spare, '/'));
      return;
    }
  } catch {
    // another file system, or one without hard links: a copy then
  }
  try {
    writeNew(osPath(spare, '/'), bytes, ownerOf(stat));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) throw WriteError.from(error, file);
    writeNew(osPath(spare, '/'), bytes, { ...self(), mode: stat.mode & 0o700 });
  }
}
