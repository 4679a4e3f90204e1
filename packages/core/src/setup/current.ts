// What a host's directory settings are now.
import { type Configuration, effective, get, type Value } from '../evaluate/index.js';
import { providerOf } from './hosts.js';
import type { LdapSetupWay } from './types.js';

/** The settings that a host has for its directory, as far as they are known. Nothing secret is in it. */
export interface CurrentLdap {
  /** The way whose settings these are. */
  readonly way: LdapSetupWay;
  /** Whether the host uses that way already. */
  readonly inUse: boolean;
  readonly server: string | undefined;
  readonly startTls: boolean;
  readonly bindName: string | undefined;
  readonly hasPassword: boolean;
  readonly base: string | undefined;
  /** The attribute with the name that people type. */
  readonly attribute: string | undefined;
  /** What an entry has to be besides; undefined where the filter is of another form, or nothing is set. */
  readonly filter: string | undefined;
}

/**
 * The settings of a host for one way, or for the one that has some; undefined where neither has.
 * @param host the prepared name of a virtual host
 */
export function currentLdap(configuration: Configuration, host: string, way?: LdapSetupWay): CurrentLdap | undefined {
  const provider = providerOf(configuration, host);
  const order: readonly LdapSetupWay[] = way ? [way] : provider === 'ldap2' ? ['ldap2', 'ldap'] : ['ldap', 'ldap2'];
  for (const one of order) {
    const found = one === 'ldap' ? ofLdap(configuration, host) : ofLdap2(configuration, host);
    if (found) return { ...found, way: one, inUse: provider === one };
  }
  return undefined;
}

type Found = Omit<CurrentLdap, 'way' | 'inUse'>;

function ofLdap(configuration: Configuration, host: string): Found | undefined {
  const value = (name: string) => effective(configuration, host, name)?.value;
  const names = ['ldap_server', 'ldap_base', 'ldap_rootdn', 'ldap_filter'];
  if (!names.some(name => value(name))) return undefined;
  return {
    server: textOf(value('ldap_server')),
    startTls: isTrue(value('ldap_tls')),
    bindName: textOf(value('ldap_rootdn')),
    hasPassword: value('ldap_password') !== undefined,
    base: textOf(value('ldap_base')),
    ...parted(textOf(value('ldap_filter'))),
  };
}

function ofLdap2(configuration: Configuration, host: string): Found | undefined {
  const table = effective(configuration, host, 'ldap')?.value;
  if (table?.kind !== 'table') return undefined;
  const user = get(table, 'user');
  const inUser = (key: string) => (user?.kind === 'table' ? textOf(get(user, key)) : undefined);
  return {
    server: textOf(get(table, 'hostname')),
    startTls: isTrue(get(table, 'use_tls')),
    bindName: textOf(get(table, 'bind_dn')),
    hasPassword: !isNil(get(table, 'bind_password')),
    base: inUser('basedn'),
    attribute: inUser('usernamefield'),
    filter: inUser('filter'),
  };
}

/** `(&(uid=$user)(objectClass=person))` as what is compared with the name, and the rest. */
function parted(filter: string | undefined): { attribute: string | undefined; filter: string | undefined } {
  const [, one] = /^\(([\w;-]+)=(?:\$user|%s)\)$/.exec(filter ?? '') ?? [];
  if (one !== undefined) return { attribute: one, filter: '' };
  const [, attribute, rest] = /^\(&\(([\w;-]+)=(?:\$user|%s)\)(\(.*\))\)$/s.exec(filter ?? '') ?? [];
  return { attribute, filter: rest };
}

/** A text that is known. */
export function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined;
}

function isNil(value: Value | undefined): boolean {
  return value === undefined || value.kind === 'nil';
}

/** What Lua takes for true: the text "false" too. */
function isTrue(value: Value | undefined): boolean {
  return !isNil(value) && !(value?.kind === 'boolean' && !value.value);
}
