import { GLOBAL, type HostModules, hostModulesOf, loadedModules } from '../../evaluate/index.js';
import type { RuleContext } from '../rule.js';
import { factOf } from './facts.js';

/** Whether a module is loaded for a section: undefined where that is not known. */
export function hasModule(context: RuleContext, scope: string, module: string): boolean | undefined {
  if (scope === GLOBAL) return undefined;
  const loaded = factOf(context, scope, loadedNames);
  if (!loaded) return undefined;
  if (loaded.names.has(module)) return true;
  return loaded.open || loaded.unknown.has(module) ? undefined : false;
}

/** What Prosody loads for each host and component. */
export function hostModules({ configuration }: RuleContext): readonly HostModules[] {
  return loadedModules(configuration);
}

/** The names of what is loaded for a section, and of what may be; undefined where the lists are none. */
function loadedNames({ configuration }: RuleContext, scope: string) {
  const found = hostModulesOf(configuration, scope);
  if (!found || found.failure !== null) return undefined;
  return {
    names: new Set(found.modules.map(({ name }) => name)),
    unknown: new Set(found.unknown.map(({ name }) => name)),
    open: found.unknown.some(({ name }) => name === null),
  };
}
