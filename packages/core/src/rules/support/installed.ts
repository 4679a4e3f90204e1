// Whether a module is there: core/pluginloader.lua and util/startup.lua (setup_plugindir) of 0.12.3 and 13.0.1.
import { findModule, type Meant, meantNames, moduleNames, type ProsodyVersion, prosodyVersions } from '../../catalog/index.js';
import { type Configuration, type FileSystem, GLOBAL, listEntries, openReason } from '../../evaluate/index.js';
import type { RuleContext } from '../rule.js';

/** Where Debian's Prosody has its own modules. */
export const PLUGIN_FOLDER = '/usr/lib/prosody/modules';
/** `data_path` unless it is set: what a relative plugin path counts from. */
const DATA_FOLDER = '/var/lib/prosody';

/** Whether these are the files of a machine with Prosody on it, so that what is not there can be known. */
export function isMachine(files: FileSystem): boolean {
  return files.stat(PLUGIN_FOLDER)?.kind === 'directory';
}

export interface PluginPaths {
  readonly folders: readonly string[];
  /** False where a path is not known or its folder cannot be looked into. */
  readonly complete: boolean;
}

/** The folders of `plugin_paths`, and of the installer. */
export function pluginPaths({ configuration, files }: Pick<RuleContext, 'configuration' | 'files'>): PluginPaths {
  const options = configuration.sections.get(GLOBAL)?.options;
  const value = options?.get('plugin_paths')?.value;
  const installer = options?.get('installer_plugin_path')?.value;
  const listed = value?.kind === 'table' ? listEntries(value).map(entry => entry.value) : [];
  const known = listed.flatMap(path => (path.kind === 'string' ? [path.value] : []));
  const sure =
    value === undefined || (value.kind === 'table' && !value.proxy && !openReason(value) && known.length === listed.length);
  const more = installer?.kind === 'string' ? [installer.value] : [];
  const folders = [...more, ...known].map(path => (path.startsWith('/') ? path : `${DATA_FOLDER}/${path}`).replace(/\/+$/, ''));
  const readable = folders.every(folder => files.stat(folder)?.kind === 'directory');
  return {
    folders,
    complete: sure && (installer === undefined || installer.kind === 'string') && (readable || isMachine(files)),
  };
}

export type Presence =
  /** Part of Prosody or a known collection, or a file of it is there. */
  | { readonly kind: 'known' }
  /** Only another version has it. */
  | { readonly kind: 'other version'; readonly version: ProsodyVersion }
  /** Nothing known has this name; `looked`: and no folder has a file of it. */
  | { readonly kind: 'unknown'; readonly looked: boolean };

/** Whether there is a module of a name, as far as can be told. */
export function presenceOf(context: RuleContext, paths: PluginPaths, name: string): Presence {
  const { version, files } = context;
  if (findModule(name, version)) return { kind: 'known' };
  const folders = [...paths.folders, ...(isMachine(files) ? [PLUGIN_FOLDER] : [])];
  if (folders.some(folder => filesOf(folder, name).some(file => files.stat(file)?.kind === 'file'))) return { kind: 'known' };
  const other = prosodyVersions.find(candidate => findModule(name, candidate));
  // what Debian packages of the collection changes; the collection itself is for all versions
  if (other && findModule(name, other)?.source !== 'prosody') return { kind: 'known' };
  if (other) return { kind: 'other version', version: other };
  return { kind: 'unknown', looked: paths.complete };
}

/**
 * The file of a module that is installed, where Prosody would find it first; undefined where none is.
 * @param name without `mod_`, a provider with its prefix
 */
export function moduleFile(files: FileSystem, configuration: Configuration, name: string): string | undefined {
  if (!/^\w[\w-]*$/.test(name)) return undefined;
  const folders = [...pluginPaths({ files, configuration }).folders, PLUGIN_FOLDER];
  return folders.flatMap(folder => filesOf(folder, name)).find(file => files.stat(file)?.kind === 'file');
}

/** pluginloader.lua, load_file: the places in a folder where a module may be. */
function filesOf(folder: string, name: string): string[] {
  const file = `mod_${name}.lua`;
  return [
    `${folder}/mod_${name}/${name}/${file}`,
    `${folder}/mod_${name}/${file}`,
    `${folder}/${name}/${file}`,
    `${folder}/${file}`,
    `${folder}/share/lua/5.4/${file}`,
    `${folder}/share/lua/5.4/mod_${name}/${file}`,
  ];
}

const found = new Map<string, Meant>();

/** The known modules that a wrong name may mean; each name is looked up once. */
export function meantModules(name: string, version: ProsodyVersion): Meant {
  const key = `${version} ${name}`;
  const known = found.get(key);
  if (known) return known;
  const meant = meantNames(name, plainModules(version));
  if (found.size > 1000) found.clear();
  found.set(key, meant);
  return meant;
}

const plain = new Map<ProsodyVersion, readonly string[]>();

/** The modules that are no providers. */
function plainModules(version: ProsodyVersion): readonly string[] {
  const names = plain.get(version) ?? moduleNames(version).filter(name => !/^(?:auth|storage|authz)_/.test(name));
  plain.set(version, names);
  return names;
}
