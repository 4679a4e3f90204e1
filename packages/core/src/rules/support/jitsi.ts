import {
  type Configuration,
  components,
  effective,
  GLOBAL,
  type HostModules,
  hosts,
  listEntries,
  loadedModules,
  openReason,
  type Section,
  type TableEntry,
} from '../../evaluate/index.js';
import type { RuleContext } from '../rule.js';
import { includesAreKnown } from './includes.js';
import { textOf } from './ldap-table.js';

/** Whether every virtual host and component is known, so that a name that is none of them is wrong. */
export function sectionsAreKnown({ configuration, complete }: RuleContext): boolean {
  return (
    complete &&
    configuration.ok &&
    configuration.stopped === null &&
    includesAreKnown(configuration) &&
    configuration.openings.every(opening => opening.doubt === undefined && !opening.scope.startsWith('?'))
  );
}

/** The section that a name means; Prosody prepares names, which makes them lower-case. */
export function sectionNamed({ configuration }: RuleContext, name: string): Section | undefined {
  const section = configuration.sections.get(name) ?? configuration.sections.get(name.toLowerCase());
  return section?.kind === 'global' ? undefined : section;
}

/** A component's module; `component` where it is an external one. */
export function moduleOf(section: Section): string | undefined {
  return textOf(section.options.get('component_module')?.value);
}

/** The room services by the part of their name before the domain: `lobby`, `conference`. */
export function roomServices({ configuration }: RuleContext): ReadonlyMap<string, readonly string[]> {
  const known = rooms.get(configuration);
  if (known) return known;
  const found = new Map<string, string[]>();
  for (const section of components(configuration)) {
    if (moduleOf(section) !== 'muc') continue;
    const label = section.name.split('.')[0]!;
    const others = found.get(label);
    if (others) others.push(section.name);
    else found.set(label, [section.name]);
  }
  rooms.set(configuration, found);
  return found;
}

const rooms = new WeakMap<Configuration, ReadonlyMap<string, readonly string[]>>();

/** The text that holds for an option in a scope, where it is known. */
export function optionText({ configuration }: RuleContext, scope: string, name: string): string | undefined {
  return textOf(effective(configuration, scope, name)?.value);
}

/** Whether a module is loaded for a section: undefined where that is not known. */
export function hasModule({ configuration }: RuleContext, scope: string, module: string): boolean | undefined {
  const found = modules(configuration).get(scope);
  if (!found || found.failure !== null) return undefined;
  if (found.modules.some(({ name }) => name === module)) return true;
  return found.unknown.some(({ name }) => name === null || name === module) ? undefined : false;
}

/** What Prosody loads for each host and component; read once. */
export function hostModules({ configuration }: RuleContext): HostModules[] {
  return [...modules(configuration).values()];
}

const known = new WeakMap<Configuration, ReadonlyMap<string, ReturnType<typeof loadedModules>[number]>>();

function modules(configuration: Configuration) {
  const found = known.get(configuration) ?? new Map(loadedModules(configuration).map(entry => [entry.host, entry]));
  known.set(configuration, found);
  return found;
}

/** Entries of a list option of a section's own, or of a lone string; undefined where they are not all known. */
export function ownEntries(section: Section | undefined, name: string): readonly Pick<TableEntry, 'value'>[] | undefined {
  const value = section?.options.get(name)?.value;
  if (!value || value.kind === 'nil') return [];
  if (value.kind === 'string') return [{ value }];
  return value.kind === 'table' && !openReason(value) ? listEntries(value) : undefined;
}

/** The texts of a list that a section takes over from the global section and adds to (`get_option_inherited_set`). */
export function inheritedTexts({ configuration }: RuleContext, scope: string, name: string): string[] | undefined {
  const texts: string[] = [];
  for (const section of [configuration.sections.get(scope), configuration.sections.get(GLOBAL)]) {
    const entries = ownEntries(section, name);
    if (!entries) return undefined;
    for (const { value } of entries) {
      const text = textOf(value);
      if (text === undefined) return undefined;
      texts.push(text);
    }
  }
  return texts;
}

/** `focus@auth.example.com`, with or without a resource, as its two parts. */
export function accountOf(jid: string): { readonly user: string; readonly host: string } | undefined {
  const match = /^([^@/\s]+)@([^@/\s]+)(?:\/.*)?$/.exec(jid);
  return match ? { user: match[1]!, host: match[2]!.toLowerCase() } : undefined;
}

/** Jicofo's account as the component that stands in for it names it, with the component. */
export function focusAccounts(context: RuleContext): { readonly component: Section; readonly jid: string }[] {
  return components(context.configuration).flatMap(component => {
    const jid = moduleOf(component) === 'client_proxy' ? textOf(component.options.get('target_address')?.value) : undefined;
    return jid !== undefined && accountOf(jid) ? [{ component, jid }] : [];
  });
}

/** The hosts that people meet on: those with a host for the services (`auth.`) or a component for Jicofo (`focus.`). */
export function meetingHosts({ configuration }: RuleContext): Section[] {
  return hosts(configuration).filter(
    ({ name }) => configuration.sections.has(`auth.${name}`) || configuration.sections.has(`focus.${name}`),
  );
}

/** Where Jitsi's own services log in: the hosts of their accounts, and `auth.` before a host's name. */
export function serviceHosts(context: RuleContext): readonly Section[] {
  const found = services.get(context.configuration) ?? findServiceHosts(context);
  services.set(context.configuration, found);
  return found;
}

const services = new WeakMap<Configuration, readonly Section[]>();

function findServiceHosts(context: RuleContext): Section[] {
  const { configuration } = context;
  const meetings = new Set(meetingHosts(context).map(({ name }) => name));
  const named = new Set(focusAccounts(context).map(({ jid }) => accountOf(jid)!.host));
  return hosts(configuration).filter(
    // where people log in too, the services may have an account among theirs
    ({ name }) =>
      !meetings.has(name) &&
      (named.has(name) || (name.startsWith('auth.') && configuration.sections.has(name.slice('auth.'.length)))),
  );
}

/** Providers with which nobody needs an account. */
export const ANONYMOUS: ReadonlySet<string> = new Set(['anonymous', 'jitsi-anonymous']);

/** Providers that look at tokens. */
export const TOKEN_PROVIDERS: ReadonlySet<string> = new Set([
  'token',
  'jitsi-shared-secret',
  'hybrid_matrix_token',
  'matrix_user_verification',
]);

/** Providers that ask for a name and a password, as far as they are known here. */
export const PASSWORD_PROVIDERS: ReadonlySet<string> = new Set([
  'internal_hashed',
  'internal_plain',
  'internal',
  'ldap2',
  'ldap',
  'cyrus',
]);
