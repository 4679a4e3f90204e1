// What in a configuration refers to a host by its name.
import { type Configuration, GLOBAL, listEntries, type Origin, type Value } from '../evaluate/index.js';
import type { PatchScope } from './operation.js';

/** An option, or a place in one, that is the name of a host. */
export interface Reference {
  readonly scope: PatchScope;
  readonly name: string;
  /** `value`: the option is the name; `item`: an entry of its list is or holds it; `inside`: something deeper does. */
  readonly kind: 'value' | 'item' | 'inside';
  readonly origin: Origin;
}

/** The options of other sections that are a host's name or have it in them. */
export function referencesTo(configuration: Configuration, host: string): Reference[] {
  const found: Reference[] = [];
  for (const section of configuration.sections.values()) {
    if (section.name === host) continue;
    const scope: PatchScope =
      section.name === GLOBAL ? 'global' : section.kind === 'host' ? { host: section.name } : { component: section.name };
    for (const [name, { value, setting }] of section.options) {
      if (setting.form === 'opening') continue;
      const add = (kind: Reference['kind'], origin: Origin | null) =>
        found.push({ scope, name, kind, origin: origin ?? setting.valueOrigin });
      if (isName(value, host)) add('value', setting.origin);
      if (value.kind !== 'table') continue;
      const items = listEntries(value).filter(entry => isName(entry.value, host) || holdsName(entry.value, host, 1));
      for (const item of items) add('item', item.value.origin);
      const listed = new Set(items.map(item => item.value));
      for (const entry of value.table.entries.values()) {
        if (!listed.has(entry.value) && (isName(entry.value, host) || holdsName(entry.value, host, 6)))
          add('inside', entry.value.origin);
      }
    }
  }
  return found;
}

function isName(value: Value, host: string): boolean {
  return value.kind === 'string' && value.value.toLowerCase() === host;
}

function holdsName(value: Value, host: string, depth: number): boolean {
  if (value.kind !== 'table' || depth === 0) return false;
  return [...value.table.entries.values()].some(entry => isName(entry.value, host) || holdsName(entry.value, host, depth - 1));
}
