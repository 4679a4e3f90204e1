import { itemsOf, optionOf, type PlacementOptions, placementOf, scopeOf } from '../ask.js';
import { type CommandOptions, changeBy } from '../change-command.js';
import type { Io } from '../io.js';

export interface AddOptions extends CommandOptions, PlacementOptions {
  readonly uncomment?: boolean;
  readonly remark?: string;
  readonly file?: string;
}

/** `prosodist add SCOPE OPTION ITEM… [ENTRY]`: adds items to a list. */
export async function add(io: Io, words: readonly string[], options: AddOptions): Promise<number> {
  const [scopeText = '', optionText = '', ...rest] = words;
  return changeBy(io, options, context => {
    const scope = scopeOf(scopeText);
    const name = optionOf(optionText);
    const { items, ...tree } = itemsOf(context, rest, name);
    const more = {
      ...placementOf(options),
      ...(options.uncomment && { reuseDisabled: true }),
      ...(options.remark !== undefined && { comment: options.remark }),
      ...(options.file !== undefined && { file: options.file }),
    };
    return { operations: [{ op: 'list.add', scope, name, items, ...more }], ...tree };
  });
}
