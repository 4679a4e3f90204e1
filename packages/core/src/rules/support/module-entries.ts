import {
  type Configuration,
  effective,
  GLOBAL,
  listEntries,
  type Origin,
  type Section,
  type Setting,
} from '../../evaluate/index.js';
import type { RuleContext } from '../rule.js';
import { factOf } from './facts.js';
import { textOf } from './ldap-table.js';
import { literalOf } from './source.js';

/** A name in `modules_enabled` or `modules_disabled` of a section, as far as Prosody reads the list. */
export interface ModuleEntry {
  readonly section: Section;
  readonly setting: Setting;
  readonly name: string;
  readonly at: Origin;
  /** Whether the place is the name in quotes, and can be rewritten. */
  readonly isLiteral: () => boolean;
}

export type ModuleOption = 'modules_enabled' | 'modules_disabled';

/** The names in the lists of all sections; those of a host that is switched off are nobody's. */
export function moduleEntries(context: RuleContext, options: readonly ModuleOption[]): readonly ModuleEntry[] {
  const known = read.get(context.configuration) ?? new Map<string, readonly ModuleEntry[]>();
  read.set(context.configuration, known);
  const key = options.join();
  const before = known.get(key);
  if (before) return before;
  const sections = [...context.configuration.sections.values()].filter(section => isOnHere(context, section));
  const entries = sections.flatMap(section => options.flatMap(option => entriesOf(context, section, option)));
  known.set(key, entries);
  return entries;
}

/** Many rules look at the same lists. */
const read = new WeakMap<Configuration, Map<string, readonly ModuleEntry[]>>();

/** The names in one list. */
export function entriesOf({ configuration }: RuleContext, section: Section, option: ModuleOption): ModuleEntry[] {
  const list = section.options.get(option);
  if (list?.value.kind !== 'table' || list.value.proxy) return [];
  const { setting } = list;
  return listEntries(list.value).flatMap(({ value, origin }) => {
    const name = textOf(value);
    const at = value.origin ?? origin ?? setting.valueOrigin;
    if (name === undefined) return [];
    // asked of the few that a rule has something to say about
    const isLiteral = () => literalOf(configuration, value) !== undefined;
    return [{ section, setting, name, at, isLiteral }];
  });
}

/**
 * Whether Prosody starts a host or component: `enabled` is false neither there nor in the global section. Of one whose name
 * is not known nothing is said.
 */
export function isOnHere(context: RuleContext, { name }: Section): boolean {
  return factOf(context, name, isEnabled);
}

function isEnabled({ configuration }: RuleContext, name: string): boolean {
  if (name.startsWith('?')) return false;
  const value = name === GLOBAL ? undefined : effective(configuration, name, 'enabled')?.value;
  return !(value?.kind === 'boolean' && !value.value);
}
