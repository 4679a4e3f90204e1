import {
  type Configuration,
  effective,
  hosts,
  type Origin,
  openReason,
  type TableEntry,
  type TableValue,
} from '../../evaluate/index.js';
import { checkLdap2Filter, isAttributeDescription } from '../../ldap/index.js';
import { editsOnly } from '../../patch/change.js';
import { isPlain } from '../../patch/placement.js';
import type { Fix } from '../finding.js';
import type { RuleContext } from '../rule.js';
import { hasToken } from './filter-tokens.js';
import { textOf } from './ldap-table.js';
import { literalOf, sourceOf } from './source.js';

/** What mod_auth_ldap calls the keys of ldap2. */
const OPTIONS: readonly (readonly [string, string])[] = [
  ['hostname', 'ldap_server'],
  ['bind_dn', 'ldap_rootdn'],
  ['bind_password', 'ldap_password'],
  ['use_tls', 'ldap_tls'],
];
const KEYS = new Set(['hostname', 'bind_dn', 'bind_password', 'use_tls', 'user']);
const USER_KEYS = new Set(['basedn', 'filter', 'usernamefield', 'namefield']);

/**
 * Turns the `ldap` table of a host into the options of mod_auth_ldap, and its provider into that. Null where the table has
 * more than logins need (groups, vCards), comments inside, or users that are not all changed with it.
 */
export function toCoreLdap({ configuration, complete }: RuleContext, host: string): Fix | null {
  const ldap = effective(configuration, host, 'ldap');
  const provider = effective(configuration, host, 'authentication');
  const document = ldap && configuration.documents.get(ldap.setting.origin.file);
  if (!complete || !document || !provider || ldap.value.kind !== 'table' || !isPlain(document, ldap.setting)) return null;
  if (ldap.setting.form !== 'assignment' || configuration.settings.some(({ name }) => /^ldap_/.test(name))) return null;
  const whole = sourceOf(configuration, ldap.setting.origin);
  const lines = whole.includes('--') ? undefined : optionLines(configuration, ldap.value);
  const changed = providers(configuration, ldap.setting);
  if (!lines || !changed) return null;
  const { file, start, end } = ldap.setting.origin;
  const indent = /[ \t]*$/.exec(document.text.slice(0, start))![0];
  const eol = document.text.includes('\r\n') ? '\r\n' : '\n';
  return {
    title: 'Use the module "ldap" of Prosody',
    safety: 'unsafe',
    choice: true,
    ...editsOnly([
      { file, start, end, text: lines.join(`${eol}${indent}`) },
      ...changed.map(at => ({ file: at.file, start: at.start, end: at.end, text: '"ldap"' })),
    ]),
  };
}

function optionLines(configuration: Configuration, table: TableValue): string[] | undefined {
  const user = table.table.entries.get('user')?.value;
  if (user?.kind !== 'table' || openReason(table) || openReason(user)) return undefined;
  const known = (value: TableValue, keys: ReadonlySet<string>) =>
    [...value.table.entries.keys()].every(key => typeof key === 'string' && keys.has(key));
  if (!known(table, KEYS) || !known(user, USER_KEYS)) return undefined;
  const attribute = textOf(user.table.entries.get('usernamefield')?.value);
  const filter = textOf(user.table.entries.get('filter')?.value) ?? '';
  if (
    attribute === undefined ||
    !isAttributeDescription(attribute) ||
    hasToken(filter) ||
    !checkLdap2Filter(filter || '(a=b)').ok
  )
    return undefined;
  const inner = filter === '' || filter.startsWith('(') ? filter : `(${filter})`;
  const query = inner === '' ? `(${attribute}=$user)` : `(&(${attribute}=$user)${inner})`;
  const lines: string[] = [];
  for (const [key, option] of OPTIONS) {
    const entry = table.table.entries.get(key);
    if (!entry) continue;
    const source = sourceOfValue(configuration, entry);
    if (source === undefined) return undefined;
    // false is the default
    if (!(key === 'use_tls' && source === 'false')) lines.push(`${option} = ${source}`);
  }
  const base = user.table.entries.get('basedn');
  const source = base && sourceOfValue(configuration, base);
  if (source === undefined || /["\\\n]/.test(query)) return undefined;
  return [...lines, `ldap_base = ${source}`, `ldap_filter = "${query}"`];
}

/** What is written behind the `=` of an entry, on one line. */
function sourceOfValue(configuration: Configuration, { origin, keyOrigin }: TableEntry): string | undefined {
  if (!origin || !keyOrigin) return undefined;
  const found = /^\s*=\s*(.*\S)\s*$/.exec(sourceOf(configuration, { ...origin, start: keyOrigin.end }));
  return found?.[1];
}

/** The places where "ldap2" is chosen, if all the hosts that they choose it for use this table. */
function providers(configuration: Configuration, table: object): Origin[] | undefined {
  const places = new Map<string, Origin>();
  for (const { name } of hosts(configuration)) {
    const option = effective(configuration, name, 'authentication');
    if (textOf(option?.value) !== 'ldap2' || !option) continue;
    if (effective(configuration, name, 'ldap')?.setting !== table || !literalOf(configuration, option.value)) return undefined;
    const at = option.setting.valueOrigin;
    places.set(`${at.file}:${at.start}`, at);
  }
  return [...places.values()];
}
