// Every module of a version.
import { communityModules } from './community.js';
import { rawCatalog } from './data.js';
import { jitsiModules } from './jitsi.js';
import { optionsOf } from './options.js';
import type { CatalogSource, ModuleInfo, ModuleKind, ProsodyVersion } from './types.js';

/** Modules that stand behind `Component "name" "module"`, by their documentation; Jitsi's say it in their name. */
const components = new Set([
  'client_proxy',
  'component',
  'http_file_share',
  'http_upload',
  'http_upload_external',
  'muc',
  'proxy65',
  'pubsub',
  'vjud',
]);

const built = new Map<ProsodyVersion, ReadonlyMap<string, ModuleInfo>>();

/** Every module of a version by name, built when first asked for. */
export function modulesOf(version: ProsodyVersion): ReadonlyMap<string, ModuleInfo> {
  const known = built.get(version) ?? build(version);
  built.set(version, known);
  return known;
}

function build(version: ProsodyVersion): ReadonlyMap<string, ModuleInfo> {
  const options = optionsByModule(version);
  const modules = new Map<string, ModuleInfo>();
  const add = (name: string, source: CatalogSource, depends: readonly string[] = [], global = false): void => {
    if (!modules.has(name)) {
      modules.set(name, { name, kind: kindOf(name), source, options: options.get(name) ?? [], depends, global });
    }
  };
  for (const [name, source, { depends, global }] of rawCatalog(version).modules) add(name, source, depends, global);
  for (const { module } of jitsiModules) add(module, 'jitsi');
  for (const { module } of communityModules) add(module, 'prosody-modules');
  return new Map([...modules].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function optionsByModule(version: ProsodyVersion): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { name, readers } of optionsOf(version).values()) {
    for (const { module } of readers) found.set(module, (found.get(module) ?? new Set()).add(name));
  }
  return new Map([...found].map(([module, names]) => [module, [...names].sort()]));
}

function kindOf(name: string): ModuleKind {
  const provider = /^(auth|storage|authz)_/.exec(name)?.[1];
  if (provider === 'auth' || provider === 'storage' || provider === 'authz') return provider;
  return components.has(name) || name.endsWith('_component') ? 'component' : 'module';
}
