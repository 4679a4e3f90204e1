// Modules that an option names: what stands behind a component, and the providers of accounts, rights and storage.
import type { ModuleKind } from '../catalog/index.js';
import type { Configuration } from './configuration.js';
import { type OptionSource, possibilities, sourceOf } from './module-lists.js';
import { toText } from './operators.js';
import { openReason, type TableValue, truth, type Value } from './values.js';

/** Where a module comes from: Prosody loads it without being asked, an option's default names it, or an option does. */
export type ModuleSource = { readonly kind: 'always' } | { readonly kind: 'default'; readonly option: string } | OptionSource;

/** A module that an option names, for sure or perhaps. */
export interface NamedModule {
  /** Null where only the reason is known. */
  readonly name: string | null;
  readonly role: ModuleKind;
  readonly source: ModuleSource;
  readonly doubt: string | null;
}

/** The modules that the options of one host name, and Lua's error where a value is none that could be a name. */
export interface Named {
  readonly modules: readonly NamedModule[];
  readonly failure: string | null;
}

/** The module behind a component; none for a host. In: what `component_module` may be (core/modulemanager.lua). */
export function componentModules(configuration: Configuration, scope: string): readonly NamedModule[] {
  const values = possibilities(configuration, scope, 'component_module');
  return fromValues(configuration, scope, 'component_module', 'component', values, value => {
    const name = toText(value);
    return name === undefined ? [] : [name];
  });
}

/** core/usermanager.lua, `initialize_host`: `authorization`, for hosts and components. */
export function authorizationModule(configuration: Configuration, scope: string): Named {
  return provider(configuration, scope, 'authz', 'authorization', 'internal', 'authz_provider_name');
}

/** core/usermanager.lua, `initialize_host`: `authentication`, for hosts only; `anonymous_login` is stronger. */
export function authenticationModule(configuration: Configuration, scope: string): Named {
  const anonymous = possibilities(configuration, scope, 'anonymous_login').map(truth);
  const source = sourceOf(configuration, scope, 'anonymous_login');
  if (source && anonymous.every(value => value === true))
    return { modules: [{ name: 'auth_anonymous', role: 'auth', source, doubt: null }], failure: null };
  const named = provider(configuration, scope, 'auth', 'authentication', 'internal_hashed', 'auth_provider');
  if (!source || anonymous.every(value => value === false)) return named;
  const doubt = 'whether `anonymous_login` is set';
  const other = { name: 'auth_anonymous', role: 'auth', source, doubt } as const;
  return { ...named, modules: [...named.modules.map(module => ({ ...module, doubt: module.doubt ?? doubt })), other] };
}

function provider(
  configuration: Configuration,
  scope: string,
  role: 'auth' | 'authz',
  option: string,
  fallback: string,
  variable: string,
): Named {
  const values = possibilities(configuration, scope, option);
  const [only] = values;
  const isName = (value: Value) => toText(value) !== undefined || value.kind === 'unknown' || truth(value) === false;
  if (values.length === 1 && only && !isName(only))
    return { modules: [], failure: `attempt to concatenate a ${only.kind} value (local '${variable}')` };
  const modules = fromValues(configuration, scope, option, role, values, value => {
    const name = truth(value) === false ? fallback : toText(value);
    // mod_auth_null is built in; mod_authz_null is a module like any other
    return name === undefined || (role === 'auth' && name === 'null') ? [] : [`${role}_${name}`];
  });
  return { modules, failure: null };
}

/**
 * core/storagemanager.lua, `get_driver`: a string in `storage` is the driver of every store; a table names one for some, and
 * `default_storage`, else `internal`, has the rest. A driver is loaded when the first store that it has is opened.
 */
export function storageModules(configuration: Configuration, scope: string): readonly NamedModule[] {
  const { version } = configuration;
  const name = (driver: string) => {
    if (driver === 'null') return [];
    // 0.12 still knows the name that mod_storage_sql had while it was new
    return [`storage_${version === '0.12' && driver === 'sql2' ? 'sql' : driver}`];
  };
  const values = possibilities(configuration, scope, 'storage');
  const named = fromValues(configuration, scope, 'storage', 'storage', values, value => {
    const driver = value.kind === 'string' ? value.value : undefined;
    return driver === undefined ? [] : name(driver);
  });
  const tables = values.filter(value => value.kind === 'table');
  const source = sourceOf(configuration, scope, 'storage');
  const doubt = values.length > 1 ? 'what `storage` is' : null;
  const mapped = source ? tables.flatMap(table => fromTable(table, source, doubt, name)) : [];
  if (values.every(value => value.kind === 'string')) return named;
  const defaults = possibilities(configuration, scope, 'default_storage');
  const rest = fromValues(configuration, scope, 'default_storage', 'storage', defaults, value => {
    const driver = truth(value) === false ? 'internal' : toText(value);
    return driver === undefined ? [] : name(driver);
  });
  const sure = values.every(value => value.kind !== 'string' && value.kind !== 'unknown');
  return [
    ...named,
    ...mapped,
    ...rest.map(module => (sure ? module : { ...module, doubt: module.doubt ?? 'what `storage` is' })),
  ];
}

function fromTable(
  table: TableValue,
  source: OptionSource,
  doubt: string | null,
  name: (driver: string) => readonly string[],
): NamedModule[] {
  const more = openReason(table) ?? (table.proxy ? 'the option is read back, which gives no plain table' : undefined);
  const found = [...table.table.entries.values()].flatMap(({ value, origin }): NamedModule[] => {
    const at = { ...source, origin: origin ?? value.origin ?? source.origin };
    if (value.kind === 'unknown') return [{ name: null, role: 'storage', source: at, doubt: value.reason }];
    return name(toText(value) ?? 'null').map(module => ({ name: module, role: 'storage', source: at, doubt }));
  });
  return more ? [...found, { name: null, role: 'storage', source, doubt: more }] : found;
}

/** One module for each name that the values may give; for sure where there is one value only. */
function fromValues(
  configuration: Configuration,
  scope: string,
  option: string,
  role: ModuleKind,
  values: readonly Value[],
  namesOf: (value: Value) => readonly string[],
): NamedModule[] {
  const said = sourceOf(configuration, scope, option);
  const names = new Set(values.flatMap(value => (value.kind === 'unknown' ? [] : namesOf(value))));
  const sure =
    values.every(value => value.kind !== 'unknown') && values.every(value => namesOf(value).join() === [...names].join());
  const reasons = values.flatMap(value => (value.kind === 'unknown' ? [value.reason] : []));
  const doubt = sure ? null : (reasons[0] ?? reasonOf(configuration, scope, option));
  // a value that counts as none leaves the default
  const isSaid = said !== null && !values.every(value => truth(value) === false);
  const source: ModuleSource = isSaid ? said : { kind: 'default', option };
  const named = [...names].map(name => ({ name, role, source, doubt }));
  return [...named, ...reasons.map(reason => ({ name: null, role, source, doubt: reason }))];
}

function reasonOf({ sections }: Configuration, scope: string, option: string): string {
  const value = sections.get(scope)?.options.get(option)?.value ?? sections.get('*')?.options.get(option)?.value;
  return value?.kind === 'unknown' ? value.reason : `what \`${option}\` is`;
}
