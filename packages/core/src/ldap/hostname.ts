import { describeCharacter } from './characters.js';
import { BROKEN_HOST, readLdapUrl } from './ldap-url.js';
import { type LdapProblem, problem } from './problem.js';

/** How to talk to a server; `p…` is the same behind HAProxy's PROXY protocol. `ldapi` is a Unix socket: `host` is its path, `port` 0. */
export type LdapScheme = 'ldap' | 'ldaps' | 'ldapi' | 'pldap' | 'pldaps';

/** One server of the list, in the order libldap tries them. `port` is filled in: 389, or 636 for `ldaps`. */
export interface LdapHost {
  readonly scheme: LdapScheme;
  readonly host: string;
  readonly port: number;
  readonly start: number;
  readonly end: number;
}

/** Why a server list does not work: `reply` is what Prosody logs for it at a login. */
export interface LdapHostProblem extends LdapProblem {
  readonly reply: 'LuaLDAP: Error connecting to server' | "Can't contact LDAP server";
}

/** What `parseLdapHosts` answers. `notes` are parts of a URL that libldap reads and then ignores, such as a base DN. */
export type LdapHostsResult =
  | { readonly ok: true; readonly hosts: readonly LdapHost[]; readonly notes: readonly LdapProblem[] }
  | { readonly ok: false; readonly problem: LdapHostProblem };

/** Where lualdap's text differs from the given one: each place of the new text, and where it came from. */
interface Rewritten {
  readonly text: string;
  readonly origin: readonly number[];
}

/**
 * Reads the server list of `hostname` (ldap2) or `ldap_server` (ldap) as lualdap 1.2.4 to 1.4.0 over libldap 2.5 does
 * (lualdap_open in src/lualdap.c; ldap_url_parselist_int and ldap_url_parse_ext in libldap's url.c):
 * without `://` every blank-separated word gets `ldap://` before it, with it the text is left alone; then the text is cut at
 * blanks and commas and each piece has to be a URL. So `a b`, `a:390`, `a, b` and `ldap://a,ldaps://b` work, and `a,b`,
 * `ldap://a b` and `ldap://h/dc=x,dc=y` do not (the comma cuts the DN). Refused are also host names with characters that
 * no host name has and ports out of range: libldap takes those, and cannot connect. Never throws.
 */
export function parseLdapHosts(text: string): LdapHostsResult {
  const rewritten = rewrite(text);
  const hosts: LdapHost[] = [];
  const notes: LdapProblem[] = [];
  let wrong: LdapHostProblem | undefined;
  for (const piece of rewritten.text.matchAll(/[^, ]+/g)) {
    const start = rewritten.origin[piece.index]!;
    const end = rewritten.origin[piece.index + piece[0].length - 1]! + 1;
    const read = readLdapUrl(piece[0]);
    if ('reason' in read) return refused(text, start, end, text.includes('://'), read.reason);
    wrong ??= wrongHost(text, start, end, read.scheme, read.host, read.port);
    hosts.push({ scheme: read.scheme, host: read.host, port: read.port, start, end });
    if (read.ignored !== '') {
      notes.push(
        problem(
          `"${read.ignored}" behind the server is ignored`,
          end - read.ignored.length,
          end,
          'Remove it: the base DN has its own option',
        ),
      );
    }
  }
  // A list that libldap refuses as a whole is told first: then no server of it is tried at all.
  if (wrong) return { ok: false, problem: wrong };
  if (hosts.length > 0) return { ok: true, hosts, notes };
  return {
    ok: false,
    problem: {
      ...problem('No server is named', 0, text.length, 'Write for example "ldaps://dc1.corp.example"'),
      reply: "Can't contact LDAP server",
    },
  };
}

/** lualdap's `string.gsub(host, "(%S+)", "ldap://%1")` for a text without "://". */
function rewrite(text: string): Rewritten {
  const origin: number[] = [];
  if (text.includes('://')) {
    for (let at = 0; at < text.length; at++) origin.push(at);
    return { text, origin };
  }
  let out = '';
  for (let at = 0; at < text.length; at++) {
    if (!isLuaSpace(text[at]) && (at === 0 || isLuaSpace(text[at - 1]))) {
      out += 'ldap://';
      for (let times = 0; times < 7; times++) origin.push(at);
    }
    out += text[at];
    origin.push(at);
  }
  return { text: out, origin };
}

function isLuaSpace(c: string | undefined): boolean {
  return c !== undefined && ' \t\n\v\f\r'.includes(c);
}

function refused(text: string, start: number, end: number, urls: boolean, reason: string): LdapHostsResult {
  const piece = text.slice(start, end);
  const found = explain(text, piece, start, end, urls, reason);
  return { ok: false, problem: { ...found, reply: 'LuaLDAP: Error connecting to server' } };
}

function explain(text: string, piece: string, start: number, end: number, urls: boolean, reason: string): LdapProblem {
  if (reason === 'scheme' && !urls) {
    return problem(
      `A comma before "${piece}": without ldap:// only blanks separate servers`,
      Math.max(0, start - 1),
      end,
      'Separate the servers by blanks',
    );
  }
  if (reason === 'scheme' && text[start - 1] === ',' && piece.includes('=')) {
    return problem(
      'A base DN does not belong behind the server',
      start,
      end,
      'Remove it from here: the base DN has its own option',
    );
  }
  if (reason === 'scheme' && piece.includes('://')) {
    const scheme = piece.slice(0, piece.indexOf('://'));
    return problem(`"${scheme}://" is no LDAP scheme`, start, start + scheme.length + 3, 'Write ldap:// or ldaps://');
  }
  if (reason === 'scheme') {
    return problem(
      `"${piece}" has no ldap:// or ldaps:// while another server of the list has`,
      start,
      end,
      `Write ldap://${piece}, or no scheme at all`,
    );
  }
  if (/^[^/]*\s/.test(piece)) return problem('A tab or line break between servers', start, end, 'Separate the servers by blanks');
  if (reason === 'port' && (piece.replace(/^\w+:\/\//, '').match(/:/g)?.length ?? 0) > 1) {
    return problem('An IPv6 address without brackets', start, end, 'Write it in brackets: [::1] or [::1]:389');
  }
  if (reason === 'port')
    return problem(
      'The port behind ":" is not a number',
      start,
      end,
      'Write for example dc1.corp.example:389, or leave out the ":"',
    );
  return problem(`"${piece}" is no LDAP URL`, start, end, 'Write ldaps://host or ldaps://host:port');
}

/** What libldap takes and no resolver or socket will. */
function wrongHost(
  text: string,
  start: number,
  end: number,
  scheme: LdapScheme,
  host: string,
  port: number,
): LdapHostProblem | undefined {
  if (scheme === 'ldapi') return undefined;
  const reply = "Can't contact LDAP server";
  if (host === BROKEN_HOST) {
    const message = 'A "%" in a host name that two hex digits do not follow';
    return { ...problem(message, start, end, 'Remove it: libldap would silently use localhost instead'), reply };
  }
  const bad = [...host].find(c => !/[A-Za-z0-9._:%-]/.test(c));
  if (bad !== undefined) {
    const at = text.indexOf(bad, start);
    const place = at >= start && at < end ? at : start;
    const found = `${describeCharacter(bad, 0)} in a host name`;
    const help = bad > '\x7f' ? 'Write the ASCII form (xn--…) of the name' : 'Remove it';
    return { ...problem(found[0]!.toUpperCase() + found.slice(1), place, at === place ? at + bad.length : end, help), reply };
  }
  if (port >= 1 && port <= 65535) return undefined;
  return {
    ...problem(
      `There is no port ${port}`,
      start,
      end,
      'Ports are 1 to 65535; 389 is ldap, 636 ldaps, 3268 and 3269 the Global Catalog',
    ),
    reply,
  };
}
