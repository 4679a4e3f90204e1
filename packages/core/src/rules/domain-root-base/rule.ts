import { isDomainRoot, parseDn, parseLdapHosts } from '../../ldap/index.js';
import type { Rule } from '../rule.js';
import { ldapTables, textOf } from '../support/ldap-table.js';

export const domainRootBase: Rule = {
  name: 'domain-root-base',
  severity: 'warning',
  summary: 'The base DN is the root of an Active Directory domain: a mistyped user name then gets no answer.',
  fixable: 'never',
  source: 'prosody-modules, mod_lib_ldap/ldap.lib.lua:218; jitsi-meet issue 6041; recorded on Prosody 0.12.3 and 13.0.1',
  since: '0.1.0',
  check: {
    configuration(context) {
      const { configuration, report } = context;
      for (const { table } of ldapTables(context)) {
        const user = table.table.entries.get('user')?.value;
        if (user?.kind !== 'table') continue;
        const base = user.table.entries.get('basedn')?.value;
        const text = textOf(base);
        const isAd = textOf(user.table.entries.get('usernamefield')?.value)?.toLowerCase() === 'samaccountname';
        const unquoted = configuration.unsetNames.some(
          unset => unset.key === 'usernamefield' && unset.name.toLowerCase() === 'samaccountname',
        );
        if (
          text === undefined ||
          !base?.origin ||
          !(isAd || unquoted) ||
          !isRoot(text) ||
          onlyGlobalCatalog(textOf(table.table.entries.get('hostname')?.value))
        )
          continue;
        report({
          message: '`ldap.user.basedn` is the root of the domain',
          why: 'The domain controller adds references to other partitions to its answer. ldap2 takes them for users, so a mistyped user name raises an error inside Prosody and the client gets no answer ("Connecting…" for ever). Right names work, which hides the fault.',
          help: `Name the container that holds the users, such as "OU=Users,${text}", or ask the global catalogue ("ldaps://…:3269").`,
          at: base.origin,
        });
      }
    },
  },
};

function isRoot(text: string): boolean {
  const dn = parseDn(text);
  return dn.ok && dn.rdns.length > 0 && isDomainRoot(dn.rdns);
}

/** The global catalogue sends no references. */
function onlyGlobalCatalog(hostname: string | undefined): boolean {
  const hosts = parseLdapHosts(hostname ?? '');
  return hosts.ok && hosts.hosts.length > 0 && hosts.hosts.every(host => host.port === 3268 || host.port === 3269);
}
