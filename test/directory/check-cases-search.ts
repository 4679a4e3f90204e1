import type { DirectorySettings, SaslauthdTls } from '@prosodist/core';
import { type Case, hostname, LINE171, named, onLdap, RETRIED, set, user } from './check-case.js';
import { placed } from './settings.js';

const CYRUS: Partial<DirectorySettings> = {
  way: 'cyrus',
  userAttribute: null,
  filter: placed('(sAMAccountName=%U)', 'ldap_filter'),
};

/** saslauthd.conf with a group. */
function saslauthd(changes: Partial<SaslauthdTls> = {}): SaslauthdTls {
  const group = {
    dn: 'CN=Jitsi-Admins,OU=Groups,DC=corp,DC=example',
    attribute: 'member',
    match: 'attr',
    filter: null,
    searchBase: null,
    scope: 'subtree',
  } as const;
  const places = { checkPeer: null, caFile: null, caFolder: null, timeout: 5, service: 'xmpp', realm: '', defaultRealm: '' };
  return { ...places, method: 'bind', sizeLimit: 1, group, ...changes };
}

export const SEARCH: readonly Case[] = [
  {
    title: 'a wrong password of the service account',
    settings: set({ bindPassword: placed('Wr0ng-Service!', 'ldap.bind_password') }),
    codes: ['bind.invalid-credentials'],
    logs: `${LINE171}Invalid credentials`,
    sees: 'connecting',
  },
  {
    title: 'the same with core ldap',
    settings: set({ ...onLdap('(sAMAccountName=$user)'), bindPassword: placed('Wr0ng-Service!', 'ldap_password') }),
    codes: ['bind.invalid-credentials'],
    logs: RETRIED('Invalid credentials'),
    sees: 'refused',
  },
  {
    title: 'a bare bind name',
    settings: set({ bindName: placed('svc-prosody', 'ldap.bind_dn') }),
    codes: ['bind.invalid-credentials'],
    help: /bare name/,
  },
  {
    title: 'a bind name of the form user@domain',
    settings: set({ bindName: placed('svc-prosody@corp.example', 'ldap.bind_dn') }),
    options: user('alice'),
    codes: [],
  },
  {
    title: 'no service account',
    settings: set({ bindName: null, bindPassword: null }),
    codes: ['bind.anonymous'],
    sees: 'refused',
  },
  {
    title: 'a service account without a password',
    settings: set({ bindPassword: null }),
    codes: ['bind.no-password'],
    sees: 'connecting',
  },
  {
    title: 'a disabled service account',
    settings: server => ({
      bindName: placed(server.accounts.dora!.dn, 'ldap.bind_dn'),
      bindPassword: placed(server.accounts.dora!.password, 'ldap.bind_password'),
    }),
    codes: ['bind.disabled'],
    found: /data 533/,
  },
  {
    title: 'uid, which Active Directory does not fill',
    settings: set({ userAttribute: placed('uid', 'ldap.user.usernamefield') }),
    options: named('alice'),
    codes: ['search.other-attribute'],
    found: /has it in sAMAccountName/,
    help: /usernamefield = "sAMAccountName"/,
  },
  {
    title: 'a user outside of the base',
    options: named('carl'),
    codes: ['search.outside-base'],
    found: /^CN=Carl Contractor,OU=Contractors/,
  },
  {
    title: 'a user whom the filter keeps out',
    settings: set({
      filter: placed('(&(objectClass=user)(memberOf=CN=Jitsi-Users,OU=Groups,DC=corp,DC=example))', 'ldap.user.filter'),
    }),
    options: named('bob'),
    codes: ['search.filtered'],
    found: /\(memberOf=CN=Jitsi-Users,OU=Groups,DC=corp,DC=example\) does not hold/,
    help: /1941/,
  },
  {
    title: 'nested groups',
    settings: set({
      filter: placed('(memberOf:1.2.840.113556.1.4.1941:=CN=Jitsi-Users,OU=Groups,DC=corp,DC=example)', 'ldap.user.filter'),
    }),
    options: user('bob'),
    codes: [],
  },
  {
    title: 'two entries',
    settings: set({ userAttribute: placed('sn', 'ldap.user.usernamefield') }),
    options: named('twin'),
    codes: ['search.ambiguous', 'user-bind.no-password'],
  },
  {
    title: 'a filter that lets in anybody: no password is tried',
    // of these two either may come first: a directory has no order
    settings: set(onLdap('(|(sAMAccountName=alice)(sAMAccountName=bob))')),
    options: user('bob'),
    codes: ['search.ambiguous', 'nobody.open-filter', 'user-bind.risk'],
    at: 'nobody.open-filter',
    sees: 'granted',
    help: /\$user/,
  },
  {
    title: 'a filter that libldap refuses',
    settings: set({ filter: placed('(objectClass=user', 'ldap.user.filter') }),
    options: named('alice'),
    codes: ['search.bad-filter'],
    logs: 'Traceback[bosh]: .../ldap.lib.lua:217: LuaLDAP: Bad search filter',
    sees: 'connecting',
  },
  {
    title: 'a name that ldap2 does not escape',
    settings: server => ({ base: placed(server.suffix, 'b') }),
    options: named('pat(x)'),
    codes: ['search.bad-filter'],
  },
  { title: 'the same name with core ldap', settings: set(onLdap('(sAMAccountName=$user)')), options: user('pat(x)'), codes: [] },
  {
    title: 'a filter that fits nobody',
    settings: set({ filter: placed('(objectClass=printQueue)', 'ldap.user.filter') }),
    codes: ['search.nobody'],
  },
  {
    title: 'getpasswd, where no password can be read',
    settings: set({ ...onLdap('(sAMAccountName=$user)'), mode: placed('getpasswd', 'ldap_mode') }),
    options: user('alice'),
    codes: ['user-bind.unreadable'],
    help: /"bind"/,
  },
  {
    title: 'cyrus with its tokens',
    settings: set({ way: 'cyrus', userAttribute: null, filter: placed('(sAMAccountName=%U)', 'ldap_filter') }),
    options: user('alice'),
    codes: [],
  },
  {
    title: 'cyrus, a wrong service password',
    settings: set({
      way: 'cyrus',
      userAttribute: null,
      filter: placed('(sAMAccountName=%U)', 'ldap_filter'),
      bindPassword: placed('Wr0ng-Service!', 'ldap_bind_pw'),
    }),
    codes: ['bind.invalid-credentials'],
    logs: 'saslauthd: auth failure: [user=…] [service=xmpp] [realm=meet.example.com] [mech=ldap] [reason=Unknown]',
    sees: 'refused',
  },
  {
    title: 'a name that nobody has, then a good one',
    settings: hostname(({ name }) => `ldaps://nosuch.invalid ldaps://${name}`),
    options: user('alice'),
    codes: ['name.unknown'],
    found: /goes on to the other servers/,
  },
  {
    title: 'a good server, then one that refuses',
    settings: hostname(({ name, address }) => `ldaps://${name} ldaps://${address}:9`),
    options: user('alice'),
    codes: ['connect.refused'],
  },
  {
    title: 'no server that works',
    settings: hostname(({ address }) => `ldaps://${address}:9 ldaps://${address}:10`),
    codes: ['connect.refused', 'connect.refused'],
    logs: `${LINE171}Can't contact LDAP server`,
  },
  {
    title: 'a server list that nobody can read',
    settings: hostname(() => 'http://dc1.corp.example'),
    codes: ['form.bad'],
    logs: `${LINE171}Error connecting to server`,
  },
  { title: 'a base behind the server', settings: hostname(({ name }) => `ldaps://${name}/??sub`), codes: ['form.ignored'] },
  {
    title: 'cyrus, two entries: saslauthd takes none',
    settings: set({ way: 'cyrus', userAttribute: null, filter: placed('(sn=%U)', 'ldap_filter') }),
    options: named('twin'),
    codes: ['search.ambiguous', 'user-bind.no-password'],
    found: /saslauthd takes none/,
    sees: 'refused',
  },
  {
    title: 'cyrus, a user in the group',
    settings: set({ ...CYRUS, saslauthd: saslauthd() }),
    options: user('alice'),
    codes: [],
  },
  {
    title: 'cyrus, a user who is not in the group',
    settings: set({ ...CYRUS, saslauthd: saslauthd() }),
    options: user('mia'),
    codes: ['account.must-change-password', 'user-bind.must-change-password'],
  },
  {
    title: 'cyrus, a good user who is not in the group',
    settings: set({ ...CYRUS, saslauthd: saslauthd() }),
    options: user('bob'),
    codes: ['account.not-in-group'],
    found: /is not in the group CN=Jitsi-Admins/,
    sees: 'refused',
  },
  {
    title: 'cyrus with fastbind',
    settings: set({ ...CYRUS, saslauthd: saslauthd({ method: 'fastbind' }) }),
    options: user('alice'),
    codes: ['bind.method'],
  },
];
