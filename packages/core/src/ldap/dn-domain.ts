import { type DnPair, parseDn, type Rdn } from './dn.js';
import { decodeUtf8, encodeUtf8, hexByte } from './utf8.js';

/** The OID of `dc` (RFC 4519 section 2.4), which may stand for its name. */
const DC_OID = '0.9.2342.19200300.100.1.25';

function isDcRdn(rdn: Rdn): boolean {
  const name = rdn.pairs[0]?.attribute.toLowerCase();
  return rdn.pairs.length === 1 && (name === 'dc' || name === DC_OID) && rdn.pairs[0]?.form !== 'hex';
}

/**
 * Whether a DN is the root of a domain: at least one RDN, and every RDN is `DC=`. Takes a text or parsed RDNs; a text
 * that does not parse is none. On Active Directory such a base makes the server send search references, which
 * ldap.lib.lua:218 cannot take (ldap.md finding 3).
 */
export function isDomainRoot(dn: string | readonly Rdn[]): boolean {
  const rdns = rdnsOf(dn);
  return rdns.length > 0 && rdns.every(isDcRdn);
}

/**
 * The DNS domain a DN lies in: its trailing `DC=` RDNs joined by dots (RFC 2247 section 2), `OU=x,DC=corp,DC=example` gives
 * `corp.example`. Undefined when the last RDN is no `DC=` or the text does not parse.
 */
export function dnToDomain(dn: string | readonly Rdn[]): string | undefined {
  const labels: string[] = [];
  for (const rdn of [...rdnsOf(dn)].reverse()) {
    if (!isDcRdn(rdn)) break;
    labels.unshift(rdn.pairs[0]!.value);
  }
  return labels.length > 0 ? labels.join('.') : undefined;
}

/** The DN of a DNS domain (RFC 2247 section 2): `corp.example` gives `DC=corp,DC=example`. Empty labels (a final dot) are left out. */
export function domainToDn(domain: string): string {
  const labels = domain.split('.').filter(label => label !== '');
  return labels.map(label => `DC=${escapeDnValue(label)}`).join(',');
}

/**
 * Escapes a text for use as a value in a DN (RFC 4514 section 2.4): the specials, a leading `#`, and blanks at both ends get
 * a backslash; NUL and line breaks become hex. Parsed again it gives the same text.
 */
export function escapeDnValue(value: string): string {
  let escaped = '';
  for (let at = 0; at < value.length; at++) {
    const c = value[at]!;
    const edge = at === 0 || at === value.length - 1;
    if (c === '\0' || c === '\n' || c === '\r' || c === '\t') escaped += `\\${hexByte(c.charCodeAt(0))}`;
    else if (',+"\\<>;'.includes(c) || (c === '#' && at === 0)) escaped += `\\${c}`;
    // libldap strips trailing blanks by looking one character back only, so each of several needs its own escape.
    else if (c === ' ' && (edge || value.slice(at).trim() === '')) escaped += '\\ ';
    else escaped += c;
  }
  return escaped;
}

/** Writes RDNs as RFC 4514 wants them: no blanks around separators, no quotes, options dropped. Parsing it again gives the same values. */
export function formatDn(rdns: readonly Rdn[]): string {
  return rdns.map(rdn => rdn.pairs.map(pair => `${pair.attribute}=${formatValue(pair)}`).join('+')).join(',');
}

function formatValue(pair: DnPair): string {
  if (pair.form === 'hex') return pair.bytes.length === 0 ? '' : `#${pair.bytes.map(hexByte).join('')}`;
  const utf8 = encodeUtf8(pair.value);
  if (utf8.length === pair.bytes.length && utf8.every((byte, index) => byte === pair.bytes[index]))
    return escapeDnValue(pair.value);
  // Bytes that are no UTF-8: keep them as bytes.
  return pair.bytes.map(byte => (byte < 0x80 ? escapeOne(byte) : `\\${hexByte(byte)}`)).join('');
}

function escapeOne(byte: number): string {
  const c = decodeUtf8([byte]);
  return byte <= 0x20 || c === '#' ? `\\${hexByte(byte)}` : escapeDnValue(c);
}

function rdnsOf(dn: string | readonly Rdn[]): readonly Rdn[] {
  if (typeof dn !== 'string') return dn;
  const parsed = parseDn(dn);
  return parsed.ok ? parsed.rdns : [];
}
