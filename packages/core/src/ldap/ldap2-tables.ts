import type { TableSchema } from './settings-schema.js';

const KEY = {
  types: ['string'],
  kind: 'attribute',
  secret: false,
  required: true,
  readBy: ['auth_ldap2', 'storage_ldap'],
  aliases: [],
} as const;
const NO_LOGIN = 'Nothing for logins; rosters of storage = "ldap" raise an error.';

/** `ldap.user` (ldap.lib.lua, `_M.bind`; mod_auth_ldap2, `user_exists`; ldap.md 1a). */
export const USER: TableSchema = {
  keys: [
    {
      ...KEY,
      name: 'basedn',
      kind: 'dn',
      aliases: ['base', 'base_dn', 'baseDN', 'dn', 'searchbase', 'search_base'],
      documentation:
        'The DN below which the users are. On Active Directory not the domain root: there a mistyped user name leaves the client without an answer.',
      whenMissing:
        'The server searches its own default base, so every user is "no DN found" (debug level only) and every login is refused.',
      missingEffect: 'nobody-found',
    },
    {
      ...KEY,
      name: 'usernamefield',
      aliases: ['username_field', 'usernameField', 'userfield', 'uid', 'username', 'username_attribute', 'uid_field'],
      documentation:
        'The attribute that holds the login name: sAMAccountName on Active Directory, uid elsewhere. Its values must not contain "@".',
      whenMissing: 'The filter becomes (nil=alice): every user is "no DN found" (debug level only) and every login is refused.',
      missingEffect: 'nobody-found',
    },
    {
      ...KEY,
      name: 'filter',
      kind: 'filter',
      aliases: ['user_filter', 'ldap_filter', 'search_filter'],
      documentation:
        'Which entries are users, for example (&(objectCategory=person)(objectClass=user)). ldap2 adds (usernamefield=name) itself; there are no tokens such as %s or $user.',
      whenMissing:
        'Logins work, for every entry below basedn; but user_exists() then searches (&), which matches everything, so every name counts as a user.',
      missingEffect: 'other',
    },
    {
      ...KEY,
      name: 'namefield',
      readBy: ['storage_ldap'],
      aliases: ['name_field', 'name', 'displayname'],
      documentation: 'The attribute with the name of a person, for the rosters of mod_storage_ldap. A login does not use it.',
      whenMissing: 'Nothing for logins; rosters of storage = "ldap" raise an error.',
      missingEffect: 'none',
    },
  ],
  misplaced: [
    { name: 'hostname', meant: 'hostname', help: 'Move it out of the table user' },
    { name: 'bind_dn', meant: 'bind_dn', help: 'Move it out of the table user' },
    { name: 'bind_password', meant: 'bind_password', help: 'Move it out of the table user' },
    { name: 'use_tls', meant: 'use_tls', help: 'Move it out of the table user' },
    { name: 'scope', meant: '', help: 'Remove it: ldap2 always searches the whole subtree' },
  ],
};

/** `ldap.groups`: read by mod_storage_ldap.lua alone (`adapters.roster:get`). */
export const GROUPS: TableSchema = {
  keys: [
    {
      ...KEY,
      name: 'basedn',
      kind: 'dn',
      readBy: ['storage_ldap'],
      aliases: ['base', 'base_dn'],
      documentation: 'The DN directly below which the groups are (one level).',
      whenMissing: 'Nothing for logins; rosters of storage = "ldap" find no groups.',
      missingEffect: 'none',
    },
    {
      ...KEY,
      name: 'namefield',
      readBy: ['storage_ldap'],
      aliases: ['name_field'],
      documentation: 'The attribute with the name of a group; every entry of the list has a key of this name.',
      whenMissing: NO_LOGIN,
      missingEffect: 'none',
    },
    {
      ...KEY,
      name: 'memberfield',
      readBy: ['storage_ldap'],
      aliases: ['member_field'],
      documentation: 'The attribute of a group that lists its members by their usernamefield (memberUid, not the DNs of member).',
      whenMissing: NO_LOGIN,
      missingEffect: 'none',
    },
  ],
  entries: {
    keys: [
      {
        ...KEY,
        name: 'name',
        kind: 'plain',
        readBy: ['storage_ldap'],
        documentation: 'The name of the group in the roster.',
        whenMissing: 'The group does not appear in rosters.',
        missingEffect: 'none',
      },
      {
        ...KEY,
        name: 'admin',
        types: ['boolean'],
        kind: 'plain',
        required: false,
        readBy: [],
        documentation: 'Meant to make the members administrators. Never read.',
        whenMissing: 'Nothing.',
        missingEffect: 'none',
        versionNote: 'Only the checker that ldap.lib.lua never runs looks at it, in every version.',
      },
    ],
    // The key that groups.namefield names: cn = "staff".
    anyKey: {
      ...KEY,
      name: '',
      kind: 'plain',
      required: false,
      readBy: ['storage_ldap'],
      documentation: 'Under the name that groups.namefield holds: the name of the group in the directory.',
      whenMissing: 'Rosters of storage = "ldap" raise an error ("index is nil").',
      missingEffect: 'none',
    },
    misplaced: [],
  },
  misplaced: [
    {
      name: 'filter',
      meant: '',
      help: 'Remove it: groups are not filtered, and no login is restricted by them; use user.filter',
    },
  ],
};

/** `ldap.admin`: read by mod_auth_ldap2's `is_admin`, which Prosody 0.12 and 13 never call. */
export const ADMIN: TableSchema = {
  keys: (
    [
      ['basedn', 'dn', 'The DN below which administrators are looked for.'],
      ['namefield', 'attribute', 'The attribute that holds the name of an administrator.'],
      ['filter', 'filter', 'Which entries are administrators.'],
    ] as const
  ).map(([name, kind, documentation]) => ({
    ...KEY,
    name,
    kind,
    readBy: ['auth_ldap2'] as const,
    documentation: `${documentation} Dead in Prosody 0.12 and newer.`,
    whenMissing: 'Nothing in Prosody 0.12 and newer; in 0.11 the question whether a user is an administrator raises an error.',
    missingEffect: 'none',
    versionNote: 'Only Prosody 0.11 and older ask the provider who is an administrator.',
  })),
  misplaced: [],
};
