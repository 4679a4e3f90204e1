import { type Configuration, type HostModules, loadedModules } from '../../evaluate/index.js';
import type { RuleContext } from '../rule.js';

/** Whether a module is loaded for a section: undefined where that is not known. */
export function hasModule({ configuration }: RuleContext, scope: string, module: string): boolean | undefined {
  const found = modules(configuration).get(scope);
  if (!found || found.failure !== null) return undefined;
  if (found.modules.some(({ name }) => name === module)) return true;
  return found.unknown.some(({ name }) => name === null || name === module) ? undefined : false;
}

/** What Prosody loads for each host and component. */
export function hostModules({ configuration }: RuleContext): readonly HostModules[] {
  return loadedModules(configuration);
}

/** By host. */
const known = new WeakMap<Configuration, ReadonlyMap<string, HostModules>>();

function modules(configuration: Configuration) {
  const found = known.get(configuration) ?? new Map(loadedModules(configuration).map(entry => [entry.host, entry]));
  known.set(configuration, found);
  return found;
}
