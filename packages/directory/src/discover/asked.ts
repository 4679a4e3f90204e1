import { isIP } from 'node:net';
import { parseLdapHosts } from '@prosodist/core';
import type { Door } from './ports.js';

/** What somebody asked for. */
export interface Asked {
  readonly host: string;
  readonly isAddress: boolean;
  /** The port and way that were named; null for a bare name: then the usual ones are tried. */
  readonly door: Door | null;
}

/** What is asked for is no name: its message is for people. */
export class BadName extends Error {
  override readonly name = 'BadName';
}

/**
 * Reads what a directory was called by: a domain, a machine, an address, `host:port` or an LDAP URL.
 * @throws BadName
 */
export function askedFor(name: string): Asked {
  const text = name.trim().replace(/\.$/, '');
  if (isIP(text) === 6) return { host: text, isAddress: true, door: null };
  const read = parseLdapHosts(text);
  const host = read.ok ? read.hosts[0] : undefined;
  const hasPath = !/^(?:[a-z]+:\/\/)?[^/]*\/?$/i.test(text);
  if (hasPath || !read.ok || !host || read.hosts.length !== 1 || host.scheme === 'ldapi' || !/^[\w.:-]{1,255}$/.test(host.host))
    throw new BadName(
      `${name} is neither a domain nor the name of a machine; write corp.example.com, or ldaps://dc1.corp.example.com`,
    );
  const named = /:\/\/|:\d+\/?$/.test(text);
  const tls = host.scheme === 'ldaps' || [636, 3269].includes(host.port);
  return {
    host: host.host.toLowerCase(),
    isAddress: isIP(host.host) !== 0,
    door: named ? { port: host.port, mode: tls ? 'tls' : 'plain' } : null,
  };
}
