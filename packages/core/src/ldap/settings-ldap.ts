import type { OptionSetting } from './settings-schema.js';

const OPTION = {
  types: ['string'],
  kind: 'plain',
  secret: false,
  required: false,
  readBy: ['auth_ldap'],
  aliases: [],
  missingEffect: 'none',
} as const;

/**
 * The options of mod_auth_ldap (`authentication = "ldap"`), part of Prosody since 0.12.0: mod_auth_ldap.lua of 0.12.3 and 13.0.1
 * (read; ldap.md 1b). Each is read with `module:get_option_*`, so it can stand in the global section or in a host.
 */
export const LDAP_SETTINGS: readonly OptionSetting[] = [
  {
    ...OPTION,
    name: 'ldap_base',
    kind: 'dn',
    required: true,
    aliases: ['ldap_basedn', 'ldap_base_dn', 'ldap_search_base'],
    documentation:
      'The DN below which the users are. On Active Directory not the domain root: its references make every mistyped name count as a user.',
    whenMissing:
      'The module does not load: "Error initializing module \'auth_ldap\' …: ldap_base is a required option for ldap", and no login mechanism is offered. A table ldap = { … } belongs to "ldap2" and is not read.',
    missingEffect: 'not-loaded',
  },
  {
    ...OPTION,
    name: 'ldap_server',
    kind: 'hostname',
    defaultValue: '"localhost"',
    aliases: ['ldap_host', 'ldap_hostname', 'ldap_servers', 'ldap_uri', 'ldap_url'],
    documentation: 'The LDAP server: "host", "host:port", or "ldaps://host". Several are separated by blanks and tried in order.',
    whenMissing: 'Prosody asks the LDAP server on its own machine.',
    versionNote: 'ldaps:// works with lua-ldap 1.2.4 or newer, although the documentation says that LDAPS is not supported.',
  },
  {
    ...OPTION,
    name: 'ldap_rootdn',
    kind: 'bind-name',
    defaultValue: '""',
    aliases: ['ldap_bind_dn', 'ldap_binddn', 'ldap_user'],
    documentation: 'The account that searches for users: a DN, on Active Directory also user@dns.domain or "NETBIOS\\\\user".',
    whenMissing: 'Prosody searches anonymously; Active Directory then finds nobody.',
    missingEffect: 'anonymous',
  },
  {
    ...OPTION,
    name: 'ldap_password',
    secret: true,
    defaultValue: '""',
    aliases: ['ldap_bind_password', 'ldap_bindpw', 'ldap_rootpw', 'ldap_bind_pw'],
    documentation: 'The password of ldap_rootdn. A wrong one is tried three times for each login and can lock the account.',
    whenMissing: 'With an ldap_rootdn the server refuses the bind or, on Windows, treats it as anonymous: nobody can log in.',
    missingEffect: 'nobody-found',
  },
  {
    ...OPTION,
    name: 'ldap_tls',
    types: ['boolean'],
    defaultValue: 'false',
    aliases: ['ldap_use_tls', 'ldap_starttls', 'ldap_start_tls', 'ldap_ssl'],
    documentation: 'Whether to use StartTLS on the plain port. Not together with ldaps://.',
    whenMissing: 'No StartTLS: without ldaps:// the passwords go over the network in clear.',
    missingEffect: 'other',
  },
  {
    ...OPTION,
    name: 'ldap_scope',
    values: ['subtree', 'base', 'onelevel'],
    defaultValue: '"subtree"',
    documentation: 'How deep below ldap_base to search.',
    whenMissing: 'The whole subtree is searched.',
    versionNote:
      'In 0.12 only the first letter counts; 13.0 besides logs "Config option \'ldap_scope\' not in set of allowed values" for anything that is not in the list. The mod_auth_ldap of prosody-modules before 0.12 had "onelevel" for its default.',
  },
  {
    ...OPTION,
    name: 'ldap_filter',
    kind: 'filter',
    defaultValue: '"(uid=$user)"',
    aliases: ['ldap_user_filter', 'ldap_search_filter'],
    documentation:
      'Finds a user: $user is the login name (escaped), $host the realm. The first %s means $user too; %u means nothing. Without $user anybody logs in with the password of the first entry.',
    whenMissing: '(uid=$user) is used; on Active Directory uid is empty, so nobody is found there. Write (sAMAccountName=$user).',
    missingEffect: 'other',
  },
  {
    ...OPTION,
    name: 'ldap_mode',
    values: ['bind', 'getpasswd'],
    defaultValue: '"bind"',
    documentation: '"bind" checks a password by a bind as the user; "getpasswd" reads it in clear text from userPassword.',
    whenMissing: 'Passwords are checked by a bind.',
    versionNote:
      'Anything else logs "Unsupported ldap_mode …" and offers no login mechanism; 13.0 besides logs "Config option \'ldap_mode\' not in set of allowed values".',
  },
  {
    ...OPTION,
    name: 'ldap_admin_filter',
    kind: 'filter',
    aliases: ['ldap_admins'],
    documentation: 'Meant to say who is an administrator. Dead in Prosody 0.12 and newer: list the JIDs in the option admins.',
    whenMissing: 'Nothing.',
    versionNote:
      '0.12 takes it and never asks; 13.0 logs "The \'ldap_admin_filter\' option has been deprecated, and will be ignored".',
  },
  {
    ...OPTION,
    name: 'realm',
    documentation: 'What $host means in ldap_filter.',
    whenMissing: '$host is the name of the virtual host.',
  },
];
