import { type Configuration, GLOBAL, listEntries, loadedModules, type ModuleFact, openReason } from '@prosodist/core';
import type { Root } from './root.js';

/** Where Debian's Prosody has its own modules, and what relative paths count from. */
const OWN = '/usr/lib/prosody/modules';
const DATA = '/var/lib/prosody';

/** What modules load with `module:require`. Source: mod_auth_ldap2.lua and mod_auth_cyrus.lua of prosody-modules. */
const PARTS: Readonly<Record<string, readonly string[]>> = { auth_ldap2: ['ldap'], auth_cyrus: ['sasl_cyrus'] };

/** More modules than any host has. */
const MOST = 500;

/**
 * The files of the modules that a host loads, each where Prosody finds it first.
 * @param lua the version of Prosody's Lua: modules of the installer lie in folders of that name
 * @returns null where this machine has no Prosody, or nobody can tell where it looks
 * Source: util/startup.lua (setup_plugindir, setup_plugin_install_path), util/pluginloader.lua of 0.12.3 and 13.0.1.
 */
export function moduleFacts(root: Root, configuration: Configuration, host: string, lua: string): readonly ModuleFact[] | null {
  const folders = pluginFolders(configuration);
  if (!folders || root.stat(OWN)?.kind !== 'directory') return null;
  const loaded = loadedModules(configuration).find(candidate => candidate.host === host);
  if (!loaded) return null;
  const isFile = (path: string) => root.stat(path)?.kind === 'file';
  return loaded.modules.slice(0, MOST).flatMap(({ name }) => {
    const found = folders.flatMap(folder => placesOf(folder, name, `mod_${name}.lua`, lua)).filter(isFile);
    const own: ModuleFact = { file: `mod_${name}.lua`, module: name, path: found[0] ?? null, hides: hidden(found) };
    const parts = found.length === 0 ? [] : (PARTS[name] ?? []);
    return [own, ...parts.map(part => partOf(folders, name, part, lua, isFile))];
  });
}

/** The folders that Prosody looks through, in its order; undefined where an option that names them is not known. */
function pluginFolders(configuration: Configuration): string[] | undefined {
  const options = configuration.sections.get(GLOBAL)?.options;
  const paths = options?.get('plugin_paths')?.value;
  const installer = options?.get('installer_plugin_path')?.value;
  if (paths && (paths.kind !== 'table' || paths.proxy || openReason(paths))) return undefined;
  if (installer && installer.kind !== 'string') return undefined;
  const listed = paths?.kind === 'table' ? listEntries(paths).map(entry => entry.value) : [];
  const known = listed.flatMap(value => (value.kind === 'string' ? [value.value] : []));
  if (known.length !== listed.length) return undefined;
  const all = [installer?.kind === 'string' ? installer.value : 'custom_plugins', ...known, OWN];
  return all.map(path => (path.startsWith('/') ? path : `${DATA}/${path}`).replace(/\/+$/, ''));
}

/** load_resource: the places of a file in one folder, in Prosody's order. */
function placesOf(folder: string, plugin: string, file: string, lua: string): string[] {
  return [
    `${folder}/mod_${plugin}/${plugin}/${file}`,
    `${folder}/mod_${plugin}/${file}`,
    `${folder}/${plugin}/${file}`,
    `${folder}/${file}`,
    `${folder}/share/lua/${lua}/${file}`,
    `${folder}/share/lua/${lua}/mod_${plugin}/${file}`,
  ];
}

/** Another copy that lies behind the first; two names of one file in one folder are none. */
function hidden(found: readonly string[]): string | null {
  return found.length > 1 ? found[1]! : null;
}

/** load_code_ext: a part is looked for as the module's own, then as one of a library of its name. */
function partOf(
  folders: readonly string[],
  module: string,
  part: string,
  lua: string,
  isFile: (path: string) => boolean,
): ModuleFact {
  const tries = [
    [module, `${part}.lib.lua`],
    [module, `${part}.lua`],
    [part, `${part}.lib.lua`],
  ] as const;
  const places = tries.flatMap(([plugin, file]) => folders.flatMap(folder => placesOf(folder, plugin, file, lua)));
  const path = places.find(isFile) ?? null;
  return { file: path === null ? `${part}.lib.lua` : path.slice(path.lastIndexOf('/') + 1), module, path, hides: null };
}
