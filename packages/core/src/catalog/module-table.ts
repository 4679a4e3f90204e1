// A table of modules and the options they read, as text: a module a line, `option:getter` after it, going on where a line
// begins with a space.
import type { Getter } from './types.js';

export interface ListedModule {
  readonly module: string;
  readonly options: readonly { readonly name: string; readonly getters: readonly (Getter | 'ports' | 'interfaces' | 'ssl')[] }[];
}

/** Reads the options of one module: in: `name:getter name:getter|getter`; out: as ListedModule has them. */
export function parseOptions(text: string): ListedModule['options'] {
  return text
    .split(/\s+/)
    .filter(word => word !== '')
    .map(word => {
      const [name = '', getters = 'any'] = word.split(':');
      return { name, getters: getters.split('|') as Getter[] };
    });
}

/** Reads a whole table. In: its text. Out: its modules in order. */
export function parseModules(text: string): readonly ListedModule[] {
  return text
    .trim()
    .split(/\n(?! )/)
    .map(entry => {
      const [, module = '', options = ''] = /^(\S+)(.*)$/s.exec(entry) ?? [];
      return { module, options: parseOptions(options) };
    });
}
