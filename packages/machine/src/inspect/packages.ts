import type { PackageFact } from '@prosodist/core';
import type { Root } from './root.js';

/** What the road of a login is made of on Debian. */
const PACKAGES = [
  'prosody',
  'prosody-13.0',
  'prosody-0.12',
  'prosody-modules',
  'lua-ldap',
  'lua-cyrussasl',
  'libldap-common',
  'sasl2-bin',
  'libsasl2-modules',
  'jitsi-meet',
  'jitsi-meet-prosody',
  'jitsi-meet-web-config',
  'jicofo',
  'nginx',
  'apache2',
] as const;

/**
 * The packages of the road and their versions, read from dpkg's status file; nothing is run.
 * @returns one of each name; null where this is no Debian, or the file cannot be read
 * Source: dpkg's status file, deb-control(5); a removed package stays in it as "deinstall ok config-files".
 */
export function packageFacts(root: Root): readonly PackageFact[] | null {
  const status = root.read('/var/lib/dpkg/status');
  if (status === undefined) return null;
  const wanted = new Set<string>(PACKAGES);
  const found = new Map<string, string>();
  for (const [, name, rest] of status.matchAll(/^Package: (\S+)\n((?:.+\n?)*)/gm)) {
    if (!wanted.has(name!) || !/^Status: \S+ \S+ installed$/m.test(rest!)) continue;
    found.set(name!, /^Version: (\S+)/m.exec(rest!)?.[1] ?? '');
  }
  return PACKAGES.map(name => ({ name, version: found.get(name) ?? null }));
}
