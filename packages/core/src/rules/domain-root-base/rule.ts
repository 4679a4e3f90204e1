import { isDomainRoot, lineOf, parseDn } from '../../ldap/index.js';
import type { Related } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { accesses, isActiveDirectory, roleText, serversOf } from '../support/directory.js';
import { valuePlace } from '../support/saslauthd.js';
import { systemOf } from '../support/system.js';

export const domainRootBase: Rule = {
  name: 'domain-root-base',
  severity: 'warning',
  summary: 'The base DN is the root of an Active Directory domain: a mistyped user name then goes wrong.',
  fixable: 'never',
  source: 'prosody-modules, mod_lib_ldap/ldap.lib.lua:218; jitsi-meet issue 6041; recorded on Prosody 0.12.3 and 13.0.1',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      const { configuration, report } = context;
      for (const access of accesses(context)) {
        const { base } = access.settings;
        const text = roleText(access, 'base');
        const unquoted = configuration.unsetNames.some(
          unset => unset.key === 'usernamefield' && unset.name.toLowerCase() === 'samaccountname',
        );
        // saslauthd does not follow references and does not stumble over them
        if (!base || text === undefined || access.way === 'saslauthd') continue;
        if (!(isActiveDirectory(access) || unquoted) || !isRoot(text) || onlyGlobalCatalog(serversOf(access))) continue;
        report({
          message: `\`${base.name}\` is the root of the domain`,
          why:
            access.way === 'ldap2'
              ? 'The domain controller adds references to other partitions to its answer. ldap2 takes them for users, so a mistyped user name raises an error inside Prosody and the client gets no answer ("Connecting…" for ever). Right names work, which hides the fault.'
              : 'The domain controller adds references to other partitions to its answer. Prosody takes them for users, so every mistyped name counts as a user that exists.',
          help: `Name the container that holds the users, such as "OU=Users,${text}", or ask the global catalogue ("ldaps://…:3269").`,
          at: base.at,
          related: referralsOff(context),
        });
      }
    },
  },
};

/** `REFERRALS off` is the advice that does not help: the references come all the same (recorded). */
function referralsOff(context: RuleContext): Related[] {
  const file = systemOf(context)?.read('/etc/ldap/ldap.conf', 'ldap.conf');
  const line = file && lineOf(file, 'REFERRALS', 'last');
  return line && /^(?:off|no|false)$/i.test(line.value)
    ? [{ message: 'this does not help: the references come all the same', at: valuePlace(file, line) }]
    : [];
}

function isRoot(text: string): boolean {
  const dn = parseDn(text);
  return dn.ok && dn.rdns.length > 0 && isDomainRoot(dn.rdns);
}

/** The global catalogue sends no references. */
function onlyGlobalCatalog(servers: readonly { readonly port: number }[]): boolean {
  return servers.length > 0 && servers.every(({ port }) => port === 3268 || port === 3269);
}
