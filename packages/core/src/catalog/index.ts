// The door of the catalogue: what Prosody knows.
import { kindOf, modulesOf } from './modules.js';
import { optionsOf } from './options.js';
import type { ModuleInfo, OptionInfo, ProsodyVersion } from './types.js';

export { checkLists } from './data.js';
export { type GlobalOnlyReason, globalOnlyReason, globalPatterns, isGlobalOnly } from './global-only.js';
export { type Meant, meantNames, nearestName, nearestNames } from './nearest.js';
export { type OptionKey, type OptionTable, optionTable } from './option-tables.js';
export { optionProse, optionsWithProse } from './prose.js';
export { type Replacement, replacementFor } from './replacements.js';
export { isSecret } from './secrets.js';
export * from './types.js';

const names = new Map<string, readonly string[]>();

/** A list that is asked for again and again: made once. */
function once(key: string, make: () => readonly string[]): readonly string[] {
  const list = names.get(key) ?? make();
  names.set(key, list);
  return list;
}

/** What is known of an option in a version. In: its name. Out: undefined when nothing that we know of reads it. */
export function findOption(name: string, version: ProsodyVersion): OptionInfo | undefined {
  return optionsOf(version).get(name);
}

/** Every option name of a version, sorted: Prosody's, prosody-modules', Jitsi's, those derived from net services, outdated ones. */
export function optionNames(version: ProsodyVersion): readonly string[] {
  return once(`options ${version}`, () => optionsOf(version).names());
}

/** What is known of a module in a version. In: its name without `mod_`; a provider with its prefix: `auth_ldap`. */
export function findModule(name: string, version: ProsodyVersion): ModuleInfo | undefined {
  return modulesOf(version).get(name);
}

/** Every module name of a version, sorted, providers with their prefix. */
export function moduleNames(version: ProsodyVersion): readonly string[] {
  return modulesOf(version).names;
}

/** Providers that are no module: core/usermanager.lua and core/storagemanager.lua know `null`, 0.12's storage also `sql2`. */
function builtIn(kind: 'auth' | 'storage', version: ProsodyVersion): readonly string[] {
  return kind === 'storage' && version === '0.12' ? ['null', 'sql2'] : ['null'];
}

/** What `authentication` or `storage` may name in a version, sorted, without prefix: `ldap`, `internal_hashed`, `sql`, `null`. */
export function providerNames(kind: 'auth' | 'storage', version: ProsodyVersion): readonly string[] {
  return once(`${kind} ${version}`, () => {
    const modules = modulesOf(version).names.filter(name => kindOf(name) === kind);
    return [...modules.map(name => name.slice(kind.length + 1)), ...builtIn(kind, version)].sort();
  });
}
