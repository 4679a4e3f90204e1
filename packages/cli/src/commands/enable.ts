import { type CommandOptions, changeBy } from '../change-command.js';
import type { Io } from '../io.js';
import { CommandError } from '../status.js';
import { visible } from '../visible.js';

/** `prosodist enable NAME [ENTRY]`: links a file of conf.avail into the folder that is included. */
export async function enable(io: Io, [name = '', entry]: readonly string[], options: CommandOptions): Promise<number> {
  return changeBy(io, options, () => ({ operations: [{ op: 'enable.file', name: availableFile(name) }], entry }));
}

/**
 * The name of a file of conf.avail; its ending may be left out.
 * @throws CommandError for a path: a link out of the folder of links is nobody's intention
 */
export function availableFile(name: string): string {
  if (name === '' || name.includes('/') || name.startsWith('.'))
    throw new CommandError(
      visible(`\`${name}\` is no name of a file of conf.avail; it goes without folders: meet.example.com.cfg.lua`),
    );
  return name.endsWith('.lua') ? name : `${name}.cfg.lua`;
}
