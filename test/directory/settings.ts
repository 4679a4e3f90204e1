// Settings and options for the tests of the check, made by hand.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { DirectorySettings, LibldapOptions, Placed } from '@prosodist/core';
import type { CheckOptions, DirectoryReport, Step } from '@prosodist/directory';
import { lookupIn } from '../support/directory/names.js';
import type { DirectoryServer } from '../support/directory/server.js';

/** A setting that stands in a file. */
export function placed<T>(value: T, name: string): Placed<T> {
  return { value, name, origin: { file: '/etc/prosody/conf.d/meet.cfg.lua', start: 0, end: 1 } };
}

/** A setting that nobody wrote. */
export function unwritten<T>(value: T, name: string): Placed<T> {
  return { value, name, origin: null };
}

/** ldap2 at a directory, by ldaps and with its service account. */
export function settingsAt(server: DirectoryServer, changes: Partial<DirectorySettings> = {}): DirectorySettings {
  const active = server.suffix === 'DC=corp,DC=example';
  return {
    way: 'ldap2',
    host: 'meet.example.com',
    server: placed(`ldaps://${server.name}`, 'ldap.hostname'),
    startTls: unwritten(false, 'ldap.use_tls'),
    bindName: placed(server.service.dn, 'ldap.bind_dn'),
    bindPassword: placed(server.service.password, 'ldap.bind_password'),
    base: placed(server.people, 'ldap.user.basedn'),
    scope: unwritten('subtree', 'scope'),
    filter: placed(active ? '(objectClass=user)' : '(objectClass=inetOrgPerson)', 'ldap.user.filter'),
    userAttribute: placed(active ? 'sAMAccountName' : 'uid', 'ldap.user.usernamefield'),
    ...changes,
  };
}

/** A libldap that trusts the server's authority. */
export function libldapFor(server: DirectoryServer, changes: Partial<LibldapOptions> = {}): LibldapOptions {
  return {
    requireCertificate: 'demand',
    trusted: readFileSync(server.ca, 'utf8'),
    trustedFrom: '/etc/ldap/ldap.conf:3 (/etc/ssl/certs/corp-ca.pem)',
    timeout: null,
    networkTimeout: null,
    referrals: true,
    ...changes,
  };
}

/** Options for a directory whose names nobody else resolves. */
export function optionsFor(server: DirectoryServer, changes: Partial<CheckOptions> = {}): CheckOptions {
  return { libldap: libldapFor(server), machineName: 'meet', lookup: lookupIn(server.names), stepTimeout: 5000, ...changes };
}

/** A user with the password of the account file. */
export function userOf(server: DirectoryServer, name: string): { user: string; password: Buffer } {
  return { user: name, password: Buffer.from(server.accounts[name]!.password) };
}

/** The codes of the steps that are not ok, in their order; how fast a busy machine is tells nothing. */
export function codesOf(report: DirectoryReport): string[] {
  return report.steps.filter(({ code }) => code !== 'ok' && code !== 'time.slow').map(({ code }) => code);
}

/** The first step with a code. */
export function stepOf(report: DirectoryReport, code: string): Step {
  const step = report.steps.find(each => each.code === code);
  if (!step) throw new Error(`no step ${code} in ${report.steps.map(each => `${each.step}:${each.code}`).join(' ')}`);
  return step;
}

/** Passwords that the tests use and no account has. */
export const WRONG = ['Wr0ng-Service!', 'no-Such-passw0rd'];

/** Sees that a text has no password in it that any test uses, in no encoding that is usual. */
export function assertNoSecret(text: string, server: DirectoryServer): void {
  const passwords = [...Object.values(server.accounts).map(({ password }) => password), ...WRONG];
  for (const password of passwords) {
    const bytes = Buffer.from(password);
    const forms = [
      password,
      JSON.stringify(password).slice(1, -1),
      bytes.toString('base64'),
      bytes.toString('hex'),
      encodeURIComponent(password),
    ];
    for (const form of forms) assert.ok(!text.includes(form), `a password of the tests: ${form} in ${text.slice(0, 300)}`);
  }
}
