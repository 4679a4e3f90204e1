import { lineOf } from '../../ldap/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { type Access, accesses, isEncrypted, serversOf } from '../support/directory.js';
import { saslauthdConf, valuePlace } from '../support/saslauthd.js';
import { type SystemFile, systemOf } from '../support/system.js';

export const missingCa: Rule = {
  name: 'missing-ca',
  severity: 'error',
  summary: 'The file with the authorities that the LDAP library shall trust is not there.',
  fixable: 'never',
  source: 'ldap.conf(5), TLS_CACERT; libldap, libraries/libldap/tls_g.c; recorded with libldap 2.5.13',
  since: '0.1.0',
  check: {
    configuration(context) {
      const encrypted = accesses(context).filter(usesTls);
      const viaLibrary = encrypted.find(({ way }) => way !== 'saslauthd');
      const viaSaslauthd = encrypted.find(({ way }) => way === 'saslauthd');
      const file = systemOf(context)?.read('/etc/ldap/ldap.conf', 'ldap.conf');
      if (file && viaLibrary) for (const name of ['TLS_CACERT', 'TLS_CACERTDIR']) checkLine(context, file, name);
      const sasl = viaSaslauthd && saslauthdConf(context);
      if (sasl) for (const name of ['ldap_tls_cacert_file', 'ldap_tls_cacert_dir']) checkLine(context, sasl, name);
      if (!file && viaLibrary) checkNone(context, viaLibrary);
    },
  },
};

const WHY =
  'The certificate of the directory is then refused, and no login works: Prosody logs no more than "Can\'t contact LDAP server" or "Connect error".';

function usesTls(access: Access): boolean {
  return serversOf(access).some(host => host.scheme !== 'ldapi' && isEncrypted(access, host) === true);
}

function checkLine(context: RuleContext, file: SystemFile, name: string): void {
  const line = lineOf(file, name, 'last');
  if (!line?.value.startsWith('/') || !systemOf(context)?.lacks(line.value)) return;
  context.report({
    message: `\`${line.key}\` names ${line.value}, which is not there`,
    why: WHY,
    help: 'Put the certificate of the authority there, or name the bundle of the system: /etc/ssl/certs/ca-certificates.crt.',
    at: valuePlace(file, line),
  });
}

/** Slim images lack libldap-common, and with it /etc/ldap/ldap.conf, which names the system's authorities. */
function checkNone(context: RuleContext, access: Access): void {
  const system = systemOf(context);
  const places = ['/etc/ldap/ldap.conf', '/etc/openldap/ldap.conf', '/var/lib/prosody/.ldaprc', '/var/lib/prosody/ldaprc'];
  if (!system?.whole || !places.every(system.lacks)) return;
  const server = access.settings.server!;
  context.report({
    message: 'The LDAP library knows no authority: there is no /etc/ldap/ldap.conf',
    why: WHY,
    help: 'Install libldap-common, which names the authorities of the system, or write TLS_CACERT into /etc/ldap/ldap.conf.',
    at: server.at,
  });
}
