import { effective, GLOBAL, hosts } from '../../evaluate/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { providerOf } from '../support/hosts.js';
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
        if (option?.value.kind !== 'table' || isUsed(context, section.name)) continue;
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

function isUsed(context: RuleContext, section: string): boolean {
  return reached(context, section).some(host => {
    const provider = providerOf(context, host);
    const storage = effective(context.configuration, host, 'storage')?.value;
    // what is not known may be ldap2
    return (
      provider === undefined ||
      provider === 'ldap2' ||
      storage?.kind === 'table' ||
      textOf(storage) === 'ldap' ||
      storage?.kind === 'unknown'
    );
  });
}
