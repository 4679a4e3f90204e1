import { type CommandOptions, changeBy } from '../change-command.js';
import type { Io } from '../io.js';

export interface RefsOptions extends CommandOptions {
  readonly refs?: boolean;
}

/** `prosodist rename-host NAME TO [ENTRY]`: gives a virtual host or component another name. */
export async function renameHost(io: Io, [host = '', to = '', entry]: readonly string[], options: RefsOptions): Promise<number> {
  const refs = options.refs ? { refs: true } : {};
  return changeBy(io, options, () => ({ operations: [{ op: 'rename.host', host, to, ...refs }], entry }));
}
