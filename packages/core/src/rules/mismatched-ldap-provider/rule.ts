import { effective, hosts } from '../../evaluate/index.js';
import type { Rule } from '../rule.js';
import { isOn, mismatchOf, providerOf } from '../support/hosts.js';
import { literalOf, replacement } from '../support/source.js';

export const mismatchedLdapProvider: Rule = {
  name: 'mismatched-ldap-provider',
  severity: 'error',
  summary: 'A host uses one LDAP module, and the settings are those of the other one.',
  fixable: 'sometimes',
  source:
    'mod_auth_ldap.lua:17 (ldap_base) and prosody-modules, ldap.lib.lua:14 (the table ldap); recorded on Prosody 0.12.3 and 13.0.1',
  since: '0.1.0',
  check: {
    configuration(context) {
      const { configuration } = context;
      for (const host of hosts(configuration)) {
        const other = isOn(host) ? mismatchOf(context, host.name) : undefined;
        const provider = effective(configuration, host.name, 'authentication');
        if (!other || !provider) continue;
        const own = providerOf(context, host.name);
        const present =
          other === 'ldap2'
            ? 'ldap'
            : configuration.settings.some(({ name }) => name === 'ldap_base')
              ? 'ldap_base'
              : 'ldap_server';
        const setting = effective(configuration, host.name, present)?.setting;
        const at = provider.setting.valueOrigin;
        context.report({
          message: `\`${host.name}\` uses the module "${own}", but the settings are those of "${other}"`,
          why:
            other === 'ldap2'
              ? 'mod_auth_ldap does not read the table `ldap` but `ldap_server`, `ldap_base` and their like. It stops with "ldap_base is a required option for ldap", and Prosody offers no way to log in to this host.'
              : 'ldap2 reads nothing but the table `ldap`. Prosody logs "LDAP configuration required to use the LDAP storage module" and offers no way to log in to this host.',
          help: `Write \`authentication = "${other}"\`${other === 'ldap2' ? ', or give the settings as options: `ldap_server`, `ldap_base`, `ldap_filter`' : ''}.`,
          at,
          related: setting ? [{ message: `this is read by "${other}"`, at: setting.nameOrigin }] : [],
          fix: literalOf(configuration, provider.value)
            ? replacement(`Use the module "${other}"`, 'unsafe', at, `"${other}"`)
            : null,
        });
      }
    },
  },
};
