import { optionsOf } from '../ask.js';
import { type CommandOptions, changeBy } from '../change-command.js';
import type { Io } from '../io.js';

export interface HostOptions extends CommandOptions {
  readonly option?: readonly string[];
  readonly after?: string;
  readonly file?: string;
}

/** `prosodist host NAME [ENTRY]`: a virtual host that has these options; those that it has already stay. */
export async function host(io: Io, [name = '', entry]: readonly string[], options: HostOptions): Promise<number> {
  return changeBy(io, options, context => ({
    operations: [{ op: 'ensure.host', host: name, ...optionsOf(context, options.option), ...placeOf(options) }],
    entry,
  }));
}

export function placeOf({ after, file }: Pick<HostOptions, 'after' | 'file'>) {
  return { ...(after !== undefined && { after }), ...(file !== undefined && { file }) };
}
