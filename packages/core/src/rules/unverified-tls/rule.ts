import { lineOf, saslSwitch } from '../../ldap/index.js';
import type { Rule, RuleContext } from '../rule.js';
import { type Access, accesses, isEncrypted, serversOf } from '../support/directory.js';
import { saslauthdConf, valuePlace } from '../support/saslauthd.js';
import { systemOf } from '../support/system.js';

export const unverifiedTls: Rule = {
  name: 'unverified-tls',
  severity: 'warning',
  summary: 'The certificate of the directory is not checked.',
  fixable: 'never',
  source:
    'ldap.conf(5), TLS_REQCERT; saslauthd/lak.c, ldap_tls_check_peer; recorded with libldap 2.5.13: never and allow skip authority, name and date',
  since: '0.1.0',
  check: {
    configuration(context) {
      const encrypted = accesses(context).filter(usesTls);
      if (encrypted.some(({ way }) => way !== 'saslauthd')) checkLibrary(context);
      if (encrypted.some(({ way }) => way === 'saslauthd')) checkSaslauthd(context);
    },
  },
};

/** The files that libldap reads for Prosody: the system's, and one in the home of its user. */
const FILES = ['/etc/ldap/ldap.conf', '/etc/openldap/ldap.conf', '/var/lib/prosody/ldaprc', '/var/lib/prosody/.ldaprc'];
const WHY =
  'Anybody who gets between Prosody and the directory can show any certificate and reads every password, that of the service too.';

function usesTls(access: Access): boolean {
  return serversOf(access).some(host => host.scheme !== 'ldapi' && isEncrypted(access, host) === true);
}

function checkLibrary(context: RuleContext): void {
  const system = systemOf(context);
  for (const name of FILES) {
    const file = system?.read(name, 'ldap.conf');
    const line = file && lineOf(file, 'TLS_REQCERT', 'last');
    if (!line || !/^(?:never|allow)$/i.test(line.value)) continue;
    context.report({
      message: `\`${line.key} ${line.value}\`: any certificate of the directory is accepted`,
      why: WHY,
      help: 'Write `TLS_REQCERT demand`, and name the authority that signed the certificate with `TLS_CACERT`.',
      at: valuePlace(file, line),
    });
  }
}

function checkSaslauthd(context: RuleContext): void {
  const file = saslauthdConf(context);
  const line = file && lineOf(file, 'ldap_tls_check_peer', 'last');
  if (!line || saslSwitch(line.value) !== false) return;
  context.report({
    message: `\`${line.key}: ${line.value}\`: any certificate of the directory is accepted`,
    why: WHY.replace('Prosody', 'saslauthd'),
    help: 'Write `ldap_tls_check_peer: yes`, and name the authority that signed the certificate with `ldap_tls_cacert_file`.',
    at: valuePlace(file, line),
  });
}
