// Cases of accounts that may not log in, and those of OpenLDAP.
import type { DirectoryServer } from '../support/directory/server.js';
import { type Case, hostname, LINE171, named, set, user } from './check-case.js';
import { placed, userOf } from './settings.js';

/** What an account cannot do: the state that is read, the reason that the bind gives, and its number. */
const ACCOUNTS: readonly (readonly [user: string, account: string | null, bind: string, data: string])[] = [
  ['dora', 'account.disabled', 'user-bind.disabled', '533'],
  ['ernie', 'account.expired', 'user-bind.account-expired', '701'],
  ['mia', 'account.must-change-password', 'user-bind.must-change-password', '773'],
  ['otto', 'account.password-expired', 'user-bind.password-expired', '532'],
  ['hugo', null, 'user-bind.logon-hours', '530'],
  ['wanda', null, 'user-bind.workstation', '531'],
];

export const ACCOUNT: readonly Case[] = [
  ...ACCOUNTS.map(([name, account, bind, data]) => ({
    title: `an account that may not log in: ${bind.slice(10)}`,
    options: user(name),
    codes: [...(account ? [account] : []), bind],
    at: bind,
    found: new RegExp(`data ${data},`),
    sees: 'refused',
  })),
  ...ACCOUNTS.filter(([, account]) => account !== 'account.locked').map(([name, , bind, data]) => ({
    title: `the same of a service account: ${bind.slice(10)}`,
    settings: (server: DirectoryServer) => ({
      bindName: placed(server.accounts[name]!.dn, 'ldap.bind_dn'),
      bindPassword: placed(server.accounts[name]!.password, 'ldap.bind_password'),
    }),
    codes: [bind.replace('user-bind.', 'bind.')],
    found: new RegExp(`data ${data},`),
    logs: `${LINE171}Invalid credentials`,
    sees: 'connecting',
  })),
  {
    title: 'a locked service account',
    settings: server => ({
      bindName: placed(server.accounts.lena!.dn, 'ldap.bind_dn'),
      bindPassword: placed(server.accounts.lena!.password, 'ldap.bind_password'),
    }),
    codes: ['bind.locked'],
    found: /data 775/,
  },
];

export const SLAPD: readonly Case[] = [
  { title: 'all is well', options: user('alice'), codes: [] },
  {
    title: 'anonymously, as OpenLDAP lets',
    settings: set({ bindName: null, bindPassword: null }),
    options: user('alice'),
    codes: [],
  },
  {
    title: 'a bind name that is no DN',
    settings: set({ bindName: placed('svc-prosody', 'ldap.bind_dn') }),
    codes: ['bind.dn-syntax'],
    logs: `${LINE171}Invalid DN syntax`,
  },
  {
    title: 'a wrong password of the service account',
    settings: set({ bindPassword: placed('Wr0ng-Service!', 'ldap.bind_password') }),
    codes: ['bind.invalid-credentials'],
    logs: `${LINE171}Invalid credentials`,
  },
  { title: 'an account that ppolicy locks', options: user('dora'), codes: ['account.locked', 'user-bind.risk'] },
  {
    title: 'sAMAccountName, which OpenLDAP has not',
    settings: set({ userAttribute: placed('sAMAccountName', 'ldap.user.usernamefield') }),
    options: named('alice'),
    codes: ['search.other-attribute'],
    help: /usernamefield = "uid"/,
  },
  {
    title: 'plain, where it is allowed',
    settings: hostname(({ name }) => name),
    options: server => ({ ...userOf(server, 'jörg'), allowPlaintext: true }),
    codes: ['clear-text.allowed'],
  },
];
