import { changesOf, Overlay } from '@prosodist/core';
import { type PastWrite, pastWrites, type UndoPlan, undoPlan, WriteError } from '@prosodist/machine';
import { type ChangeOptions, deliver, displayPath } from '../change.js';
import { type Context, contextOf, type GlobalOptions, learnTree, openTarget, type Target } from '../context.js';
import type { Io } from '../io.js';
import { CommandError, STATUS } from '../status.js';
import { visible } from '../visible.js';
import { settle, timeText } from '../writing.js';

export interface UndoOptions extends GlobalOptions, ChangeOptions {
  readonly id?: number;
  readonly list?: boolean;
}

/**
 * `prosodist undo`: takes back the last write to a tree, or one of the last ten. Statuses: 0 nothing to undo, or written;
 * 1 something would change; 2 wrong use; 4 a file has changed since.
 */
export async function undo(io: Io, [path]: readonly string[], options: UndoOptions): Promise<number> {
  const context = contextOf(io, options);
  if (path === '-') throw new CommandError('undo changes files; name a file or folder');
  const target = openTarget(context, path);
  if (options.list) return list(context, target);
  // an interrupted write was the last one: with it taken back, there is nothing more to do
  if (settle(context, target, options.write) && options.id === undefined) return options.write ? STATUS.ok : STATUS.findings;
  const plan = planOf(context, target, options.id);
  if (!plan) {
    if (options.id !== undefined) throw new CommandError(`there is no write ${options.id}; \`prosodist undo --list\` shows them`);
    context.note('nothing to undo');
    return STATUS.ok;
  }
  const overlay = new Overlay(target.files);
  learnTree(context, target.files, target);
  overlay.apply(changesOf(plan));
  if (!context.json) context.note(`${options.write ? 'taking' : 'would take'} back ${described(plan.undone)}`);
  const changed = deliver(context, target, overlay, { ...plan, applied: [], outcomes: [] }, options);
  return changed && !options.write ? STATUS.findings : STATUS.ok;
}

function planOf({ io }: Context, { entry }: Target, id: number | undefined): UndoPlan | undefined {
  try {
    return undoPlan(entry, { cwd: io.cwd, ...(id !== undefined && { id }) });
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    throw new CommandError(visible(error.message), error.code === 'changed' ? STATUS.changed : STATUS.usage, { cause: error });
  }
}

function list(context: Context, target: Target): number {
  const writes = pastWrites(target.entry, { cwd: context.io.cwd });
  const name = (file: string) => displayPath(context, target, file);
  if (context.json) {
    const shown = writes.map(({ time, files, ...rest }) => ({
      ...rest,
      time: new Date(time).toISOString(),
      files: files.map(name),
    }));
    context.io.stdout.write(`${JSON.stringify({ writes: shown }, null, 2)}\n`);
    return STATUS.ok;
  }
  for (const write of writes)
    context.io.stdout.write(`${described(write)}: ${write.files.map(file => visible(name(file))).join(', ')}\n`);
  if (writes.length === 0) context.note('nothing to undo');
  return STATUS.ok;
}

function described({ id, time, undoes }: PastWrite): string {
  return `write ${id} (${timeText(time)}${undoes === null ? '' : `, took back ${undoes}`})`;
}
