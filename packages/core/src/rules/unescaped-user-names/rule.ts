import { effective, hosts } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { isOn, providerOf } from '../support/hosts.js';
import { toCoreLdap } from '../support/to-core-ldap.js';

export const unescapedUserNames: Rule = {
  name: 'unescaped-user-names',
  severity: 'info',
  summary: 'ldap2 puts user names into its filter as they are; the module "ldap" of Prosody itself is safer.',
  fixable: 'sometimes',
  source:
    'prosody-modules, ldap.lib.lua:181; plugins/mod_auth_ldap.lua:6 (ldap_filter_escape); recorded on Prosody 0.12.3 and 13.0.1: al* logs in with the password of alice',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      const { configuration } = context;
      for (const host of hosts(configuration)) {
        if (!isOn(host) || providerOf(context, host.name) !== 'ldap2') continue;
        const provider = effective(configuration, host.name, 'authentication');
        // where the settings are missing there are worse things to tell
        if (!provider || effective(configuration, host.name, 'ldap')?.value.kind !== 'table') continue;
        context.report({
          message: 'ldap2 does not escape user names; the module "ldap", which is part of Prosody, does',
          why: 'With ldap2 "al*" logs in with the password of alice, and a name with a backslash or parenthesis gets no answer. ldap2 answers nothing at all when the directory fails, and logs no reason; "ldap" refuses the login and logs why.',
          help: 'Write `authentication = "ldap"`, and the settings as options: `ldap_server`, `ldap_rootdn`, `ldap_password`, `ldap_base`, `ldap_filter = "(&(…=$user)…)"`.',
          at: provider.setting.valueOrigin,
          fix: () => toCoreLdap(context, host.name),
        });
      }
    },
  },
};
