import { type ProsodyVersion, providerNames } from '../../catalog/index.js';
import type { Configuration, Origin, Setting } from '../../evaluate/index.js';
import type { RuleContext } from '../rule.js';

/** Whether a setting is what holds in its section in the end, as it was written there. */
export function whole({ configuration }: RuleContext, setting: Setting): boolean {
  const option = configuration.sections.get(setting.scope)?.options.get(setting.name);
  return option?.setting === setting && option.value === setting.value;
}

/** The inner place where it lies in the outer one. */
export function inside(outer: Origin, inner: Origin | null): Origin | null {
  return inner && inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end ? inner : null;
}

/** The settings of an option, in whatever section, above a place in its file. */
export function settingsAbove(configuration: Configuration, name: string, at: Origin): Setting[] {
  return (settingsOf(configuration).get(name) ?? []).filter(setting => isAbove(setting, at));
}

const byName = new WeakMap<Configuration, ReadonlyMap<string, readonly Setting[]>>();

/** All settings by the name of the option, in the order of execution. */
export function settingsOf(configuration: Configuration): ReadonlyMap<string, readonly Setting[]> {
  const known = byName.get(configuration);
  if (known) return known;
  const made = new Map<string, Setting[]>();
  for (const setting of configuration.settings) {
    if (setting.form === 'opening') continue;
    const list = made.get(setting.name) ?? [];
    made.set(setting.name, list);
    list.push(setting);
  }
  byName.set(configuration, made);
  return made;
}

/** In the same file and above; what other files set may be there or not. */
export function isAbove({ origin }: Setting, at: Origin): boolean {
  return origin.file === at.file && origin.end <= at.start;
}

const PROVIDERS: Readonly<Record<string, 'auth' | 'storage'>> = {
  authentication: 'auth',
  storage: 'storage',
  default_storage: 'storage',
};

/** `storage = sql`: a word that is an option too, but here the name of a provider. */
export function isProviderName(option: string | number | null, name: string, version: ProsodyVersion): boolean {
  const kind = typeof option === 'string' && Object.hasOwn(PROVIDERS, option) ? PROVIDERS[option] : undefined;
  return kind !== undefined && providerNames(kind, version).includes(name);
}
