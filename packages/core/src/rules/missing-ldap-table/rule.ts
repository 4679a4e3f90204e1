import { effective, hosts, type Setting } from '../../evaluate/index.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { isOn, mismatchOf, providerOf } from '../support/hosts.js';
import { moveToGlobal } from '../support/move-to-global.js';
import { operationFix } from '../support/operation-fix.js';
import { hasTable } from '../support/unlinked.js';

export const missingLdapTable: Rule = {
  name: 'missing-ldap-table',
  severity: 'error',
  summary: 'A host uses ldap2, but no `ldap` table is in its reach.',
  fixable: 'sometimes',
  source:
    'prosody-modules, mod_auth_ldap2.lua: module:get_option("ldap"), global or of the host; recorded on Prosody 0.12.3 and 13.0.1',
  since: '0.1.0',
  check: {
    configuration(context) {
      const { configuration, complete, unlinked } = context;
      if (!complete) return;
      for (const host of hosts(configuration)) {
        if (!isOn(host) || providerOf(context, host.name) !== 'ldap2' || effective(configuration, host.name, 'ldap')) continue;
        // options of the other module: said by mismatched-ldap-provider
        if (mismatchOf(context, host.name)) continue;
        const provider = effective(configuration, host.name, 'authentication')!.setting;
        const elsewhere = [...configuration.sections.values()]
          .filter(section => section.name !== host.name)
          .flatMap(section => section.options.get('ldap') ?? []);
        const waiting = unlinked.filter(hasTable);
        context.report({
          message: `\`${host.name}\` uses ldap2, but there is no \`ldap\` table in the global section or in this host`,
          why: 'Prosody logs "LDAP configuration required to use the LDAP storage module" and offers no way to log in to this host.',
          help: waiting[0]
            ? `Link ${waiting[0].file} into ${waiting[0].linkFolder}.`
            : 'Add an `ldap` table to the global section.',
          at: provider.valueOrigin,
          related: [
            ...elsewhere.map(option => ({
              message: `this one holds for ${option.setting.scope} only`,
              at: option.setting.nameOrigin,
            })),
            ...waiting.map(file => ({ message: 'this file is not included', at: { file: file.file, start: 0, end: 0 } })),
          ],
          fix: () =>
            (elsewhere.length === 1 ? moved(context, elsewhere[0]!.setting) : null) ??
            operationFix(context, `Add ldap2 authentication to ${host.name}`, { op: 'add.ldap2', host: host.name }),
        });
      }
    },
  },
};

/** A table that stands in another host is the one that was meant: in the global section it reaches both. */
function moved(context: RuleContext, table: Setting): Fix | null {
  const fix = moveToGlobal(context, table);
  return fix && { ...fix, safety: 'unsafe' };
}
