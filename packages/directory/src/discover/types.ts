// What discovering a directory brings to light. Values only; no password is in them.
import type { SearchScope } from '@prosodist/core';
import type { ServerKind } from '../types.js';

export interface DiscoverOptions {
  /** A DNS server to ask, as an address with or without a port; the system's unless given. */
  readonly dnsServer?: string;
  /** Who to log in as; nobody unless given: then only what a directory shows to everybody is seen. */
  readonly bind?: { readonly name: string; readonly password: Buffer };
}

/** What DNS says about a service or a name. */
export interface DnsRecord {
  readonly name: string;
  readonly type: 'SRV' | 'A/AAAA';
  /** `0 100 389 dc1.example.com` for SRV, addresses for the others. */
  readonly values: readonly string[];
  /** Why there is no answer; null where there is one, even an empty one. */
  readonly problem: string | null;
}

/** How a port is spoken to. */
export type PortMode = 'plain' | 'starttls' | 'tls';

/** The certificate that a port shows, as libldap on this machine judges it. */
export interface PortCertificate {
  readonly names: readonly string[];
  readonly issuer: string;
  readonly validTo: string;
  readonly daysLeft: number;
  /** Sentences without a full stop; none: libldap takes it. */
  readonly faults: readonly string[];
}

export interface PortFact {
  readonly port: number;
  readonly mode: PortMode;
  /** Whether Prosody could use it as it is. */
  readonly usable: boolean;
  /** `ok`, or the code of the failure: `connect.refused`, `tls.untrusted`, … */
  readonly code: string;
  readonly text: string;
  readonly certificate: PortCertificate | null;
  readonly milliseconds: number;
}

export interface DiscoveredServer {
  readonly host: string;
  /** Where the name comes from: the name of a SRV record, or `asked`. */
  readonly from: string;
  readonly ports: readonly PortFact[];
}

/** What a server says of itself to everybody. */
export interface RootDse {
  readonly server: string;
  readonly kind: ServerKind;
  /** As the server calls itself: `Samba Team (https://www.samba.org) 4.17`; null where it does not. */
  readonly vendor: string | null;
  readonly dnsName: string | null;
  readonly defaultContext: string | null;
  readonly contexts: readonly string[];
}

/** Users directly below one entry. */
export interface Unit {
  readonly dn: string;
  readonly users: number;
  readonly enabled: number;
  /** Only accounts that the system itself made, such as Administrator and Guest. */
  readonly builtIn: boolean;
}

/** How well an attribute serves as the name to log in with. */
export interface LoginAttribute {
  readonly name: string;
  /** Users that have it. */
  readonly filled: number;
  /** Users whose value somebody else has too. */
  readonly shared: number;
  /** Users whose value Prosody cannot take as a user name: it has an `@`, a blank or the like. */
  readonly unusable: number;
}

export interface Group {
  readonly dn: string;
  readonly name: string;
  readonly members: number;
}

/** Who can log in, as far as the account that looked may see. */
export interface Population {
  readonly base: string;
  readonly users: number;
  /** There are more than were counted. */
  readonly more: boolean;
  /** The largest first. */
  readonly units: readonly Unit[];
  readonly attributes: readonly LoginAttribute[];
  readonly groups: readonly Group[];
  /** Whether users say themselves which groups they are in, so that a filter can ask for one. */
  readonly memberOf: boolean;
  /** The object class that all of them have, `person` before `posixAccount`; null where they have neither in common. */
  readonly objectClass: 'person' | 'posixAccount' | null;
}

/** Settings to use, under the names that `DirectorySettings` has; the password is for the user to put in. */
export interface ProposedSettings {
  readonly server: string;
  readonly startTls: boolean;
  readonly bindName: string | null;
  readonly base: string;
  readonly scope: SearchScope;
  readonly userAttribute: string;
  /** The filter of core's mod_auth_ldap, with `$user` in it. */
  readonly filter: string;
  /** The filter of ldap2, which puts the name in itself. */
  readonly userFilter: string;
}

export interface Proposal {
  readonly settings: ProposedSettings;
  /** Why each is as it is: the name of the field, and a sentence. */
  readonly reasons: readonly { readonly field: keyof ProposedSettings; readonly text: string }[];
  /** Lua to put into the VirtualHost, for each of the two modules; a placeholder stands where the password belongs. */
  readonly lua: { readonly ldap: string; readonly ldap2: string };
}

export interface Discovery {
  readonly asked: string;
  readonly domain: string | null;
  readonly records: readonly DnsRecord[];
  readonly servers: readonly DiscoveredServer[];
  readonly rootDse: RootDse | null;
  /** Who looked: the bind name; null for an anonymous look. */
  readonly boundAs: string | null;
  readonly population: Population | null;
  readonly proposal: Proposal | null;
  /** What stood in the way, and what to do. */
  readonly problems: readonly { readonly text: string; readonly help: string }[];
}
