import type { ModuleKind } from '../catalog/index.js';
import { type Configuration, GLOBAL, type Section } from './configuration.js';
import { type Lists, listedModules } from './listed-modules.js';
import { type ModuleList, moduleList, type OptionSource, possibilities, sourceOf, type UnreadEntry } from './module-lists.js';
import {
  authenticationModule,
  authorizationModule,
  componentModules,
  type ModuleSource,
  type Named,
  type NamedModule,
  storageModules,
} from './providers.js';
import { truth } from './values.js';

/** A module that Prosody loads for a host. */
export interface LoadedModule {
  /** As `modules_enabled` names it; a provider with its prefix: `auth_ldap2`. */
  readonly name: string;
  /** What it is loaded as; `module` for one of the list. */
  readonly role: ModuleKind;
  /** Every reason why it is loaded, any of which would do. */
  readonly sources: readonly ModuleSource[];
}

/** A module that something asks for, and that is not loaded. */
export interface DisabledModule {
  readonly name: string;
  readonly sources: readonly ModuleSource[];
  /** Who takes it away: `modules_disabled`, or the entry of `vcard_legacy` that takes the place of `vcard`. */
  readonly by: OptionSource;
}

/** What cannot be said: whether this module is loaded, or, without a name, which others may be. */
export interface UnknownModule {
  readonly name: string | null;
  readonly role: ModuleKind;
  readonly reason: string;
  readonly source: ModuleSource | null;
}

/** The modules of one host or component. */
export interface HostModules {
  /** The name of the section. */
  readonly host: string;
  readonly kind: 'host' | 'component';
  /** False where `enabled = false` keeps Prosody from loading anything; null where that is not known. */
  readonly enabled: boolean | null;
  /** The `enabled` that says so, where one does. */
  readonly enabledBy: OptionSource | null;
  /** In the order of loading as far as there is one: authorization, authentication, component; then by name; storage last. */
  readonly modules: readonly LoadedModule[];
  readonly disabled: readonly DisabledModule[];
  readonly unknown: readonly UnknownModule[];
  /** What stands in the lists without any effect. */
  readonly unread: readonly UnreadEntry[];
  /** Lua's error where the lists or names are none: the server does not start. Then nothing is loaded. */
  readonly failure: string | null;
  /** Set where it depends on an unknown whether the host is there at all. */
  readonly doubt: string | null;
}

/**
 * The modules that Prosody loads for each host and component when it starts, and why. What a module loads by itself
 * (`module:depends`) is not among them, nor is it looked at whether a module is installed.
 * @param configuration a reading; of one with errors, what it says as far as it goes
 * @returns one entry for each host and component, sorted by name
 * Source: core/modulemanager.lua (`get_modules_for_host`), core/hostmanager.lua (`load_enabled_hosts`),
 * core/usermanager.lua (`initialize_host`) and core/storagemanager.lua (`get_driver`) of 0.12.3 and 13.0.1.
 * @example
 * const files = memoryFiles({ '/p.cfg.lua': 'modules_enabled = { "tls" } VirtualHost "example.com"' });
 * loadedModules(load(files, '/p.cfg.lua'))[0].modules.some(module => module.name === 'tls') // → true
 */
export function loadedModules(configuration: Configuration): readonly HostModules[] {
  const found = foundIn(configuration);
  if (found.all) return found.all;
  const names = [...configuration.sections.keys()].filter(name => name !== GLOBAL).sort();
  found.all = names.map(name => hostModulesOf(configuration, name)!);
  return found.all;
}

/**
 * The same for one host or component.
 * @returns undefined where there is none of this name
 */
export function hostModulesOf(configuration: Configuration, host: string): HostModules | undefined {
  const { hosts, globals } = foundIn(configuration);
  const section = host === GLOBAL ? undefined : configuration.sections.get(host);
  const known = hosts.get(host);
  if (known || !section) return known;
  const modules = modulesOf(configuration, section, globals);
  hosts.set(host, modules);
  return modules;
}

interface Found {
  readonly globals: readonly [ModuleList, ModuleList];
  readonly hosts: Map<string, HostModules>;
  all: readonly HostModules[] | null;
}

/** Many rules ask, and a configuration does not change. */
const known = new WeakMap<Configuration, Found>();

function foundIn(configuration: Configuration): Found {
  let found = known.get(configuration);
  if (!found) {
    const globals = [
      moduleList(configuration, GLOBAL, 'modules_enabled'),
      moduleList(configuration, GLOBAL, 'modules_disabled'),
    ] as const;
    found = { globals, hosts: new Map(), all: null };
    known.set(configuration, found);
  }
  return found;
}

function modulesOf(configuration: Configuration, section: Section, globals: readonly [ModuleList, ModuleList]): HostModules {
  const host = section.name;
  const isComponent = one(possibilities(configuration, host, 'component_module').map(truth));
  const isEnabled = one(possibilities(configuration, host, 'enabled').map(isOn));
  const { openings } = section;
  const common = {
    host,
    kind: (isComponent ?? section.kind === 'component') ? 'component' : 'host',
    enabled: isEnabled ?? null,
    enabledBy: sourceOf(configuration, host, 'enabled'),
    doubt: openings.length > 0 && openings.every(opening => opening.doubt !== undefined) ? openings[0]!.doubt! : null,
  } as const;
  const nothing = { modules: [], disabled: [], unknown: [], unread: [] };
  if (isEnabled === false) return { ...common, ...nothing, failure: null };
  const own = (option: string) => moduleList(configuration, host, option);
  const lists: Lists = [...globals, own('modules_enabled'), own('modules_disabled')];
  const { failure, first, last } = namedOf(configuration, host, isComponent);
  const error = failure ?? lists.map(list => list.failure).find(text => text !== null) ?? null;
  if (error !== null) return { ...common, ...nothing, failure: error };
  const listed = listedModules(configuration.version, lists, isComponent);
  const named = [...first, ...last];
  return {
    ...common,
    modules: merged([...first.flatMap(asLoaded), ...listed.modules, ...last.flatMap(asLoaded)]),
    disabled: listed.disabled,
    unknown: [...named.flatMap(asUnknown), ...listed.unknown],
    unread: lists.flatMap(list => list.unread),
    failure: null,
  };
}

/** The one thing that all of them are, or undefined. */
function one(values: readonly (boolean | undefined)[]): boolean | undefined {
  return values.every(value => value === values[0]) ? values[0] : undefined;
}

/** `host_config.enabled ~= false` of core/hostmanager.lua. */
function isOn(value: { readonly kind: string; readonly value?: unknown }): boolean | undefined {
  return value.kind === 'unknown' ? undefined : !(value.kind === 'boolean' && value.value === false);
}

/** What options name, before the list and behind it. Components have no accounts, so no provider for them. */
function namedOf(configuration: Configuration, host: string, isComponent: boolean | undefined) {
  const authorization = authorizationModule(configuration, host);
  const none: Named = { modules: [], failure: null };
  const authentication = isComponent === true ? none : authenticationModule(configuration, host);
  const doubt = 'whether it is a component';
  const accounts = authentication.modules.map(module => (isComponent === undefined ? { ...module, doubt } : module));
  return {
    failure: authorization.failure ?? (isComponent === undefined ? null : authentication.failure),
    first: [...authorization.modules, ...accounts, ...componentModules(configuration, host)],
    last: storageModules(configuration, host),
  };
}

function asLoaded({ name, role, source, doubt }: NamedModule): LoadedModule[] {
  return name === null || doubt !== null ? [] : [{ name, role, sources: [source] }];
}

function asUnknown({ name, role, source, doubt }: NamedModule): UnknownModule[] {
  return doubt === null ? [] : [{ name, role, source, reason: doubt }];
}

/** A module asked for twice is loaded once. */
function merged(modules: readonly LoadedModule[]): LoadedModule[] {
  const found = new Map<string, LoadedModule>();
  if (new Set(modules.map(({ name }) => name)).size === modules.length) return [...modules];
  for (const module of modules) {
    const before = found.get(module.name);
    found.set(module.name, before ? { ...before, sources: [...before.sources, ...module.sources] } : module);
  }
  return [...found.values()];
}
