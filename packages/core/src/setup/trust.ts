// Whose certificates libldap trusts.
import { lineOf, parseKeyLines, parseLdapHosts } from '../ldap/index.js';
import { isEncrypted } from './check-choices.js';
import { currentLdap } from './current.js';
import { current, type Draft, refuse, rewritten, takeForeign, textOf } from './draft.js';
import type { LdapSetupWay, SetupStep } from './types.js';

const CONF = 'etc/ldap/ldap.conf';
const WHY =
  'libldap refuses a certificate of an authority that it does not know, and Prosody logs no more than "Can\'t contact LDAP server" or "Connect error".';

/**
 * `TLS_CACERT` of /etc/ldap/ldap.conf: written when a file was chosen, else only looked at. It is read by all that uses libldap.
 * Source: ldap.conf(5). With GnuTLS, as on Debian, `TLS_CACERTDIR` has no effect.
 */
export function trustStep(draft: Draft, host: string, way: LdapSetupWay): SetupStep {
  const common = { step: 'trust', why: WHY, at: [], shown: [], help: null } as const;
  const { ca } = draft.choices;
  if (!usesTls(draft, host, way) && ca === undefined)
    return { ...common, status: 'done', what: 'no certificate is involved: the connection has no TLS' };
  if (draft.system === undefined) {
    const what = `/etc/ldap/ldap.conf is not seen from here`;
    const help = `The machine that runs Prosody needs there: TLS_CACERT ${ca ?? '/etc/ssl/certs/ca-certificates.crt'}`;
    return { ...common, status: 'told', what, help };
  }
  const conf = `${draft.system}${CONF}`;
  const text = textOf(draft, conf);
  const line = text === undefined ? undefined : lineOf(parseKeyLines(text, 'ldap.conf'), 'TLS_CACERT', 'last');
  if (ca !== undefined) return trustFile(draft, conf, text, line, ca);
  const checked = text === undefined ? undefined : lineOf(parseKeyLines(text, 'ldap.conf'), 'TLS_REQCERT', 'last');
  if (checked && /^(?:never|allow)$/i.test(checked.value))
    draft.warnings.push(
      `\`TLS_REQCERT ${checked.value}\` in ${conf} lets any certificate pass: whoever is on the way can read the passwords`,
    );
  if (line)
    return {
      ...common,
      status: 'done',
      what: `libldap trusts the authorities in ${line.value}; one of your own is named with its file`,
    };
  return {
    ...common,
    status: 'told',
    what:
      text === undefined
        ? `there is no ${conf}, so libldap trusts nobody`
        : `${conf} has no TLS_CACERT, so libldap trusts nobody`,
    help: `Install libldap-common, or write into ${conf}: TLS_CACERT /etc/ssl/certs/ca-certificates.crt`,
  };
}

function usesTls(draft: Draft, host: string, way: LdapSetupWay): boolean {
  const now = currentLdap(current(draft), host, way);
  const parsed = parseLdapHosts(now?.server ?? '');
  return now?.startTls === true || (parsed.ok && parsed.hosts.some(isEncrypted));
}

function trustFile(draft: Draft, conf: string, text: string | undefined, line: ReturnType<typeof lineOf>, ca: string): SetupStep {
  if (!ca.startsWith('/'))
    return refuse(
      'trust',
      `\`${ca}\` is no absolute path`,
      'Name the file from the root on: libldap does not look elsewhere.',
      WHY,
    );
  const pem = textOf(draft, ca);
  if (pem === undefined) return refuse('trust', `${ca} cannot be read`, 'Put the certificate of the authority there (PEM).', WHY);
  if (!pem.includes('-----BEGIN CERTIFICATE-----'))
    return refuse(
      'trust',
      `there is no certificate in ${ca}`,
      'It has to be PEM; of DER, `openssl x509 -inform der -in FILE -out FILE.pem` makes it.',
      WHY,
    );
  const mode = draft.overlay.files.stat(ca)?.mode;
  if (mode !== undefined && (mode & 0o004) === 0)
    draft.warnings.push(`${ca} cannot be read by everybody, so perhaps not by Prosody: chmod 644`);
  const common = { step: 'trust', why: WHY, at: [], shown: [], help: null } as const;
  const named = seenInside(draft, ca);
  if (line?.value === named) return { ...common, status: 'done', what: `libldap trusts the authority in ${ca}` };
  const own = `TLS_CACERT\t${named}`;
  const before = text ?? '';
  const eol = before === '' || before.endsWith('\n') ? '' : '\n';
  const after = line
    ? before.slice(0, line.keyStart) + own + before.slice(line.valueEnd)
    : `${before}${eol}# the authority of the directory's certificate\n${own}\n`;
  takeForeign(draft, rewritten(conf, text ?? null, after));
  if (line)
    draft.warnings.push(
      `all programs that use libldap will trust ${named} in the place of ${line.value}; to trust both, add it to the system's authorities (update-ca-certificates) and leave this step out`,
    );
  return { ...common, status: 'todo', what: `${conf} names ${named}` };
}

/** A path as the system of the tree has it, where that is kept in a folder of this one. */
function seenInside({ system = '/' }: Draft, path: string): string {
  return system !== '/' && path.startsWith(system) ? path.slice(system.length - 1) : path;
}
