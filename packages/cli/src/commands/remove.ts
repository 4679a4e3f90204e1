import { itemsOf, optionOf, scopeOf } from '../ask.js';
import { type CommandOptions, changeBy } from '../change-command.js';
import type { Io } from '../io.js';

export interface RemoveOptions extends CommandOptions {
  readonly comment?: boolean;
  readonly dropEmpty?: boolean;
}

/** `prosodist remove SCOPE OPTION ITEM… [ENTRY]`: takes items out of a list, or makes comments of them. */
export async function remove(io: Io, words: readonly string[], options: RemoveOptions): Promise<number> {
  const [scopeText = '', optionText = '', ...rest] = words;
  return changeBy(io, options, context => {
    const scope = scopeOf(scopeText);
    const name = optionOf(optionText);
    const { items, ...tree } = itemsOf(context, rest, name);
    const more = { ...(options.comment && { mode: 'comment' as const }), ...(options.dropEmpty && { dropEmpty: true }) };
    return { operations: [{ op: 'list.remove', scope, name, items, ...more }], ...tree };
  });
}
