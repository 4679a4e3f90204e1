import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import {
  type LdapConfText,
  type LdapConfValue,
  type LibldapOptions,
  ldapConfOfEnvironment,
  parseLdapConf,
  type SaslauthdTls,
} from '@prosodist/core';

/** Debian's and Fedora's place of the system's file (LDAP_CONF_FILE). */
const SYSTEM_FILES = ['/etc/ldap/ldap.conf', '/etc/openldap/ldap.conf'];
const MOST_BYTES_OF_SETTINGS = 1024 * 1024;
const MOST_BYTES_OF_CERTIFICATES = 16 * 1024 * 1024;
const MOST_FILES = 1000;

/** Whose libldap it is. */
export interface LibldapPlaces {
  /** Where the system is mounted; `/` if not given. */
  readonly root?: string;
  /** The environment; this process's if not given. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The home of who asks; that of the account `prosody` in /etc/passwd if not given. */
  readonly home?: string;
  /** The folder it works in; the home if not given, which is where Prosody works on Debian. */
  readonly cwd?: string;
  /** Of the cyrus way: what saslauthd.conf says, which wins over ldap.conf. */
  readonly saslauthd?: SaslauthdTls;
}

/**
 * How libldap judges certificates and waits when Prosody on this machine uses it. Reads, in libldap's order (init.c,
 * ldap_int_initialize; the later wins): the system's ldap.conf; `ldaprc` and `.ldaprc` in the home and `ldaprc` in the working folder;
 * the file that LDAPCONF names; the same three places for the name in LDAPRC; `LDAP<OPTION>` of the environment. Nothing of it with
 * LDAPNOINIT. What is not there is passed over, as libldap does; certificates that cannot be read are in `problems`.
 */
export function libldapOptions(places: LibldapPlaces = {}): LibldapOptions {
  const root = places.root ?? '/';
  const environment = places.environment ?? process.env;
  const conf = parseLdapConf(environment.LDAPNOINIT === undefined ? textsOf(places, root, environment) : []);
  const own = places.saslauthd;
  const caFile = own?.caFile != null ? { value: own.caFile, from: 'saslauthd.conf' } : conf.caFile;
  const caFolder = own?.caFolder != null ? { value: own.caFolder, from: 'saslauthd.conf' } : conf.caFolder;
  const problems: string[] = [];
  const pems = [
    ...(caFile ? [readCertificates(caFile, 'TLS_CACERT', root, problems)] : []),
    ...(caFolder ? readFolders(caFolder, root, problems) : []),
  ].filter(text => text !== null);
  const from = [caFile, caFolder].filter(value => value !== null).map(value => `${value.from} (${value.value})`);
  return {
    requireCertificate: own?.checkPeer === false ? 'never' : (conf.requireCertificate?.value ?? 'demand'),
    trusted: pems.length > 0 ? pems.join('\n') : null,
    trustedFrom: from.length > 0 ? from.join(' and ') : null,
    timeout: own ? own.timeout : (conf.timeout?.value ?? null),
    networkTimeout: own ? own.timeout : (conf.networkTimeout?.value ?? null),
    referrals: conf.referrals?.value ?? true,
    ...(problems.length > 0 ? { problems } : {}),
  };
}

function textsOf(places: LibldapPlaces, root: string, environment: Readonly<Record<string, string | undefined>>): LdapConfText[] {
  const home = places.home ?? homeOfProsody(root);
  const cwd = places.cwd ?? home;
  const ofUser = (file: string) => [
    ...(home === undefined ? [] : [join(home, file), join(home, `.${file}`)]),
    ...(file.startsWith('/') ? [file] : cwd === undefined ? [] : [join(cwd, file)]),
  ];
  const names = [
    ...SYSTEM_FILES,
    ...ofUser('ldaprc'),
    ...(environment.LDAPCONF ? [environment.LDAPCONF] : []),
    ...(environment.LDAPRC ? ofUser(environment.LDAPRC) : []),
  ];
  const texts: LdapConfText[] = [];
  for (const name of new Set(names)) {
    const text = read(join(root, name), MOST_BYTES_OF_SETTINGS);
    if (typeof text === 'string') texts.push({ name, text });
  }
  return [...texts, ldapConfOfEnvironment(environment)];
}

function homeOfProsody(root: string): string | undefined {
  const accounts = read(join(root, '/etc/passwd'), MOST_BYTES_OF_SETTINGS);
  const line = typeof accounts === 'string' ? /^prosody:(?:[^:\n]*:){4}([^:\n]*)/m.exec(accounts) : null;
  return line?.[1] || undefined;
}

function readCertificates(path: LdapConfValue<string>, option: string, root: string, problems: string[]): string | null {
  const text = read(join(root, path.value), MOST_BYTES_OF_CERTIFICATES);
  const place = `${option} of ${path.from} names ${path.value}`;
  if (typeof text !== 'string') problems.push(`${place}, which ${text.why}`);
  else if (!text.includes('-----BEGIN ')) problems.push(`${place}, which has no certificate in PEM form`);
  else return text;
  return null;
}

/** gnutls_certificate_set_x509_trust_dir: every file of the folder that is a certificate. */
function readFolders(folders: LdapConfValue<string>, root: string, problems: string[]): string[] {
  const pems: string[] = [];
  let bytes = 0;
  for (const folder of folders.value.split(';').filter(part => part !== '')) {
    let names: string[];
    try {
      names = readdirSync(join(root, folder)).sort().slice(0, MOST_FILES);
    } catch (error) {
      problems.push(`TLS_CACERTDIR of ${folders.from} names ${folder}, which ${why(error)}`);
      continue;
    }
    for (const name of names) {
      const text = read(join(root, folder, name), MOST_BYTES_OF_CERTIFICATES - bytes);
      if (typeof text !== 'string' || !text.includes('-----BEGIN ')) continue;
      bytes += text.length;
      pems.push(text);
    }
  }
  return pems;
}

/** The text of a regular file that is not larger than this, or why not. */
function read(path: string, most: number): string | { readonly why: string } {
  let descriptor: number | undefined;
  try {
    // not to wait for a writer, should it be a pipe
    descriptor = openSync(path, 0o4000);
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return { why: 'is no file' };
    if (stat.size > most) return { why: `is larger than ${most} bytes` };
    const buffer = Buffer.alloc(stat.size);
    return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, buffer.length, 0));
  } catch (error) {
    return { why: why(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function why(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'is not there';
  return code === 'EACCES' ? 'this user may not read' : `cannot be read (${code})`;
}
