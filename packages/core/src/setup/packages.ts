// Debian's packages that a way needs (the guide's steps 1 to 3).
import { type Draft, textOf } from './draft.js';
import type { LdapSetupWay, SetupStep } from './types.js';

const NEEDED: Readonly<Record<LdapSetupWay, readonly string[]>> = {
  // mod_auth_ldap is part of Prosody since 0.12; libldap-common has ldap.conf, which names the authorities to trust
  ldap: ['lua-ldap', 'libldap-common'],
  ldap2: ['lua-ldap', 'prosody-modules', 'libldap-common'],
};

/** What each is for, and what is so without it. */
const REASONS: Readonly<Record<string, string>> = {
  'lua-ldap':
    'Prosody speaks to the directory through the Lua library lualdap of lua-ldap; without it nobody is offered a login.',
  'prosody-modules': 'mod_auth_ldap2 is in prosody-modules; without it nobody is offered a login.',
  'libldap-common':
    'libldap-common brings /etc/ldap/ldap.conf, by which the authorities of the system are trusted; without one libldap trusts nobody.',
};

/**
 * What has to be installed. Nothing is built from luarocks any more: Debian's lua-ldap is for the Lua that Debian's Prosody runs,
 * and the rocks of older guides (luacrypto, jwt) are for tokens.
 * Source: dpkg(1), /var/lib/dpkg/status.
 */
export function packagesStep(draft: Draft, way: LdapSetupWay): { step: SetupStep; missing: readonly string[] } {
  const needed = NEEDED[way];
  const status = draft.system === undefined ? undefined : textOf(draft, `${draft.system}var/lib/dpkg/status`);
  const missing = status === undefined ? needed : needed.filter(name => !isInstalled(status, name));
  const why = (missing.length === 0 ? needed : missing).map(name => REASONS[name]).join(' ');
  const common = { step: 'packages', why, at: [], shown: [] } as const;
  if (missing.length === 0)
    return { missing, step: { ...common, status: 'done', what: `${listed(needed)} are installed`, help: null } };
  const what =
    status === undefined
      ? `needs ${listed(needed)}; whether they are installed cannot be seen here`
      : `needs ${listed(missing)}, not installed`;
  return { missing, step: { ...common, status: 'told', what, help: `Install: apt-get install ${missing.join(' ')}` } };
}

function isInstalled(status: string, name: string): boolean {
  const at = status.startsWith(`Package: ${name}\n`) ? 0 : status.indexOf(`\nPackage: ${name}\n`);
  if (at < 0) return false;
  const end = status.indexOf('\n\n', at + 1);
  return /\nStatus: install ok installed\n/.test(status.slice(at, end < 0 ? undefined : end + 1));
}

function listed(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
