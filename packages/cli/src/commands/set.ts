import { optionOf, type PlacementOptions, pathOf, placementOf, scopeOf, valueOf } from '../ask.js';
import { type CommandOptions, changeBy } from '../change-command.js';
import type { Io } from '../io.js';
import { CommandError } from '../status.js';

export interface SetOptions extends CommandOptions, PlacementOptions {
  readonly onlyUnset?: boolean;
  readonly onlySet?: boolean;
  readonly uncomment?: boolean;
  readonly entries?: boolean;
  readonly file?: string;
}

/** `prosodist set SCOPE OPTION VALUE [ENTRY]`: gives an option, or an entry of its table, a value. */
export async function set(io: Io, words: readonly string[], options: SetOptions): Promise<number> {
  const [scopeText = '', optionText = '', valueText = '', entry] = words;
  return changeBy(io, options, async context => {
    const scope = scopeOf(scopeText);
    const path = pathOf(optionText);
    const value = await valueOf(context, valueText, path);
    const file = options.file === undefined ? {} : { file: options.file };
    if (path.length > 1) {
      assertPlain(options, optionText);
      return { operations: [{ op: 'table.set', scope, path, value, ...file }], entry };
    }
    const name = optionOf(optionText);
    if (options.entries) {
      if (!Array.isArray(value)) throw new CommandError('--entries needs a list as the value: \'{ "a"; "b" }\'');
      return { operations: [{ op: 'list.set', scope, name, items: value, ...file }], entry };
    }
    const create = options.onlyUnset ? ({ create: 'only' } as const) : options.onlySet ? { create: false } : {};
    const reuse = options.uncomment ? { reuseDisabled: true } : {};
    return { operations: [{ op: 'set', scope, name, value, ...create, ...reuse, ...placementOf(options), ...file }], entry };
  });
}

function assertPlain(options: SetOptions, text: string): void {
  const flags = (['onlyUnset', 'onlySet', 'uncomment', 'entries', 'after', 'before'] as const).filter(flag => options[flag]);
  if (flags.length === 0) return;
  const shown = flags.map(flag => `--${flag.replace(/[A-Z]/g, capital => `-${capital.toLowerCase()}`)}`).join(', ');
  throw new CommandError(`${shown}: for whole options, and ${text} is an entry of a table`);
}
