import { effective, hosts } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { type Access, accesses, isActiveDirectory } from '../support/directory.js';
import { isOn, providerOf } from '../support/hosts.js';
import { textOf } from '../support/ldap-table.js';
import { literalOf, replacement } from '../support/source.js';
import { listWords } from '../support/words.js';

export const wrongLdapValue: Rule = {
  name: 'wrong-ldap-value',
  severity: 'error',
  summary: '`ldap_mode` or `ldap_scope` is a word that mod_auth_ldap does not know, or that this directory does not serve.',
  fixable: 'sometimes',
  source: 'plugins/mod_auth_ldap.lua of 0.12: ldap_mode is compared as it is; lualdap.c, string2scope looks at the first letter',
  since: '0.1.0',
  check: {
    configuration(context) {
      for (const access of accesses(context)) if (access.way === 'ldap' && isActiveDirectory(access)) checkMode(context, access);
      // 13.0 knows both as enumerations, and so does the rule for them
      if (context.version !== '0.12') return;
      for (const host of hosts(context.configuration)) {
        if (!isOn(host) || providerOf(context, host.name) !== 'ldap') continue;
        check(context, host.name, 'ldap_mode', ['bind', 'getpasswd'], value => value === 'bind' || value === 'getpasswd');
        check(context, host.name, 'ldap_scope', ['subtree', 'onelevel', 'base'], value => /^(?:[sob]|$)/.test(value));
      }
    },
  },
};

/** Active Directory gives nobody a password to read. */
function checkMode(context: RuleContext, { hosts: [host] }: Access): void {
  const option = effective(context.configuration, host ?? '*', 'ldap_mode');
  if (textOf(option?.value) !== 'getpasswd' || !option) return;
  const at = option.value.origin ?? option.setting.valueOrigin;
  context.report({
    message: '`ldap_mode = "getpasswd"` reads passwords, which Active Directory gives to nobody',
    why: 'Every login is refused as with a wrong password.',
    help: 'Write "bind", or remove the option.',
    at,
    fix: literalOf(context.configuration, option.value) ? replacement('Write "bind"', 'safe', at, '"bind"') : null,
  });
}

function check(
  context: RuleContext,
  host: string,
  name: string,
  known: readonly string[],
  works: (value: string) => boolean,
): void {
  const option = effective(context.configuration, host, name);
  const value = textOf(option?.value);
  if (!option || value === undefined || works(value)) return;
  const meant = known.find(word => word === value.trim().toLowerCase());
  const at = option.value.origin ?? option.setting.valueOrigin;
  context.report({
    message: `\`${name}\` cannot be "${value}"`,
    why:
      name === 'ldap_mode'
        ? `Prosody logs "Unsupported ldap_mode ${value}" and offers no way to log in to \`${host}\`.`
        : 'Every search is refused, so nobody is found and every login fails.',
    help: `Write ${listWords(
      known.map(word => `"${word}"`),
      'or',
    )}.`,
    at,
    fix:
      meant && literalOf(context.configuration, option.value) ? replacement(`Write "${meant}"`, 'safe', at, `"${meant}"`) : null,
  });
}
