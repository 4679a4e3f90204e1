// A table of modules and the options they read, as text: a module a line, `option:getter` after it, going on where a line
// begins with a space.
import type { ListedGetter } from './raw.js';

export interface ListedModule {
  readonly module: string;
  /** `name:getter name:getter|getter`, taken apart by `listedOptions` where that is wanted */
  readonly options: string;
}

export interface ListedOption {
  readonly name: string;
  readonly getters: readonly ListedGetter[];
}

/** The options of a module of a table. A name without getters is read by the plain get_option. */
export function listedOptions({ options }: ListedModule): readonly ListedOption[] {
  return options
    .split(/\s+/)
    .filter(word => word !== '')
    .map(word => {
      const [name = '', getters = 'any'] = word.split(':');
      return { name, getters: getters.split('|') as ListedGetter[] };
    });
}

/** Reads a whole table. In: its text. Out: its modules in order. */
export function parseModules(text: string): readonly ListedModule[] {
  return text
    .trim()
    .split(/\n(?! )/)
    .map(entry => {
      const [, module = '', options = ''] = /^(\S+)(.*)$/s.exec(entry) ?? [];
      return { module, options };
    });
}
