import { lineOf } from '../../ldap/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { isAddress } from '../support/addresses.js';
import { type Access, accesses, isActiveDirectory, isEncrypted, serversOf } from '../support/directory.js';
import { systemOf } from '../support/system.js';

export const unmatchedCertificateName: Rule = {
  name: 'unmatched-certificate-name',
  severity: 'info',
  summary: 'The directory is reached by an address, or as localhost, which its certificate hardly names.',
  fixable: 'never',
  source:
    "libldap, libraries/libldap/tls_g.c: the name in the URL is compared, and the machine's own name instead of localhost; recorded with libldap 2.5.13",
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const access of accesses(context)) {
        const { server } = access.settings;
        const host = serversOf(access).find(
          candidate =>
            candidate.scheme !== 'ldapi' &&
            isEncrypted(access, candidate) === true &&
            (isAddress(candidate.host) || /^localhost$/i.test(candidate.host)),
        );
        if (!server || !host || isUnchecked(context, access)) continue;
        const local = /^localhost$/i.test(host.host);
        context.report({
          severity: !local && isActiveDirectory(access) ? 'warning' : 'info',
          message: local
            ? `\`${server.name}\` uses TLS with "localhost", for which the LDAP library compares the machine's own name`
            : `\`${server.name}\` uses TLS with an address, and certificates name machines`,
          why: `${local ? 'A certificate for "localhost" is refused.' : 'A certificate that does not have this very address is refused; those of domain controllers have none.'} Prosody then logs no more than "Can't contact LDAP server" or "Connect error".`,
          help: local
            ? 'Write the name of the machine that its certificate has.'
            : 'Write the full name of the server, as its certificate has it.',
          at: server.place(host.start, host.end),
        });
      }
    },
  },
};

/** Where certificates are not checked at all, their names are not either: unverified-tls says so. */
function isUnchecked(context: RuleContext, access: Access): boolean {
  const file = systemOf(context)?.read('/etc/ldap/ldap.conf', 'ldap.conf');
  const line = file && lineOf(file, 'TLS_REQCERT', 'last');
  return access.way !== 'saslauthd' && /^(?:never|allow)$/i.test(line?.value ?? '');
}
