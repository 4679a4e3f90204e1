// How a case of the check is written down.
import type { DirectorySettings } from '@prosodist/core';
import type { CheckOptions } from '@prosodist/directory';
import type { DirectoryServer } from '../support/directory/server.js';
import { placed, userOf } from './settings.js';

export interface Case {
  readonly title: string;
  readonly settings?: (server: DirectoryServer) => Partial<DirectorySettings>;
  readonly options?: (server: DirectoryServer) => Partial<CheckOptions>;
  /** The codes that are not ok, in order. */
  readonly codes: readonly string[];
  /** Of the first of them, or the one that is named: what the texts hold. */
  readonly at?: string;
  readonly found?: RegExp;
  readonly logs?: string | null;
  readonly sees?: string | null;
  readonly help?: RegExp;
}

export const LINE171 = 'Traceback[bosh]: .../ldap.lib.lua:171: ';
export const user = (name: string) => (server: DirectoryServer) => userOf(server, name);
export const named = (name: string) => () => ({ user: name });
export const hostname = (make: (server: DirectoryServer) => string) => (server: DirectoryServer) => ({
  server: placed(make(server), 'ldap.hostname'),
});
export const set = (changes: Partial<DirectorySettings>) => () => changes;
export const onLdap = (filter: string): Partial<DirectorySettings> => ({
  way: 'ldap',
  userAttribute: null,
  filter: placed(filter, 'ldap_filter'),
});
export const RETRIED = (text: string) => [...Array(3).fill(`LDAP: nil ${text} (in reconnect)`), `LDAP: ${text}`].join('\n');
