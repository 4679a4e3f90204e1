import type { LdapScheme } from './hostname.js';
import { decodeUtf8, encodeUtf8 } from './utf8.js';

/** A URL as libldap reads it for connecting; `ignored` is everything behind the server, such as `/dc=x??sub`. */
export interface LdapUrl {
  readonly scheme: LdapScheme;
  readonly host: string;
  readonly port: number;
  readonly ignored: string;
}

/** Stands for a host whose %-escapes are broken: libldap takes the empty name for it, so it would silently talk to localhost. */
export const BROKEN_HOST = '\ufffd';

/** Why libldap refuses a URL. */
export interface LdapUrlRefusal {
  readonly reason: 'scheme' | 'enclosure' | 'bracket' | 'port' | 'query';
}

/**
 * Reads one URL of a server list as ldap_url_parse_ext of libldap 2.5.13 (libraries/libldap/url.c) does: schemes in any case,
 * `URL:` and `<…>` around it, `[v6]:port`, %-escapes in host and port. An empty host means localhost (os-ip.c), and only
 * scheme ldaps has 636 for its default port. Scope, filter and extensions are looked at only as far as they can be refused.
 */
export function readLdapUrl(url: string): LdapUrl | LdapUrlRefusal {
  const head = /^(<?)(?:URL:)?(ldap|pldap|ldaps|pldaps|ldapi):\/\//i.exec(url);
  if (!head) return { reason: 'scheme' };
  const scheme = head[2]!.toLowerCase() as LdapScheme;
  let rest = url.slice(head[0].length);
  if (head[1] === '<') {
    if (!rest.endsWith('>')) return { reason: 'enclosure' };
    rest = rest.slice(0, -1);
  }
  let cut = rest.indexOf('/');
  if (cut < 0) cut = rest.indexOf('?');
  const server = cut < 0 ? rest : rest.slice(0, cut);
  const behind = cut < 0 ? '' : rest.slice(cut);
  if (behind.startsWith('/') && badQuery(behind.split('?').slice(1))) return { reason: 'query' };
  const ignored = /^\/?$/.test(behind) ? '' : behind;
  if (scheme === 'ldapi') return { scheme, host: unescapePercent(server), port: 0, ignored };
  const read = readServer(server, scheme === 'ldaps' ? 636 : 389);
  return 'reason' in read ? read : { scheme, ...read, ignored };
}

/** `attributes?scope?filter?extensions`: an unknown scope, a filter that unescapes to nothing, only commas for extensions, and a fifth part are refused. */
function badQuery(parts: readonly string[]): boolean {
  const [, scope = '', filter = '', extensions] = parts;
  // A filter that is there and unescapes to nothing is refused, where none at all is not.
  if (filter !== '' && unescapePercent(filter) === '') return true;
  if (scope !== '' && !/^(one|onelevel|sub|subtree|base|subord|subordinate|children)$/i.test(unescapePercent(scope))) return true;
  return parts.length > 4 || (extensions !== undefined && /^,*$/.test(extensions));
}

function readServer(server: string, defaultPort: number): { host: string; port: number } | LdapUrlRefusal {
  let host = server;
  let colon = server.indexOf(':');
  if (server.startsWith('[')) {
    const close = server.indexOf(']');
    if (close < 0) return { reason: 'bracket' };
    colon = server.indexOf(':', close + 1);
    if (colon > close + 1) return { reason: 'bracket' };
    host = server.slice(1, close);
  } else if (colon >= 0) host = server.slice(0, colon);
  let port = 0;
  if (colon >= 0) {
    // strtol: leading blanks and a sign are no error.
    const digits = /^[ \t\n\v\f\r]*([+-]?\d+)$/.exec(unescapePercent(server.slice(colon + 1)));
    if (!digits) return { reason: 'port' };
    port = Number(digits[1]);
  }
  const name = unescapePercent(host);
  if (name === '' && host !== '') return { host: BROKEN_HOST, port: port === 0 ? defaultPort : port };
  return { host: name || 'localhost', port: port === 0 ? defaultPort : port };
}

/** ldap_pvt_hex_unescape: one `%` without two hex digits empties the whole text, and a NUL ends it as it does any C string. */
function unescapePercent(text: string): string {
  if (!text.includes('%')) return text;
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return '';
  const bytes = text
    .split(/(%..)/)
    .flatMap(part => (part.startsWith('%') ? [Number.parseInt(part.slice(1), 16)] : encodeUtf8(part)));
  const nul = bytes.indexOf(0);
  return decodeUtf8(nul < 0 ? bytes : bytes.slice(0, nul));
}
