// Which options have no effect in a host.
import { coreOptions } from './core-options.js';
import { rawCatalog } from './data.js';
import type { ProsodyVersion } from './types.js';

/** check.lua's own patterns (C08) as they stand in the generated lists; a test holds the two together. */
export const globalPatterns = ['^interfaces?', '_ports?$', '_interfaces?$', '_ssl$', '^[cs]2s_ssl$'] as const;

/** Why an option is global-only: Prosody's list, Prosody's name patterns, or because only the server itself reads it. */
export type GlobalOnlyReason = 'list' | 'pattern' | 'core';

/**
 * Whether, and why, setting an option in a host has no effect.
 * `list` and `pattern` are what `prosodyctl check config` reports too; `core` are those that it does not know. A name that the
 * catalogue has never heard of can still match a pattern.
 */
export function globalOnlyReason(name: string, version: ProsodyVersion): GlobalOnlyReason | undefined {
  const { globalOnly, globalExcept } = rawCatalog(version).checkLists;
  if (globalExcept.includes(name)) return undefined;
  if (globalOnly.includes(name)) return 'list';
  const matches =
    name.startsWith('interface') || /_ports?$|_interfaces?$/.test(name) || (name.endsWith('_ssl') && !/^[cs]2s_ssl$/.test(name));
  if (matches) return 'pattern';
  return Object.hasOwn(coreOptions, name) && coreOptions[name]?.scope === 'global' ? 'core' : undefined;
}

/** Whether setting an option in a host has no effect. */
export function isGlobalOnly(name: string, version: ProsodyVersion): boolean {
  return globalOnlyReason(name, version) !== undefined;
}
