import { parseLdapHosts } from '../../ldap/index.js';
import type { Rule } from '../rule.js';
import { accesses, failure } from '../support/directory.js';
import { placeholderIn } from '../support/placeholder.js';

export const malformedLdapHost: Rule = {
  name: 'malformed-ldap-host',
  severity: 'error',
  summary: 'The name of the LDAP server has a form that the LDAP library does not take.',
  fixable: 'never',
  source: 'lualdap 1.3, src/lualdap.c; libldap 2.5, ldap_initialize; forms recorded against the real library',
  since: '0.1.0',
  reach: 'section',
  check: {
    configuration(context) {
      for (const { way, settings } of accesses(context)) {
        const { server } = settings;
        if (server?.value.kind !== 'string') continue;
        const { value } = server.value;
        // said by leftover-placeholder
        if (placeholderIn(value)) continue;
        // lua-ldap puts "ldap://" before bare names; saslauthd hands the text on as it is
        const bare = way === 'saslauthd' && !value.includes('://');
        const hosts = parseLdapHosts(value);
        if (bare || !hosts.ok) {
          const wrong = hosts.ok
            ? { message: `"${value}" is no URL`, help: `Write "ldaps://${value}"`, start: 0, end: value.length }
            : hosts.problem;
          context.report({
            message: `\`${server.name}\` is not a form that ${way === 'saslauthd' ? 'saslauthd' : 'lua-ldap'} takes: ${wrong.message}`,
            why: failure(way, hosts.ok ? '' : hosts.problem.reply),
            help: `${wrong.help.replace(/\.$/, '')}.`,
            at: server.place(wrong.start, wrong.end),
          });
          continue;
        }
        const plainOnTls = hosts.hosts.find(host => host.scheme === 'ldap' && (host.port === 636 || host.port === 3269));
        if (plainOnTls) {
          context.report({
            message: `\`${server.name}\` names port ${plainOnTls.port} without \`ldaps://\`, so plain LDAP is spoken to a port that wants TLS`,
            why: failure(way, "Can't contact LDAP server"),
            help: `Write "ldaps://${plainOnTls.host}${plainOnTls.port === 636 ? '' : `:${plainOnTls.port}`}".`,
            at: server.place(plainOnTls.start, plainOnTls.end),
          });
        }
      }
    },
  },
};
