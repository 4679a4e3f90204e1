// What a login at a virtual host is made of: who answers it, with which settings, and where each was written.
import type { Origin } from '../evaluate/index.js';

/** The modules that ask a directory: mod_auth_ldap2, mod_auth_ldap, and mod_auth_cyrus through saslauthd. */
export type DirectoryWay = 'ldap2' | 'ldap' | 'cyrus';

/** The same as values of `authentication`: they ask somewhere else for passwords, and can offer PLAIN only. */
export const DIRECTORY_WAYS: ReadonlySet<string> = new Set<DirectoryWay>(['ldap2', 'ldap', 'cyrus']);

/** A value with the place it was written at (null for a default) and the name it has there, such as `ldap.user.basedn`. */
export interface Placed<T> {
  readonly value: T;
  readonly name: string;
  readonly origin: Origin | null;
}

/** How deep a search goes. */
export type SearchScope = 'base' | 'onelevel' | 'subtree';

/** What the live check and the rehearsal need to know, in one shape for the three ways. */
export interface DirectorySettings {
  readonly way: DirectoryWay;
  /** The prepared name of the virtual host. */
  readonly host: string;
  /** As written: `hostname` of ldap2, `ldap_server`, or saslauthd's `ldap_servers`. Read by `parseLdapHosts`. */
  readonly server: Placed<string>;
  readonly startTls: Placed<boolean>;
  /** Null for an anonymous bind. */
  readonly bindName: Placed<string> | null;
  readonly bindPassword: Placed<string> | null;
  /** Null where nothing says it: the directory's own default is searched, which finds nobody. */
  readonly base: Placed<string> | null;
  readonly scope: Placed<SearchScope>;
  /** The filter before the user's name is put in; `searchFilter` puts it in as the module does. */
  readonly filter: Placed<string>;
  /** ldap2 only: the attribute that the module compares with the name. */
  readonly userAttribute: Placed<string> | null;
  /** ldap only: how a password is tried; `getpasswd` reads `userPassword` of the entry and compares. */
  readonly mode?: Placed<'bind' | 'getpasswd'>;
  /** ldap only: what `$host` stands for. */
  readonly realm?: Placed<string>;
  /** cyrus only: what saslauthd.conf says of certificates, in the stead of ldap.conf. */
  readonly saslauthd?: SaslauthdTls;
}

/** saslauthd's own settings of TLS and time (saslauthd/LDAP_SASLAUTHD of cyrus-sasl 2.1.28); null where unset. */
export interface SaslauthdTls {
  readonly checkPeer: boolean | null;
  readonly caFile: string | null;
  readonly caFolder: string | null;
  /** Seconds. */
  readonly timeout: number;
  /** `ldap_auth_method`: `fastbind` binds with the filter as DN, `custom` reads the password; `bind` unless set. */
  readonly method: 'bind' | 'fastbind' | 'custom';
  /** `ldap_size_limit`, 1 unless set: with more, two entries are refused. */
  readonly sizeLimit: number;
  /** Restricts the users to a group: `ldap_group_dn` or `ldap_group_filter`. */
  readonly group: SaslauthdGroup | null;
  /** The service that libsasl names: `cyrus_service_name`. */
  readonly service: string;
  /** The realm that libsasl names for a user without one: empty for none. */
  readonly realm: string;
  /** `ldap_default_realm`, where libsasl names none. */
  readonly defaultRealm: string;
}

/** The group that saslauthd wants its users in (lak.c, lak_group_member). */
export interface SaslauthdGroup {
  readonly dn: string | null;
  readonly attribute: string;
  readonly match: 'attr' | 'filter';
  readonly filter: string | null;
  readonly searchBase: string | null;
  readonly scope: SearchScope;
}
