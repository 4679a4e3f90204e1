import { parseLdapHosts } from '../../ldap/index.js';
import type { Rule } from '../rule.js';
import { ldapTables, textOf } from '../support/ldap-table.js';
import { replacement } from '../support/source.js';

export const startTlsOverLdaps: Rule = {
  name: 'start-tls-over-ldaps',
  severity: 'error',
  summary: 'StartTLS is switched on for a server that is reached by ldaps:// already.',
  fixable: 'sometimes',
  source:
    'lualdap 1.3, open_simple: ldap_start_tls_s after ldap_initialize; recorded as "Operations error" on Prosody 0.12.3 and 13.0.1',
  since: '0.1.0',
  check: {
    configuration(context) {
      for (const { table } of ldapTables(context)) {
        const tls = table.table.entries.get('use_tls')?.value;
        const hosts = parseLdapHosts(textOf(table.table.entries.get('hostname')?.value) ?? '');
        // a string is truthy too, but wrong-ldap-type says that first
        if (tls?.kind !== 'boolean' || !tls.value || !tls.origin || !hosts.ok) continue;
        const ldaps = hosts.hosts.find(host => host.scheme === 'ldaps');
        const hostname = table.table.entries.get('hostname')!;
        if (!ldaps) continue;
        context.report({
          message: '`use_tls = true` means StartTLS, which a connection by `ldaps://` refuses',
          why: 'Every login ends in "Operations error" inside Prosody, and the client gets no answer ("Connecting…" for ever).',
          help: 'Write `use_tls = false`: with `ldaps://` all is encrypted from the first byte.',
          at: tls.origin,
          related: hostname.value.origin ? [{ message: 'this is encrypted already', at: hostname.value.origin }] : [],
          fix: replacement('Switch StartTLS off', 'safe', tls.origin, 'false'),
        });
      }
    },
  },
};
