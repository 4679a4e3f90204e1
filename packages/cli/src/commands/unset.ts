import { optionOf, pathOf, scopeOf } from '../ask.js';
import { type CommandOptions, changeBy } from '../change-command.js';
import type { Io } from '../io.js';

/** `prosodist unset SCOPE OPTION [ENTRY]`: takes an option, or an entry of its table, away. */
export async function unset(io: Io, words: readonly string[], options: CommandOptions): Promise<number> {
  const [scopeText = '', optionText = '', entry] = words;
  return changeBy(io, options, () => {
    const scope = scopeOf(scopeText);
    const path = pathOf(optionText);
    if (path.length > 1) return { operations: [{ op: 'table.unset', scope, path }], entry };
    return { operations: [{ op: 'unset', scope, name: optionOf(optionText) }], entry };
  });
}
