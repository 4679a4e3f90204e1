import type { Operation } from '@prosodist/core';
import { optionsOf } from '../ask.js';
import { changeBy } from '../change-command.js';
import type { Io } from '../io.js';
import { CommandError } from '../status.js';
import { type HostOptions, placeOf } from './host.js';

export interface ComponentOptions extends HostOptions {
  readonly module?: string;
  readonly replaceModule?: boolean;
}

/** `prosodist component NAME [ENTRY]`: a component that has this module and these options; options that it has already stay. */
export async function component(io: Io, [name = '', entry]: readonly string[], options: ComponentOptions): Promise<number> {
  const { module, replaceModule } = options;
  if (replaceModule && module === undefined) throw new CommandError('--replace-module needs --module NAME');
  return changeBy(io, options, context => {
    const wanted = { host: name, ...optionsOf(context, options.option), ...placeOf(options) };
    const named = module !== undefined && !replaceModule ? { module } : {};
    const operations: Operation[] = [{ op: 'ensure.component', ...wanted, ...named }];
    if (module !== undefined && replaceModule) operations.push({ op: 'component.module', host: name, module });
    return { operations, entry };
  });
}
