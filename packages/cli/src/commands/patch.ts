import { diskFiles } from '@prosodist/machine';
import { type CommandOptions, changeBy } from '../change-command.js';
import type { Context } from '../context.js';
import type { Io } from '../io.js';
import { parseOperations } from '../operations.js';
import { CommandError } from '../status.js';
import { readStdin } from '../stdin.js';

export interface PatchOptions extends CommandOptions {
  readonly file: string;
}

/** `prosodist patch`: does a list of operations. Statuses: as for all changes (`changeBy`). */
export async function patch(io: Io, [entry]: readonly string[], options: PatchOptions): Promise<number> {
  if (entry === '-') throw new CommandError('patch changes files; `-` is for the operations only: `prosodist patch -f - PATH`');
  const source = options.file === '-' ? 'standard input' : options.file;
  return changeBy(io, options, async context => ({
    operations: parseOperations(await readOperations(context, options.file), source),
    entry,
  }));
}

async function readOperations({ io }: Context, file: string): Promise<string> {
  if (file === '-') return readStdin(io.stdin);
  const read = diskFiles({ cwd: io.cwd }).readFile(file);
  if (!read.ok) throw new CommandError(`${file}: cannot read the operations: ${read.problem}`);
  return read.text;
}
