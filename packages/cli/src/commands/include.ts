import { type CommandOptions, changeBy } from '../change-command.js';
import type { Io } from '../io.js';

export interface IncludeOptions extends CommandOptions {
  readonly file?: string;
}

/** `prosodist include PATTERN [ENTRY]`: an Include of a file or of the files of a folder. */
export async function include(io: Io, [pattern = '', entry]: readonly string[], options: IncludeOptions): Promise<number> {
  const { file } = options;
  return changeBy(io, options, () => ({
    operations: [{ op: 'ensure.include', pattern, ...(file !== undefined && { file }) }],
    entry,
  }));
}
