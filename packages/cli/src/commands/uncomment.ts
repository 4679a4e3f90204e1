import { optionOf, scopeOf } from '../ask.js';
import { type CommandOptions, changeBy } from '../change-command.js';
import type { Io } from '../io.js';

/** `prosodist uncomment SCOPE OPTION [ENTRY]`: makes a statement again of the comment that sets an option. */
export async function uncomment(io: Io, words: readonly string[], options: CommandOptions): Promise<number> {
  const [scope = '', name = '', entry] = words;
  return changeBy(io, options, () => ({ operations: [{ op: 'uncomment', scope: scopeOf(scope), name: optionOf(name) }], entry }));
}
