import { effective, hosts } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { isNamed, isOn, providerOf } from '../support/hosts.js';
import { textOf } from '../support/ldap-table.js';

export const ldapStorage: Rule = {
  name: 'ldap-storage',
  severity: 'warning',
  summary: 'Everything is stored in LDAP, but mod_storage_ldap keeps nothing: it only reads rosters and vCards.',
  fixable: 'never',
  source: 'prosody-modules, mod_storage_ldap.lua: adapters, driver:open and adapters.roster:get',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      const { configuration, complete, report } = context;
      for (const host of hosts(configuration)) {
        const storage = isNamed(host) && isOn(host) ? effective(configuration, host.name, 'storage') : undefined;
        if (!storage) continue;
        const { value, setting } = storage;
        const all = textOf(value) === 'ldap';
        const roster = value.kind === 'table' ? value.table.entries.get('roster') : undefined;
        const ldap = effective(configuration, host.name, 'ldap');
        const lacksGroups =
          ldap?.value.kind === 'table' && !ldap.value.table.entries.has('groups') && !ldap.value.table.state.has('open');
        if (all) {
          report({
            severity: complete && lacksGroups ? 'error' : 'warning',
            message: `\`storage = "ldap"\` gives \`${host.name}\` no place to keep anything`,
            why: `mod_storage_ldap reads rosters and vCards from the directory and knows no other store: what Prosody wants to keep is lost, with "unsupported-store" in the log.${
              lacksGroups ? ' Without `ldap.groups` every roster raises an error besides.' : ''
            }`,
            help: 'Remove it: logins by LDAP need no storage. For contacts from groups write `storage = { roster = "ldap" }`.',
            at: setting.valueOrigin,
          });
        } else if (
          textOf(roster?.value) === 'ldap' &&
          complete &&
          (lacksGroups || (!ldap && providerOf(context, host.name) !== 'ldap2'))
        ) {
          report({
            severity: 'error',
            message: `the rosters of \`${host.name}\` come from LDAP, but there is no \`${ldap ? 'ldap.groups' : 'ldap'}\``,
            why: 'Every roster ends in an error inside mod_storage_ldap, so clients get no contacts.',
            help: 'Add `groups = { basedn = "…"; namefield = "cn"; memberfield = "memberUid"; … }` to the table `ldap`, or remove this.',
            at: roster!.origin ?? setting.valueOrigin,
          });
        }
      }
    },
  },
};
