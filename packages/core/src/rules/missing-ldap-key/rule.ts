import { type Origin, openReason } from '../../evaluate/index.js';
import { LDAP_SETTINGS, type MissingEffect, type TableKey } from '../../ldap/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { type Access, accesses, isActiveDirectory as isMicrosofts } from '../support/directory.js';
import { mismatchOf } from '../support/hosts.js';
import { aliasOf, type Level, ldapTables, levels, tableName, textOf } from '../support/ldap-table.js';

export const missingLdapKey: Rule = {
  name: 'missing-ldap-key',
  severity: 'error',
  summary: 'A setting is missing without which no login by LDAP works.',
  fixable: 'never',
  source: 'prosody-modules, mod_lib_ldap/ldap.lib.lua:166, 181 and 217; behaviour recorded on Prosody 0.12.3 and 13.0.1',
  since: '0.1.0',
  check: {
    configuration(context) {
      for (const access of accesses(context)) if (access.way !== 'ldap2' && context.complete) checkAccess(context, access);
      for (const { setting, table } of ldapTables(context)) {
        for (const level of levels(table)) {
          for (const key of level.schema.keys) {
            if (!isMissing(context, level, key)) continue;
            context.report({
              severity: key.missingEffect === 'other' ? 'info' : 'error',
              message: `\`${tableName(level.path)}\` has no \`${key.name}\``,
              why: key.whenMissing,
              help: `Add \`${key.name} = ${exampleOf(key)}\`.`,
              at: level.path.length === 0 ? setting.nameOrigin : (level.table.origin ?? setting.nameOrigin),
            });
          }
        }
      }
    },
  },
};

/** The settings of mod_auth_ldap and saslauthd, which have no table around them. */
function checkAccess(context: RuleContext, access: Access): void {
  const { way, settings, hosts } = access;
  const names = NAMES[way === 'ldap' ? 'ldap' : 'saslauthd'];
  const report = (role: keyof typeof names, why: string, at: Origin) =>
    context.report({
      message: `${hosts[0] ? `\`${hosts[0]}\` has` : 'there is'} no \`${names[role]}\``,
      why,
      help: `Add \`${names[role]}${way === 'ldap' ? ' = ' : ': '}${way === 'ldap' ? EXAMPLES[role] : EXAMPLES[role].replaceAll('"', '')}\`.`,
      at,
    });
  const isWritten = (role: keyof typeof names) =>
    settings[role] !== undefined || (way === 'ldap' && hasAlias(context, names[role]));
  const waits = context.unlinked.some(({ configuration }) => configuration.settings.some(({ name }) => name === 'ldap_base'));
  // a file that waits is said by unlinked-ldap-file
  if (
    !isWritten('base') &&
    !(way === 'ldap' && waits) &&
    !(way === 'ldap' && hosts.some(host => mismatchOf(context, host) !== undefined))
  ) {
    const why =
      way === 'ldap'
        ? 'The module does not load ("ldap_base is a required option for ldap"), and Prosody offers no way to log in to this host.'
        : 'saslauthd searches below the root of everything, where most directories find nobody: every login is refused.';
    report('base', why, access.at);
  }
  const bind = settings.bindName;
  if (bind && textOf(bind.value) !== '' && (!isWritten('password') || textOf(settings.password?.value) === ''))
    report('password', 'A name without a password is refused, or counts as anonymous: nobody can log in.', bind.nameAt);
  if (!isWritten('bindName') && isMicrosofts(access))
    report(
      'bindName',
      'Active Directory answers no anonymous search, so nobody is found and every login is refused.',
      settings.server?.nameAt ?? access.at,
    );
}

const NAMES = {
  ldap: { base: 'ldap_base', password: 'ldap_password', bindName: 'ldap_rootdn' },
  saslauthd: { base: 'ldap_search_base', password: 'ldap_bind_pw', bindName: 'ldap_bind_dn' },
} as const;
const EXAMPLES = {
  base: '"OU=Users,DC=example,DC=com"',
  password: '"…"',
  bindName: '"CN=prosody,OU=Service Accounts,DC=example,DC=com"',
} as const;

/** Whether the option is there under a wrong name: said by unknown-ldap-key. */
function hasAlias({ configuration }: RuleContext, name: string): boolean {
  const aliases = LDAP_SETTINGS.find(setting => setting.name === name)?.aliases ?? [];
  return configuration.settings.some(setting => aliases.includes(setting.name));
}

/** What keeps a login from working; `use_tls` has a good default, and the rest is for rosters. */
const GRAVE: ReadonlySet<MissingEffect> = new Set(['not-loaded', 'no-answer', 'nobody-found']);

function isMissing(context: RuleContext, { schema, table }: Level, key: TableKey): boolean {
  const { entries } = table.table;
  // an empty password is none: the directory refuses it, or takes it for anonymous
  if (key.name === 'bind_password' && textOf(entries.get(key.name)?.value) === '')
    return (textOf(entries.get('bind_dn')?.value) ?? '') !== '';
  if (entries.has(key.name) || openReason(table)) return false;
  // said by unknown-ldap-key, which can mend it
  if ([...entries.keys()].some(name => typeof name === 'string' && aliasOf(schema, name) === key)) return false;
  // said by unquoted-word
  if (
    context.configuration.unsetNames.some(
      unset => unset.key === key.name && unset.use === 'entry' && within(unset.origin, table.origin),
    )
  )
    return false;
  if (key.name === 'bind_password') return entries.has('bind_dn');
  if (key.name === 'bind_dn') return isActiveDirectory(entries.get('user')?.value);
  return (GRAVE.has(key.missingEffect) || key.name === 'filter') && key.required && key.readBy.includes('auth_ldap2');
}

/** A directory that has this attribute is an Active Directory, which answers no anonymous search. */
function isActiveDirectory(user: Parameters<typeof textOf>[0]): boolean {
  return user?.kind === 'table' && textOf(user.table.entries.get('usernamefield')?.value)?.toLowerCase() === 'samaccountname';
}

function within(inner: { file: string; start: number }, outer: { file: string; start: number; end: number } | null): boolean {
  return outer !== null && inner.file === outer.file && inner.start >= outer.start && inner.start < outer.end;
}

function exampleOf(key: TableKey): string {
  const examples: Record<string, string> = {
    hostname: '"ldaps://dc1.example.com"',
    bind_dn: '"CN=prosody,OU=Service Accounts,DC=example,DC=com"',
    bind_password: '"…"',
    user: '{ basedn = "…"; usernamefield = "…"; filter = "…" }',
    basedn: '"OU=Users,DC=example,DC=com"',
    usernamefield: '"sAMAccountName"',
    filter: '"(objectClass=person)"',
  };
  return examples[key.name] ?? '"…"';
}
