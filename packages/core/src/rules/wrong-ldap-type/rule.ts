import { effective, hosts, type Setting, type Value } from '../../evaluate/index.js';
import type { TableKey } from '../../ldap/index.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { knownEntries, ldapTables, textOf } from '../support/ldap-table.js';
import { replacement } from '../support/source.js';
import { article, listWords } from '../support/words.js';

export const wrongLdapType: Rule = {
  name: 'wrong-ldap-type',
  severity: 'error',
  summary: 'A key of the `ldap` table has a value of the wrong type.',
  fixable: 'sometimes',
  source: 'prosody-modules, mod_lib_ldap/ldap.lib.lua: config_params; lualdap.c: lua_toboolean, luaL_checkstring',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const setting of noTables(context)) {
        context.report({
          message: `\`ldap\` is ${article(setting.value.kind)}, but ldap2 wants a table`,
          why: 'Every login ends in an error inside Prosody, and the client gets no answer ("Connecting…" for ever).',
          help: 'Write `ldap = { hostname = "ldaps://…"; user = { … } }`.',
          at: setting.valueOrigin,
        });
      }
      for (const { table } of ldapTables(context)) {
        for (const { path, key, entry } of knownEntries(table)) {
          const { value } = entry;
          if (value.kind === 'unknown' || key.types.some(type => type === value.kind)) continue;
          // dead keys hurt nobody
          if (key.readBy.length === 0 || !key.readBy.includes('auth_ldap2')) continue;
          context.report({
            severity: key.name === 'use_tls' ? 'warning' : 'error',
            message: `\`ldap.${path}\` is ${article(value.kind)}, but ldap2 wants ${article(listWords(key.types, 'or'))}`,
            why: effectOf(key, value),
            help: key.types.includes('boolean')
              ? 'Write true or false without quotes.'
              : `Give it ${article(listWords(key.types, 'or'))}.`,
            at: value.origin ?? entry.origin ?? table.origin!,
            fix: fixOf(key, value),
          });
        }
      }
    },
  },
};

/** What hosts with ldap2 find under the name `ldap`, and is no table. */
function noTables({ configuration }: RuleContext): Setting[] {
  const found = hosts(configuration).flatMap(host => {
    const ldap = effective(configuration, host.name, 'ldap');
    const isUser = textOf(effective(configuration, host.name, 'authentication')?.value) === 'ldap2';
    return ldap && isUser && ['string', 'number', 'boolean'].includes(ldap.value.kind) ? [ldap.setting] : [];
  });
  return [...new Set(found)];
}

function effectOf(key: TableKey, value: Value): string {
  if (key.types.includes('boolean')) {
    const means = value.kind === 'string' && value.value.toLowerCase() === 'false' ? ', also the word "false"' : '';
    return `Lua takes everything but false and nil for true${means}, so StartTLS is on.`;
  }
  if (key.table) return `The login fails inside Prosody, and the client gets no answer.`;
  return `${key.whenMissing}`;
}

function fixOf(key: TableKey, value: Value): Fix | null {
  if (!value.origin || value.kind !== 'string' || !key.types.includes('boolean')) return null;
  const word = value.value.trim().toLowerCase();
  const meant = (
    { true: 'true', yes: 'true', on: 'true', '1': 'true', false: 'false', no: 'false', off: 'false', '0': 'false' } as Record<
      string,
      string
    >
  )[word];
  return meant ? replacement(`Write ${meant} without quotes`, 'safe', value.origin, meant) : null;
}
