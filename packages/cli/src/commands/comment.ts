import { optionOf, scopeOf } from '../ask.js';
import { type CommandOptions, changeBy } from '../change-command.js';
import type { Io } from '../io.js';

/** `prosodist comment SCOPE OPTION [ENTRY]`: makes a comment of the statement that sets an option. */
export async function comment(io: Io, words: readonly string[], options: CommandOptions): Promise<number> {
  const [scope = '', name = '', entry] = words;
  return changeBy(io, options, () => ({ operations: [{ op: 'comment', scope: scopeOf(scope), name: optionOf(name) }], entry }));
}
