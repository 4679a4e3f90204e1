import { parseLdapHosts } from '../../ldap/index.js';
import type { Rule } from '../rule.js';
import { ldapTables } from '../support/ldap-table.js';
import { placeInString } from '../support/source.js';

export const malformedLdapHost: Rule = {
  name: 'malformed-ldap-host',
  severity: 'error',
  summary: 'The name of the LDAP server has a form that lua-ldap does not take.',
  fixable: 'never',
  source: 'lualdap 1.3, src/lualdap.c; libldap 2.5, ldap_initialize; forms recorded against the real library',
  since: '0.1.0',
  check: {
    configuration(context) {
      for (const { table } of ldapTables(context)) {
        const value = table.table.entries.get('hostname')?.value;
        if (value?.kind !== 'string') continue;
        const hosts = parseLdapHosts(value.value);
        if (!hosts.ok) {
          const { problem } = hosts;
          context.report({
            message: `\`ldap.hostname\` is not a form that lua-ldap takes: ${problem.message}`,
            why: 'Every login ends in an error inside Prosody, and the client gets no answer ("Connecting…" for ever).',
            help: `${problem.help.replace(/\.$/, '')}.`,
            at:
              placeInString(context.configuration, value, problem.start, Math.max(problem.end, problem.start + 1)) ??
              value.origin!,
          });
          continue;
        }
        const plainOnTls = hosts.hosts.find(host => host.scheme === 'ldap' && host.port === 636);
        if (plainOnTls) {
          context.report({
            message: '`ldap.hostname` names port 636 without `ldaps://`, so plain LDAP is spoken to a port that wants TLS',
            why: 'Every login ends in "Can\'t contact LDAP server" inside Prosody, and the client gets no answer.',
            help: `Write "ldaps://${plainOnTls.host}".`,
            at: placeInString(context.configuration, value, plainOnTls.start, plainOnTls.end) ?? value.origin!,
          });
        }
      }
    },
  },
};
