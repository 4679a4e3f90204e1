import { lineOf } from '../../ldap/index.js';
import type { Rule } from '../rule.js';
import { accesses } from '../support/directory.js';
import { systemOf } from '../support/system.js';

export const endlessLdapWait: Rule = {
  name: 'endless-ldap-wait',
  severity: 'info',
  summary: 'No limit is set for the time that Prosody waits for the directory, and meanwhile it does nothing else.',
  fixable: 'never',
  source: 'lualdap 1.3, open_simple waits without limit; ldap.conf(5), TIMEOUT; recorded as case 60 on Prosody 0.12.3 and 13.0.1',
  since: '0.1.0',
  check: {
    configuration(context) {
      const file = systemOf(context)?.read('/etc/ldap/ldap.conf', 'ldap.conf');
      if (!file || lineOf(file, 'TIMEOUT', 'last')) return;
      for (const { way, settings } of accesses(context)) {
        // saslauthd has a limit of its own, and Prosody goes on while it waits
        if (way === 'saslauthd' || settings.server?.value.kind !== 'string') continue;
        context.report({
          message: 'Prosody waits for this server without limit: /etc/ldap/ldap.conf has no TIMEOUT',
          why: 'Prosody does one thing at a time. While a server does not answer, nobody can talk, join or log in.',
          help: 'Add the lines `TIMEOUT 5` and `NETWORK_TIMEOUT 5` to /etc/ldap/ldap.conf.',
          at: settings.server.at,
        });
      }
    },
  },
};
