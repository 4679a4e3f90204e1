import { changeBy } from '../change-command.js';
import type { Io } from '../io.js';
import type { RefsOptions } from './rename-host.js';

/** `prosodist remove-host NAME [ENTRY]`: takes a virtual host or component away. */
export async function removeHost(io: Io, [host = '', entry]: readonly string[], options: RefsOptions): Promise<number> {
  const refs = options.refs ? { refs: true } : {};
  return changeBy(io, options, () => ({ operations: [{ op: 'remove.host', host, ...refs }], entry }));
}
