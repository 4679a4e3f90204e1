import type { Rule } from '../rule.js';
import { accesses, failure, serversOf } from '../support/directory.js';
import { replacement } from '../support/source.js';

export const startTlsOverLdaps: Rule = {
  name: 'start-tls-over-ldaps',
  severity: 'error',
  summary: 'StartTLS is switched on for a server that is reached by ldaps:// already.',
  fixable: 'sometimes',
  source:
    'lualdap 1.3, open_simple: ldap_start_tls_s after ldap_initialize; recorded as "Operations error" on Prosody 0.12.3 and 13.0.1',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const access of accesses(context)) {
        const { startTls, server } = access.settings;
        // a string is truthy too, but wrong-ldap-type says that first
        if (startTls?.value.kind !== 'boolean' || !startTls.value.value) continue;
        if (!serversOf(access).some(host => host.scheme === 'ldaps')) continue;
        const off = access.way === 'saslauthd' ? `${startTls.name}: no` : `${startTls.name.replace('ldap.', '')} = false`;
        context.report({
          message: `\`${startTls.name}\` means StartTLS, which a connection by \`ldaps://\` refuses`,
          why: failure(access.way, 'Operations error'),
          help: `Write \`${off}\`: with \`ldaps://\` all is encrypted from the first byte.`,
          at: startTls.at,
          related: server ? [{ message: 'this is encrypted already', at: server.at }] : [],
          fix: access.way === 'saslauthd' ? null : replacement('Switch StartTLS off', 'safe', startTls.at, 'false'),
        });
      }
    },
  },
};
