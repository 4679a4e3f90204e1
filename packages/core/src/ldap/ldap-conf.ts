import { parseKeyLines } from './key-lines.js';

/** `TLS_REQCERT`: `never` and `allow` take any certificate, the others only a good one. */
export type RequireCertificate = 'never' | 'allow' | 'try' | 'demand' | 'hard';

/** How libldap on a machine judges certificates and waits: ldap.conf, ldaprc, the environment, with the certificates they name. */
export interface LibldapOptions {
  /** `TLS_REQCERT`: never, allow, try, demand or hard. */
  readonly requireCertificate: RequireCertificate;
  /** The PEM text of what `TLS_CACERT` and `TLS_CACERTDIR` name; null when nothing is set: then libldap trusts nobody. */
  readonly trusted: string | null;
  /** Where that came from, for messages: `/etc/ldap/ldap.conf:12`; null when nothing is set. */
  readonly trustedFrom: string | null;
  /** Seconds; null: libldap waits for ever. */
  readonly timeout: number | null;
  readonly networkTimeout: number | null;
  readonly referrals: boolean;
  /** What could not be read of all this, one sentence each: then libldap makes no TLS connection. */
  readonly problems?: readonly string[];
}

/** A file of libldap's settings, or the environment as `KEY value` lines. */
export interface LdapConfText {
  /** For messages: `/etc/ldap/ldap.conf`; `the environment`. */
  readonly name: string;
  readonly text: string;
}

/** A value and where it was set: `/etc/ldap/ldap.conf:12`. */
export interface LdapConfValue<T> {
  readonly value: T;
  readonly from: string;
}

/** What the texts set; null where none does. */
export interface LdapConf {
  readonly requireCertificate: LdapConfValue<RequireCertificate> | null;
  readonly caFile: LdapConfValue<string> | null;
  /** Several are separated by `;`. */
  readonly caFolder: LdapConfValue<string> | null;
  /** Seconds. */
  readonly timeout: LdapConfValue<number> | null;
  readonly networkTimeout: LdapConfValue<number> | null;
  readonly referrals: LdapConfValue<boolean> | null;
  readonly uri: LdapConfValue<string> | null;
}

const LEVELS: readonly string[] = ['never', 'allow', 'try', 'demand', 'hard'];

/**
 * Reads libldap's settings (ldap.conf(5); libraries/libldap/init.c of OpenLDAP 2.5) of several texts in the order in which libldap
 * reads them: names in any case, a later value wins, what libldap does not understand is passed over. Never throws.
 */
export function parseLdapConf(texts: readonly LdapConfText[]): LdapConf {
  const found = new Map<string, LdapConfValue<string>>();
  for (const { name, text } of texts) {
    for (const { key, keyStart, value } of parseKeyLines(text, 'ldap.conf').lines) {
      const option = key.toUpperCase();
      if (understood(option, value)) found.set(option, { value, from: placeOf(name, text, keyStart) });
    }
  }
  const read = <T>(option: string, as: (value: string) => T): LdapConfValue<T> | null => {
    const set = found.get(option);
    return set ? { value: as(set.value), from: set.from } : null;
  };
  return {
    requireCertificate: read('TLS_REQCERT', value => value.toLowerCase() as RequireCertificate),
    caFile: read('TLS_CACERT', value => value),
    caFolder: read('TLS_CACERTDIR', value => value),
    timeout: read('TIMEOUT', Number),
    networkTimeout: read('NETWORK_TIMEOUT', Number),
    referrals: read('REFERRALS', value => /^(?:on|yes|true)$/i.test(value)),
    uri: read('URI', value => value),
  };
}

/**
 * The environment as libldap reads it: `LDAP` and the name of the option, as `LDAPTLS_CACERT` (init.c, openldap_ldap_init_w_env).
 * It comes last, so it wins.
 */
export function ldapConfOfEnvironment(environment: Readonly<Record<string, string | undefined>>): LdapConfText {
  const lines = Object.entries(environment)
    .filter(([name, value]) => /^LDAP[A-Z_]+$/.test(name) && value !== undefined && !/[\r\n]/.test(value))
    .map(([name, value]) => `${name.slice(4)} ${value}`);
  return { name: 'the environment', text: lines.join('\n') };
}

/** Whether libldap takes a value: a level it knows, a positive number of seconds; of the rest any text. */
function understood(option: string, value: string): boolean {
  if (option === 'TLS_REQCERT') return LEVELS.includes(value.toLowerCase());
  if (option === 'TIMEOUT' || option === 'NETWORK_TIMEOUT') return /^\+?\d{1,9}$/.test(value) && Number(value) > 0;
  return true;
}

function placeOf(name: string, text: string, at: number): string {
  if (!name.startsWith('/')) return name;
  return `${name}:${text.slice(0, at).split('\n').length}`;
}
