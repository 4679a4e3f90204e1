import { LDAP_SETTINGS, LDAP2_SCHEMA, type LdapHost } from '../../ldap/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Fix } from '../finding.js';
import type { Rule, RuleContext } from '../rule.js';
import { isAddress, isOwnMachine } from '../support/addresses.js';
import { type Access, accesses, isActiveDirectory, isEncrypted, serversOf } from '../support/directory.js';
import { literalOf } from '../support/source.js';

export const unencryptedLdap: Rule = {
  name: 'unencrypted-ldap',
  severity: 'warning',
  summary: 'Passwords go to the directory over the network without encryption.',
  fixable: 'sometimes',
  source:
    'RFC 4513, section 6.3.3; Samba and Windows Server 2025 refuse it ("Strong(er) authentication required", recorded as case 03)',
  since: '0.1.0',
  check: {
    configuration(context) {
      for (const access of accesses(context)) {
        const { server } = access.settings;
        // a plain connection to a port for TLS is said by malformed-ldap-host
        const plain = serversOf(access).find(
          host => isElsewhere(host, access) && isEncrypted(access, host) === false && ![636, 3269].includes(host.port),
        );
        if (!server || !plain || hasOtherSwitch(context, access)) continue;
        const ad = isActiveDirectory(access);
        context.report({
          message: `\`${server.name}\` reaches ${plain.host} without encryption`,
          why: `Every login sends the password of the user, and that of the service, over the network in clear.${
            ad ? ' Domain controllers often refuse it ("Strong(er) authentication required"): then nobody can log in.' : ''
          }`,
          help: `Write "${secure(plain)}"${access.way === 'ldap2' ? ', or `use_tls = true`' : access.way === 'ldap' ? ', or `ldap_tls = true`' : ', or `ldap_start_tls: yes`'}.`,
          at: server.place(plain.start, plain.end),
          fix: access.way === 'saslauthd' ? null : fixOf(context, access, plain),
        });
      }
    },
  },
};

/** A name without dots may be a container on the same machine; a domain controller is never one. */
function isElsewhere({ scheme, host }: LdapHost, access: Access): boolean {
  if (scheme !== 'ldap' || isOwnMachine(host)) return false;
  return isAddress(host) || host.includes('.') || isActiveDirectory(access);
}

/** Whether StartTLS is switched on under a name that nobody reads: said by unknown-ldap-key, which can mend it. */
function hasOtherSwitch({ configuration }: RuleContext, { way }: Access): boolean {
  const names = way === 'ldap2' ? aliases(LDAP2_SCHEMA.keys, 'use_tls') : aliases(LDAP_SETTINGS, 'ldap_tls');
  return configuration.settings.some(({ name, value }) =>
    way === 'ldap2'
      ? name === 'ldap' && value.kind === 'table' && names.some(key => value.table.entries.has(key))
      : way === 'ldap' && names.includes(name),
  );
}

function aliases(
  settings: readonly { readonly name: string; readonly aliases: readonly string[] }[],
  name: string,
): readonly string[] {
  return settings.find(setting => setting.name === name)?.aliases ?? [];
}

function secure({ host, port }: LdapHost): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `ldaps://${name}${port === 3268 ? ':3269' : port === 389 ? '' : `:${port}`}`;
}

function fixOf({ configuration }: RuleContext, access: Access, host: LdapHost): Fix | null {
  const { server } = access.settings;
  if (!server || serversOf(access).length !== 1 || ![389, 3268].includes(host.port)) return null;
  if (!literalOf(configuration, server.value)) return null;
  const { file, start, end } = server.place(host.start, host.end);
  return { title: 'Use ldaps://', safety: 'unsafe', ...editsOnly([{ file, start, end, text: secure(host) }]) };
}
