import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { FailureCode } from '../failure.js';

const DAY = 86_400_000;

/** What libldap has against a certificate. */
export interface CertificateFault {
  readonly code: FailureCode & ('tls.untrusted' | 'tls.name' | 'tls.expired' | 'tls.not-yet-valid');
  /** A sentence without its full stop. */
  readonly text: string;
}

/** The certificate of a directory server, as far as people want to know it. */
export interface Certificate {
  /** The last CN of the subject, which is the one that libldap compares; null without one. */
  readonly commonName: string | null;
  /** DNS names and addresses of the subject alternative name. */
  readonly names: readonly string[];
  readonly issuer: string;
  /** The last moment it is valid, as ISO 8601. */
  readonly validTo: string;
  readonly daysLeft: number;
  /** What libldap has against it, also where TLS_REQCERT lets it pass. */
  readonly faults: readonly CertificateFault[];
}

/**
 * Judges a certificate as libldap with GnuTLS does (libraries/libldap/tls_g.c of OpenLDAP 2.5: tlsg_session_accept, tlsg_session_chkhost).
 * @param verified what OpenSSL says of the chain: a code such as `CERT_HAS_EXPIRED`, null when it is good
 * @param name what the certificate has to be for: `nameToCheck` makes it
 * @param trustedFrom where the trusted certificates were read from; null when nothing is trusted
 */
export function judgeCertificate(
  certificate: X509Certificate,
  verified: string | null,
  name: string,
  trustedFrom: string | null,
  now: number = Date.now(),
): Certificate {
  const names = alternativeNames(certificate.subjectAltName);
  const commonName = commonNames(certificate.subject).at(-1) ?? null;
  const validTo = Date.parse(certificate.validTo);
  const issuer = oneLine(certificate.issuer);
  const faults: CertificateFault[] = [];
  if (now > validTo) faults.push({ code: 'tls.expired', text: `the certificate ended on ${day(validTo)}` });
  if (now < Date.parse(certificate.validFrom))
    faults.push({ code: 'tls.not-yet-valid', text: `the certificate begins on ${day(Date.parse(certificate.validFrom))}` });
  if (verified === 'CERT_HAS_EXPIRED' && faults.length === 0)
    faults.push({ code: 'tls.expired', text: `a certificate of its issuers (${issuer}) has ended` });
  else if (verified !== null && verified !== 'CERT_HAS_EXPIRED' && verified !== 'CERT_NOT_YET_VALID')
    faults.push({ code: 'tls.untrusted', text: untrusted(issuer, verified, trustedFrom) });
  if (!isFor(certificate, names, commonName, name))
    faults.push({
      code: 'tls.name',
      text: `the certificate is for ${[...new Set([...names, ...(commonName === null ? [] : [commonName])])].join(', ') || 'nobody'}, not for ${name}`,
    });
  const daysLeft = Math.floor((validTo - now) / DAY);
  return { commonName, names, issuer, validTo: new Date(validTo).toISOString(), daysLeft, faults };
}

/** The name that libldap looks for in the certificate: it takes the machine's own name for `localhost` (ldap_int_tls_start). */
export function nameToCheck(host: string, machineName: string): string {
  return host.toLowerCase() === 'localhost' ? machineName : host;
}

function untrusted(issuer: string, verified: string, trustedFrom: string | null): string {
  if (trustedFrom === null) return `libldap trusts nobody here, as no TLS_CACERT is set, so also not ${issuer}`;
  return `nobody whom ${trustedFrom} trusts has issued the certificate; its issuer is ${issuer} (${verified})`;
}

/**
 * tlsg_session_chkhost: an alternative name of the right kind, `*.` for the first label only; else the last CN, whether there are
 * alternative names or not.
 */
function isFor(certificate: X509Certificate, names: readonly string[], commonName: string | null, name: string): boolean {
  if (isIP(name) !== 0) {
    if (certificate.checkIP(name) !== undefined) return true;
  } else if (names.some(pattern => matches(pattern, name))) return true;
  return commonName !== null && matches(commonName, name);
}

function matches(pattern: string, name: string): boolean {
  const [wanted, given] = [pattern.toLowerCase(), name.toLowerCase()];
  if (wanted === given) return true;
  const dot = given.indexOf('.');
  return wanted.startsWith('*.') && dot >= 0 && given.slice(dot) === wanted.slice(1);
}

/** `DNS:a, IP Address:1.2.3.4, DNS:"odd, name"` of Node. */
function alternativeNames(text: string | undefined): string[] {
  return [...(text ?? '').matchAll(/(?:^|, )(DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g)].map(match =>
    match[2]!.startsWith('"') ? (JSON.parse(match[2]!) as string) : match[2]!,
  );
}

function commonNames(subject: string): string[] {
  return subject
    .split('\n')
    .filter(line => line.startsWith('CN='))
    .map(line => line.slice(3));
}

function oneLine(name: string): string {
  return name.split('\n').reverse().join(', ') || 'nobody';
}

/** `2028-10-24`. */
function day(milliseconds: number): string {
  return Number.isNaN(milliseconds) ? 'an unknown day' : new Date(milliseconds).toISOString().slice(0, 10);
}
