import { Overlay } from '@prosodist/core';
import { diskFiles } from '@prosodist/machine';
import { type ChangeOptions, deliver } from '../change.js';
import { type Context, contextOf, type GlobalOptions, learnTree, openTarget } from '../context.js';
import type { Io } from '../io.js';
import { operate } from '../operate.js';
import { parseOperations } from '../operations.js';
import { CommandError, STATUS } from '../status.js';
import { readStdin } from '../stdin.js';

export interface PatchOptions extends GlobalOptions, ChangeOptions {
  readonly file: string;
}

/**
 * `prosodist patch`: does a list of operations. Statuses: 0 nothing to change, or written; 1 something would change;
 * 2 wrong use; 3 an operation was refused; 4 a file changed meanwhile.
 */
export async function patch(io: Io, [path]: readonly string[], options: PatchOptions): Promise<number> {
  const context = contextOf(io, options);
  if (path === '-') throw new CommandError('patch changes files; `-` is for the operations only: `prosodist patch -f - PATH`');
  const operations = parseOperations(
    await readOperations(context, options.file),
    options.file === '-' ? 'standard input' : options.file,
  );
  for (const operation of operations) {
    if (operation.op === 'set') context.secrets.learnOption(operation.value, operation.name);
    if (operation.op === 'ensure.file') context.secrets.learnText(operation.text);
  }
  const target = openTarget(context, path);
  const overlay = new Overlay(target.files);
  learnTree(context, target.files, target);
  const outcomes = operate(context, target, overlay, operations);
  const changed = deliver(context, target, overlay, { ...overlay.planned(), applied: [], outcomes }, options);
  return changed && !options.write ? STATUS.findings : STATUS.ok;
}

async function readOperations({ io }: Context, file: string): Promise<string> {
  if (file === '-') return readStdin(io.stdin);
  const read = diskFiles({ cwd: io.cwd }).readFile(file);
  if (!read.ok) throw new CommandError(`${file}: cannot read the operations: ${read.problem}`);
  return read.text;
}
