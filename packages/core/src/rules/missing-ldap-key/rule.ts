import { openReason } from '../../evaluate/index.js';
import type { MissingEffect, TableKey } from '../../ldap/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { aliasOf, type Level, ldapTables, levels, tableName, textOf } from '../support/ldap-table.js';

export const missingLdapKey: Rule = {
  name: 'missing-ldap-key',
  severity: 'error',
  summary: 'The `ldap` table lacks a key without which no login works.',
  fixable: 'never',
  source: 'prosody-modules, mod_lib_ldap/ldap.lib.lua:166, 181 and 217; behaviour recorded on Prosody 0.12.3 and 13.0.1',
  since: '0.1.0',
  check: {
    configuration(context) {
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

/** What keeps a login from working; `use_tls` has a good default, and the rest is for rosters. */
const GRAVE: ReadonlySet<MissingEffect> = new Set(['not-loaded', 'no-answer', 'nobody-found']);

function isMissing(context: RuleContext, { schema, table }: Level, key: TableKey): boolean {
  const { entries } = table.table;
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
