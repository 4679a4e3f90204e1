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

/** The modules of one version. */
export interface Modules {
  /** What is known of a module. */
  get(name: string): ModuleInfo | undefined;
  /** The names of all, sorted. */
  readonly names: readonly string[];
}

/** What the catalogue says of a module before anybody asks for it. */
interface Entry {
  readonly source: CatalogSource;
  readonly facts: { readonly global?: boolean; readonly depends?: readonly string[] };
}

const opened = new Map<ProsodyVersion, Modules>();

/** Every module of a version by name; what is known of one is put together when it is asked for. */
export function modulesOf(version: ProsodyVersion): Modules {
  const known = opened.get(version) ?? open(version);
  opened.set(version, known);
  return known;
}

function open(version: ProsodyVersion): Modules {
  const entries = new Map<string, Entry>();
  // the first one counts: Debian's collection goes before the other places that have a module
  for (const [name, source, facts] of rawCatalog(version).modules) if (!entries.has(name)) entries.set(name, { source, facts });
  for (const { module } of jitsiModules) if (!entries.has(module)) entries.set(module, { source: 'jitsi', facts: {} });
  for (const module of communityModules().modules)
    if (!entries.has(module)) entries.set(module, { source: 'prosody-modules', facts: {} });
  const infos = new Map<string, ModuleInfo>();
  return {
    get(name) {
      const entry = entries.get(name);
      if (!entry) return undefined;
      const info = infos.get(name) ?? moduleInfo(name, entry, version);
      infos.set(name, info);
      return info;
    },
    names: [...entries.keys()].sort(),
  };
}

function moduleInfo(name: string, { source, facts }: Entry, version: ProsodyVersion): ModuleInfo {
  return {
    name,
    kind: kindOf(name),
    source,
    // what a module reads is known of the options only, all of them: who wants to know looks at every one
    get options() {
      return optionsByModule(version).get(name) ?? [];
    },
    depends: facts.depends ?? [],
    global: facts.global ?? false,
  };
}

const readBy = new Map<ProsodyVersion, ReadonlyMap<string, readonly string[]>>();

function optionsByModule(version: ProsodyVersion): ReadonlyMap<string, readonly string[]> {
  const known = readBy.get(version);
  if (known) return known;
  const found = new Map<string, Set<string>>();
  const options = optionsOf(version);
  for (const name of options.names()) {
    for (const { module } of options.get(name)?.readers ?? []) found.set(module, (found.get(module) ?? new Set()).add(name));
  }
  const sorted = new Map([...found].map(([module, names]) => [module, [...names].sort()]));
  readBy.set(version, sorted);
  return sorted;
}

/** What a module is made for, which its name tells. */
export function kindOf(name: string): ModuleKind {
  const provider = /^(auth|storage|authz)_/.exec(name)?.[1];
  if (provider === 'auth' || provider === 'storage' || provider === 'authz') return provider;
  return components.has(name) || name.endsWith('_component') ? 'component' : 'module';
}
