import {
  type Configuration,
  effective,
  hosts,
  type Origin,
  type Setting,
  type StringValue,
  type TableValue,
  truth,
  type Value,
} from '../../evaluate/index.js';
import { classifyBindName, type LdapHost, parseLdapHosts } from '../../ldap/index.js';
import type { RuleContext } from '../rule.js';
import { isNamed, isOn, providerOf } from './hosts.js';
import { ldapTables, textOf } from './ldap-table.js';
import { saslauthdAccess } from './saslauthd.js';
import { placeInString } from './source.js';

/** The ways to a directory: the providers ldap2 and ldap, and saslauthd, which the provider cyrus asks. */
export type Way = 'ldap2' | 'ldap' | 'saslauthd';

/** What a setting is for, whatever a way calls it. */
export type Role = 'server' | 'bindName' | 'password' | 'startTls' | 'base' | 'filter' | 'attribute';

/** One setting of a way. */
export interface AccessSetting {
  /** As findings name it: `ldap.user.basedn`, `ldap_base`. */
  readonly name: string;
  readonly value: Value;
  readonly at: Origin;
  readonly nameAt: Origin;
  /** The place of a part of its text. */
  readonly place: (start: number, end: number) => Origin;
}

/** The settings by which one directory is asked. */
export interface Access {
  readonly way: Way;
  /** The hosts whose users are looked up with it; none in a lone file. */
  readonly hosts: readonly string[];
  readonly settings: Readonly<Partial<Record<Role, AccessSetting>>>;
  /** Where it begins: for what is said of the whole. */
  readonly at: Origin;
}

/** Every directory that the configuration asks, by every way. */
export function accesses(context: RuleContext): readonly Access[] {
  const { configuration, complete } = context;
  const known = read.get(configuration);
  if (known?.complete === complete) return known.found;
  const sasl = saslauthdAccess(context);
  const found = [...tables(context), ...options(context), ...(sasl ? [sasl] : [])];
  read.set(configuration, { complete, found });
  return found;
}

/** Many rules ask. */
const read = new WeakMap<Configuration, { readonly complete: boolean; readonly found: readonly Access[] }>();

export function roleText(access: Access, role: Role): string | undefined {
  return textOf(access.settings[role]?.value);
}

/** The servers, where they are known and well-formed; saslauthd's default and mod_auth_ldap's is the own machine. */
export function serversOf(access: Access): readonly LdapHost[] {
  const setting = access.settings.server;
  if (!setting) return [];
  const parsed = parseLdapHosts(textOf(setting.value) ?? '');
  return parsed.ok && setting.value.kind === 'string' ? parsed.hosts : [];
}

/** Whether something in the settings makes sense with Active Directory only. */
export function isActiveDirectory(access: Access): boolean {
  const bind = classifyBindName(roleText(access, 'bindName') ?? '').kind;
  return (
    /^samaccountname$/i.test(roleText(access, 'attribute') ?? '') ||
    /samaccountname|samaccounttype|objectcategory|useraccountcontrol|1\.2\.840\.113556/i.test(roleText(access, 'filter') ?? '') ||
    bind === 'netbios' ||
    bind === 'upn'
  );
}

/** Whether the connection to a server is encrypted; `undefined` where a value decides that is not known. */
export function isEncrypted(access: Access, server: LdapHost): boolean | undefined {
  if (server.scheme === 'ldaps' || server.scheme === 'pldaps' || server.scheme === 'ldapi') return true;
  const startTls = access.settings.startTls;
  return startTls ? truth(startTls.value) : false;
}

/** What becomes of a login when libldap refuses something with this text. */
export function failure(way: Way, text: string): string {
  if (way === 'ldap2')
    return `Every login ends in "${text}" inside Prosody, and the client gets no answer ("Connecting…" for ever).`;
  if (way === 'ldap') return `Every login is refused; Prosody logs "LDAP: ${text}".`;
  return 'Every login is refused; saslauthd logs no more than "reason=Unknown".';
}

const KEYS: readonly (readonly [Role, readonly string[]])[] = [
  ['server', ['hostname']],
  ['bindName', ['bind_dn']],
  ['password', ['bind_password']],
  ['startTls', ['use_tls']],
  ['base', ['user', 'basedn']],
  ['filter', ['user', 'filter']],
  ['attribute', ['user', 'usernamefield']],
];

function tables(context: RuleContext): Access[] {
  return ldapTables(context).map(({ setting, table }) => {
    const settings: Partial<Record<Role, AccessSetting>> = {};
    for (const [role, path] of KEYS) {
      const [holder, key] = path.length === 2 ? [table.table.entries.get(path[0]!)?.value, path[1]!] : [table, path[0]!];
      const entry = holder?.kind === 'table' ? (holder as TableValue).table.entries.get(key) : undefined;
      if (entry) {
        const at = entry.value.origin ?? entry.origin ?? setting.valueOrigin;
        settings[role] = made(context, `ldap.${path.join('.')}`, entry.value, at, entry.keyOrigin ?? at);
      }
    }
    const users = hosts(context.configuration).filter(
      host =>
        providerOf(context, host.name) === 'ldap2' && effective(context.configuration, host.name, 'ldap')?.setting === setting,
    );
    return { way: 'ldap2', hosts: users.map(host => host.name), settings, at: setting.nameOrigin };
  });
}

const OPTIONS: readonly (readonly [Role, string])[] = [
  ['server', 'ldap_server'],
  ['bindName', 'ldap_rootdn'],
  ['password', 'ldap_password'],
  ['startTls', 'ldap_tls'],
  ['base', 'ldap_base'],
  ['filter', 'ldap_filter'],
];

/** The options of mod_auth_ldap, for each host that uses it; of a lone file without hosts, those that it sets. */
function options(context: RuleContext): Access[] {
  const { configuration, complete } = context;
  const all = hosts(configuration);
  // what a host without a known name is set to is not known either
  const users = all.filter(host => isNamed(host) && isOn(host) && providerOf(context, host.name) === 'ldap');
  const scopes = users.length > 0 ? users.map(host => host.name) : complete || all.length > 0 ? [] : ['*'];
  return scopes.flatMap((scope): Access[] => {
    const settings: Partial<Record<Role, AccessSetting>> = {};
    const found: Setting[] = [];
    for (const [role, name] of OPTIONS) {
      const option = effective(configuration, scope, name);
      if (!option) continue;
      found.push(option.setting);
      settings[role] = made(
        context,
        name,
        option.value,
        option.value.origin ?? option.setting.valueOrigin,
        option.setting.nameOrigin,
      );
    }
    const provider = effective(configuration, scope, 'authentication');
    const at = provider?.setting.valueOrigin ?? found[0]?.nameOrigin;
    return at ? [{ way: 'ldap', hosts: scope === '*' ? [] : [scope], settings, at }] : [];
  });
}

function made(context: RuleContext, name: string, value: Value, at: Origin, nameAt: Origin): AccessSetting {
  const place = (start: number, end: number) =>
    placeInString(context.configuration, value as StringValue, start, Math.max(end, start + 1)) ?? at;
  return { name, value, at, nameAt, place };
}
