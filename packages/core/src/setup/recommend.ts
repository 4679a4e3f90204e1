// Which of the two modules, and why.
import type { LdapSetupWay } from './types.js';

export interface WayAdvice {
  readonly way: LdapSetupWay;
  readonly label: string;
  readonly reasons: readonly string[];
}

/**
 * The two ways, the recommended one first, each with what speaks for or against it. Seen with Prosody 0.12.3 and 13.0.1 against
 * an Active Directory of Samba's; read in ldap.lib.lua (prosody-modules) and plugins/mod_auth_ldap.lua.
 */
export const LDAP_WAYS: readonly [WayAdvice, WayAdvice] = [
  {
    way: 'ldap',
    label: 'mod_auth_ldap, part of Prosody (recommended)',
    reasons: [
      'it escapes the name that people type',
      'it answers every login, also when the directory does not: with ldap2 people then wait for ever at "Connecting…"',
      'it logs what the directory said',
      'it keeps one connection open; ldap2 makes three for each login',
    ],
  },
  {
    way: 'ldap2',
    label: 'mod_auth_ldap2 of prosody-modules',
    reasons: [
      'the way of many older guides, with one table `ldap`',
      '`al*` logs in with the password of alice, under a name of its own',
      'a fault of the directory or the settings is a Lua error, and the login gets no answer',
    ],
  },
];
