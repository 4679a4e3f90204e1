import type { LibraryFact } from '@prosodist/core';
import type { Root } from './root.js';

/** What the providers ask for with `require`: mod_auth_ldap.lua:4, ldap.lib.lua:246, sasl_cyrus.lua:17. */
const NEEDS: Readonly<Record<string, { readonly name: string; readonly debian: string }>> = {
  auth_ldap: { name: 'lualdap', debian: 'lua-ldap' },
  auth_ldap2: { name: 'lualdap', debian: 'lua-ldap' },
  auth_cyrus: { name: 'cyrussasl', debian: 'lua-cyrussasl' },
};

const VERSIONS = ['5.1', '5.2', '5.3', '5.4', '5.5'] as const;

/**
 * The Lua libraries that the modules of a host need, where Debian's Lua looks for them.
 * @param modules names as `modules_enabled` has them, providers with their prefix
 * @param lua the version of Prosody's Lua
 * Source: package.path and package.cpath of Debian's lua5.4 (luaconf.h with Debian's patches); recorded in both trees.
 */
export function libraryFacts(root: Root, modules: readonly string[], lua: string): readonly LibraryFact[] {
  const triplets = root.names('/usr/lib').filter(name => /-linux-/.test(name));
  const compiled = ['/usr/local/lib', ...triplets.map(name => `/usr/lib/${name}`), '/usr/lib'];
  const written = ['/usr/local/share', '/usr/local/lib', '/usr/share'];
  const find = (name: string, version: string) =>
    [
      ...written.flatMap(folder => [`${folder}/lua/${version}/${name}.lua`, `${folder}/lua/${version}/${name}/init.lua`]),
      ...compiled.map(folder => `${folder}/lua/${version}/${name}.so`),
    ].find(path => root.stat(path)?.kind === 'file');
  return modules.flatMap(module => {
    const need = NEEDS[module];
    if (!need) return [];
    const versions = VERSIONS.filter(version => find(need.name, version) !== undefined);
    return [{ ...need, module, path: find(need.name, lua) ?? null, versions }];
  });
}
