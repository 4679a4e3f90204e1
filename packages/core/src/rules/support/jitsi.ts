import { type Configuration, components, hosts, type Section } from '../../evaluate/index.js';
import type { RuleContext } from '../rule.js';
import { textOf } from './ldap-table.js';
import { moduleOf } from './sections.js';

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
