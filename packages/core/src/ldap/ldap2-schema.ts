import { ADMIN, GROUPS, USER } from './ldap2-tables.js';
import { VCARD_FORMAT } from './ldap2-vcard.js';
import type { TableKey, TableSchema } from './settings-schema.js';

const TOP = {
  types: ['string'],
  kind: 'plain',
  secret: false,
  required: false,
  readBy: ['auth_ldap2', 'storage_ldap'],
  aliases: [],
} as const;

/**
 * The table `ldap = { … }` that mod_auth_ldap2 and mod_storage_ldap read through ldap.lib.lua of prosody-modules.
 * The keys are those of `config_params` and of every place where `params.` is read there; what happens without one was seen on
 * Prosody 0.12.3 and 13.0.1 (ldap.md 1a and the table of traces in part 2). The module checks none of this itself:
 * `validate_config` returns true at once (ldap.lib.lua:109). The option is global or per host; a host's table replaces the
 * global one whole.
 */
export const LDAP2_SCHEMA: TableSchema & { readonly option: TableKey } = {
  option: {
    ...TOP,
    name: 'ldap',
    types: ['table'],
    required: true,
    documentation:
      'The LDAP server, where its users are, and how to find one. A table in a virtual host replaces the global one whole; nothing is merged.',
    whenMissing:
      'Prosody logs "LDAP configuration required to use the LDAP storage module" and starts without a login mechanism; at a login it warns "No available SASL mechanisms, verify that the configured authentication module \'ldap2\' is loaded and configured correctly".',
    missingEffect: 'not-loaded',
  },
  keys: [
    {
      ...TOP,
      name: 'hostname',
      kind: 'hostname',
      required: true,
      aliases: ['host', 'server', 'servers', 'url', 'uri', 'ldap_server', 'ldap_host', 'address'],
      documentation:
        'The LDAP server: "host", "host:port", or "ldaps://host". Several are separated by blanks and tried in order.',
      whenMissing:
        'Every login ends in "Traceback … ldap.lib.lua:166: bad argument #1 to \'open_simple\' (string expected, got nil)" and the client gets no answer: Jitsi Meet shows "Connecting…" for ever.',
      missingEffect: 'no-answer',
      versionNote: 'ldap:// and ldaps:// need lua-ldap 1.2.4 or newer; older ones take only host and host:port.',
    },
    {
      ...TOP,
      name: 'bind_dn',
      kind: 'bind-name',
      aliases: ['binddn', 'bindDN', 'bind_user', 'bind_username', 'rootdn', 'ldap_rootdn', 'user_dn'],
      documentation: 'The account that searches for users: a DN, on Active Directory also user@dns.domain or "NETBIOS\\\\user".',
      whenMissing:
        'Prosody searches anonymously. Active Directory answers every such search with an error that is never logged, so every user is "no DN found".',
      missingEffect: 'anonymous',
    },
    {
      ...TOP,
      name: 'bind_password',
      // luaL_optstring takes a number for its digits (lualdap_open_simple).
      types: ['string', 'number'],
      secret: true,
      aliases: ['bindpw', 'bind_pw', 'bindpassword', 'bindPassword', 'password', 'bind_pass', 'ldap_password', 'rootpw'],
      documentation: 'The password of bind_dn. In Prosody 13 it can come from a file: FileLine("…") or Credential("…").',
      whenMissing:
        'With a bind_dn this is an "unauthenticated bind": OpenLDAP refuses it (53), Samba too (49), Windows calls it a success but treats it as anonymous. The first two leave every login without an answer (ldap.lib.lua:171), the last finds nobody.',
      missingEffect: 'no-answer',
    },
    {
      ...TOP,
      name: 'use_tls',
      types: ['boolean'],
      aliases: ['tls', 'starttls', 'start_tls', 'use_starttls', 'use_ssl', 'ssl', 'ldap_tls', 'usetls'],
      documentation:
        'Whether to use StartTLS on the plain port. Everything but false and nil means yes, also the string "false". Not together with ldaps://.',
      whenMissing:
        'No StartTLS: with a hostname that is not ldaps:// the passwords go over the network in clear, and a server that wants TLS answers "Strong(er) authentication required".',
      missingEffect: 'other',
      defaultValue: 'false',
    },
    {
      ...TOP,
      name: 'user',
      types: ['table'],
      required: true,
      aliases: ['users'],
      documentation: 'Where the users are and how to find one.',
      whenMissing:
        'Every login ends in "Traceback … ldap.lib.lua:181: attempt to index a nil value (field \'user\')" and the client gets no answer.',
      missingEffect: 'no-answer',
      table: USER,
    },
    {
      ...TOP,
      name: 'groups',
      types: ['table'],
      // Upstream's dead checker wants it, but mod_auth_ldap2 never looks at it.
      required: true,
      readBy: ['storage_ldap'],
      aliases: ['group'],
      documentation:
        'Groups for the rosters of mod_storage_ldap. It restricts no login: for that put (memberOf=…) into user.filter.',
      whenMissing: 'Nothing for logins; with storage = "ldap" every roster raises an error.',
      missingEffect: 'none',
      table: GROUPS,
    },
    {
      ...TOP,
      name: 'admin',
      types: ['table'],
      readBy: ['auth_ldap2'],
      aliases: ['admins'],
      documentation: 'Who is an administrator. Dead in Prosody 0.12 and newer.',
      whenMissing: 'Nothing.',
      missingEffect: 'none',
      versionNote:
        'Prosody 0.12 and 13 never ask the provider who is an administrator; list the JIDs in the option admins. Only 0.11 and older read this.',
      table: ADMIN,
    },
    {
      ...TOP,
      name: 'vcard_format',
      types: ['table'],
      readBy: ['storage_ldap'],
      aliases: ['vcard'],
      documentation: 'How mod_storage_ldap makes vCards out of LDAP entries.',
      whenMissing: 'Users have no vCard from LDAP.',
      missingEffect: 'none',
      table: VCARD_FORMAT,
    },
  ],
  misplaced: [
    ...['base', 'base_dn', 'basedn', 'baseDN', 'ldap_base', 'search_base', 'user_base', 'searchbase'].map(name =>
      inUser(name, 'basedn'),
    ),
    ...['usernamefield', 'username_field', 'username_attribute', 'user_attribute', 'uid', 'uid_field', 'userfield'].map(name =>
      inUser(name, 'usernamefield'),
    ),
    ...['filter', 'user_filter', 'ldap_filter', 'search_filter', 'userfilter'].map(name => inUser(name, 'filter')),
    ...['namefield', 'name_field'].map(name => inUser(name, 'namefield')),
    {
      name: 'port',
      meant: 'hostname',
      help: 'ldap2 has no key for the port: write hostname = "host:port", and ldaps://host for port 636',
    },
    { name: 'scope', meant: '', help: 'Remove it: ldap2 always searches the whole subtree' },
    { name: 'version', meant: '', help: 'Remove it: lua-ldap always speaks LDAP version 3' },
    { name: 'mode', meant: '', help: 'Remove it: ldap2 always checks a password by a bind' },
    {
      name: 'timeout',
      meant: '',
      help: 'Remove it: ldap2 has no time limit; set TIMEOUT and NETWORK_TIMEOUT in /etc/ldap/ldap.conf',
    },
    { name: 'cafile', meant: '', help: 'Remove it: the CA is named by TLS_CACERT in /etc/ldap/ldap.conf' },
  ],
};

function inUser(name: string, key: string): { name: string; meant: string; help: string } {
  return { name, meant: `user.${key}`, help: `Move it into the table user: user = { ${key} = … }` };
}

/**
 * All keys of a table schema with their path from its top (`user.basedn`, `groups[].name`, `vcard_format.telephone.*.*` where
 * the name is free), a table before its own keys. For completion lists, documentation and redaction.
 */
export function listTableKeys(schema: TableSchema, prefix = ''): { readonly path: string; readonly key: TableKey }[] {
  const own = [...schema.keys, ...(schema.anyKey ? [{ ...schema.anyKey, name: '*' }] : [])];
  const named = own.flatMap(key => {
    const path = prefix === '' ? key.name : `${prefix}.${key.name}`;
    return [{ path, key }, ...(key.table ? listTableKeys(key.table, path) : [])];
  });
  return schema.entries ? [...named, ...listTableKeys(schema.entries, `${prefix}[]`)] : named;
}
