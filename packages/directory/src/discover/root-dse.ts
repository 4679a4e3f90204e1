import { parseFilter } from '@prosodist/core';
import { type Connection, textOf, textsOf } from '../internal.js';
import type { ServerKind } from '../types.js';
import type { RootDse } from './types.js';

const ATTRIBUTES = [
  'objectClass',
  'structuralObjectClass',
  'namingContexts',
  'defaultNamingContext',
  'dnsHostName',
  'supportedCapabilities',
  'supportedExtension',
  'vendorName',
  'vendorVersion',
];

/** LDAP_CAP_ACTIVE_DIRECTORY_OID of MS-ADTS 3.1.1.3.4.3. */
const ACTIVE_DIRECTORY = '1.2.840.113556.1.4.800';
/** Extended operations of FreeIPA's plugins (ipa_pwd_extop and its kind). */
const FREEIPA = /^2\.16\.840\.1\.113730\.3\.8\.10\./;

/** Every entry has an objectClass: for searches that want whatever is there. */
export const ANY = filterOf('(objectClass=*)');

/** A filter of ours. @throws Error when it is none */
export function filterOf(text: string) {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(`no filter: ${text}`);
  return parsed.filter;
}

/** What a server says of itself to everybody; null when it says nothing. Rejects with DirectoryFailure. */
export async function readRootDse(connection: Connection): Promise<RootDse | null> {
  const answer = await connection.search({ base: '', scope: 'base', filter: ANY, attributes: ATTRIBUTES, sizeLimit: 1 });
  const entry = answer.entries[0];
  if (!entry) return null;
  const all = (name: string) => textsOf(entry, name);
  const vendor = [textOf(entry, 'vendorName'), textOf(entry, 'vendorVersion')].filter(text => text !== null).join(' ');
  return {
    server: connection.server,
    kind: kindOf(all),
    vendor: vendor === '' ? null : vendor,
    dnsName: textOf(entry, 'dnsHostName'),
    defaultContext: textOf(entry, 'defaultNamingContext'),
    contexts: all('namingContexts'),
  };
}

/** What kind of server a root DSE is of. */
export function kindOf(all: (attribute: string) => readonly string[]): ServerKind {
  const vendor = all('vendorName').join(' ');
  if (all('supportedCapabilities').includes(ACTIVE_DIRECTORY)) return /samba/i.test(vendor) ? 'samba' : 'active-directory';
  if (all('supportedExtension').some(oid => FREEIPA.test(oid))) return 'freeipa';
  if (/lldap/i.test(vendor)) return 'lldap';
  if (/389 Project|Red Hat|Fedora/i.test(vendor)) return '389ds';
  if (/OpenLDAP/i.test(`${[...all('objectClass'), ...all('structuralObjectClass')].join(' ')} ${vendor}`)) return 'openldap';
  return 'other';
}
