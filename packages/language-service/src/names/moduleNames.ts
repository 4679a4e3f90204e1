import type { ValuePath } from './atoms.js';

const LISTS = new Set(['modules_enabled', 'modules_disabled', 'global_modules_enabled', 'component_module']);

/**
 * The module that a string names as a value of an option, a provider with its prefix.
 * @param path of the value: `['modules_enabled', 2]`, `['authentication']`, `['storage', 'archive']`
 */
export function moduleNamed([option, ...rest]: ValuePath, text: string): string | undefined {
  if (option === undefined || text === '') return undefined;
  if (LISTS.has(String(option))) return rest.length <= 1 ? text : undefined;
  if (option === 'authentication') return rest.length === 0 ? `auth_${text}` : undefined;
  if (option === 'storage' || option === 'default_storage') return rest.length <= 1 ? `storage_${text}` : undefined;
  return undefined;
}
