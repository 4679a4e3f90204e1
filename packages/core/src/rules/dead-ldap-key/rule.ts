import { effective, hosts, type Origin } from '../../evaluate/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { providerOf } from '../support/hosts.js';
import { ldapTables, textOf } from '../support/ldap-table.js';
import { removal } from '../support/source.js';

export const deadLdapKey: Rule = {
  name: 'dead-ldap-key',
  severity: 'warning',
  summary: 'A setting of LDAP that this Prosody, or this way of using it, never reads.',
  fixable: 'sometimes',
  source:
    'core/usermanager.lua of 0.12 and 13.0 does not call is_admin of a provider; prosody-modules: only mod_storage_ldap reads groups and vcard_format; mod_auth_ldap.lua:19 of 13.0',
  since: '0.1.0',
  check: {
    configuration(context) {
      for (const { setting, table } of ldapTables(context)) {
        const stored = !context.complete || usesStorage(context);
        const { entries } = table.table;
        const say = (key: string, words: Words) => {
          const entry = entries.get(key);
          if (entry) report(context, `ldap.${key}`, words, entry.keyOrigin ?? entry.origin ?? setting.nameOrigin, null);
        };
        say('admin', ADMIN);
        if (!stored) {
          say('groups', GROUPS);
          say('vcard_format', VCARD);
        }
      }
      for (const name of ['ldap_admin_filter', 'ldap_admins']) {
        for (const setting of context.configuration.settings) {
          if (setting.name === name && isUsed(context, setting.scope))
            report(context, name, ADMIN, setting.nameOrigin, () => {
              const removed = removal(context.configuration, setting);
              return removed ? { title: 'Remove it', safety: 'unsafe', ...editsOnly([removed.edit]) } : null;
            });
        }
      }
    },
  },
};

interface Words {
  readonly severity: 'warning' | 'info';
  readonly why: string;
  readonly help: string;
}

const ADMIN: Words = {
  severity: 'warning',
  why: 'Since 0.12 Prosody does not ask the module who is an administrator: the people that this names have no special rights.',
  help: 'List their addresses in the option `admins`, and remove this.',
};
const GROUPS: Words = {
  severity: 'info',
  why: 'Only mod_storage_ldap reads it, for rosters. It restricts no login: everybody below `user.basedn` who fits `user.filter` gets in.',
  help: 'To let only a group log in, put "(memberOf=…)" into `user.filter`. Otherwise remove this.',
};
const VCARD: Words = {
  severity: 'info',
  why: 'Only mod_storage_ldap reads it, and it is not in use.',
  help: 'Remove it.',
};

function report(
  context: RuleContext,
  name: string,
  { severity, why, help }: Words,
  at: Origin,
  fix: null | (() => Fix | null),
): void {
  context.report({ severity, message: `\`${name}\` is never read`, why, help, at, fix });
}

/** Whether any host keeps something by mod_storage_ldap, or may. */
function usesStorage({ configuration }: RuleContext): boolean {
  return ['*', ...hosts(configuration).map(host => host.name)].some(scope => {
    const storage = effective(configuration, scope, 'storage')?.value;
    return storage !== undefined && (storage.kind !== 'string' || textOf(storage) === 'ldap');
  });
}

/** Whether a host with mod_auth_ldap is in reach of a setting. */
function isUsed(context: RuleContext, scope: string): boolean {
  return hosts(context.configuration).some(
    host => (scope === '*' || scope === host.name) && providerOf(context, host.name) === 'ldap',
  );
}
