import { providerNames } from '../../catalog/index.js';
import { effective, GLOBAL, hosts } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { isOn, mismatchOf, overridingHosts, providerOf } from '../support/hosts.js';
import { textOf } from '../support/ldap-table.js';
import { operationFix } from '../support/operation-fix.js';
import { sectionWords } from '../support/words.js';

export const unusedLdapTable: Rule = {
  name: 'unused-ldap-table',
  severity: 'warning',
  summary: 'There is an `ldap` table, but no host in its reach uses ldap2.',
  fixable: 'sometimes',
  source:
    'prosody-modules: only mod_auth_ldap2 and mod_storage_ldap read the table `ldap`; mod_auth_ldap reads ldap_server and its like',
  since: '0.1.0',
  check: {
    configuration(context) {
      const { configuration, complete } = context;
      if (!complete) return;
      for (const section of configuration.sections.values()) {
        const option = section.options.get('ldap');
        if (option?.value.kind !== 'table' || isUsed(context, section.name) || isSaid(context, section.name)) continue;
        const others = reached(context, section.name).filter(host => providerOf(context, host) === 'ldap');
        const host = section.name === GLOBAL ? undefined : section.name;
        context.report({
          message: `the \`ldap\` table of ${sectionWords(section.name)} is read by nobody: no virtual host in its reach has \`authentication = "ldap2"\``,
          why: others[0]
            ? `\`${others[0]}\` uses the module "ldap", which does not read this table but \`ldap_server\`, \`ldap_base\` and their like.`
            : 'Users are not looked up in the directory.',
          help: 'Set `authentication = "ldap2"` in the virtual host that people log in to.',
          at: option.setting.nameOrigin,
          related: others.flatMap(name => {
            const provider = effective(configuration, name, 'authentication');
            return provider ? [{ message: 'another module, with options of its own', at: provider.setting.valueOrigin }] : [];
          }),
          fix: () => operationFix(context, 'Add ldap2 authentication', { op: 'add.ldap2', ...(host ? { host } : {}) }),
        });
      }
    },
  },
};

/** The hosts that would read a table of this section. */
function reached({ configuration }: RuleContext, section: string): string[] {
  if (section !== GLOBAL) return [section];
  return hosts(configuration)
    .filter(host => !host.options.has('ldap'))
    .map(host => host.name);
}

/** Where another rule names the table: one that a host with ldap2 misses, or one that a host does without, by its own provider. */
function isSaid(context: RuleContext, section: string): boolean {
  const { configuration } = context;
  if (section === GLOBAL)
    return (
      textOf(configuration.sections.get(GLOBAL)?.options.get('authentication')?.value) === 'ldap2' &&
      overridingHosts(context).length > 0
    );
  return hosts(configuration).some(
    host => isOn(host) && providerOf(context, host.name) === 'ldap2' && !effective(configuration, host.name, 'ldap'),
  );
}

function isUsed(context: RuleContext, section: string): boolean {
  return reached(context, section).some(host => {
    const provider = providerOf(context, host);
    const storage = effective(context.configuration, host, 'storage')?.value;
    // what is not known may be ldap2, and so may what is misspelt
    return (
      provider === undefined ||
      provider === 'ldap2' ||
      !providerNames('auth', context.version).includes(provider) ||
      // said by mismatched-ldap-provider
      mismatchOf(context, host) === 'ldap2' ||
      storage?.kind === 'table' ||
      textOf(storage) === 'ldap' ||
      storage?.kind === 'unknown'
    );
  });
}
