import { type CommandOptions, changeBy } from '../change-command.js';
import type { Io } from '../io.js';
import { availableFile } from './enable.js';

/** `prosodist disable NAME [ENTRY]`: takes the link to a file of conf.avail away; the file stays. */
export async function disable(io: Io, [name = '', entry]: readonly string[], options: CommandOptions): Promise<number> {
  return changeBy(io, options, () => ({ operations: [{ op: 'disable.file', name: availableFile(name) }], entry }));
}
