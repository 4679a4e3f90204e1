/** What a setting of saslauthd.conf holds, for those that are more than a text. */
export type SaslauthdKind = 'text' | 'boolean' | 'number' | readonly string[];

/**
 * The settings that `saslauthd -a ldap` reads (saslauthd/lak.c, lak_config, and its document LDAP_SASLAUTHD). All others are
 * passed over without a word (ldap.md 1c).
 */
export const SASLAUTHD_KEYS: Readonly<Record<string, SaslauthdKind>> = {
  ldap_auth_method: ['bind', 'custom', 'fastbind'],
  ldap_authz_id: 'text',
  ldap_bind_dn: 'text',
  ldap_bind_pw: 'text',
  ldap_debug: 'number',
  ldap_default_domain: 'text',
  ldap_default_realm: 'text',
  ldap_deref: ['search', 'find', 'always', 'never'],
  ldap_filter: 'text',
  ldap_group_attr: 'text',
  ldap_group_dn: 'text',
  ldap_group_filter: 'text',
  ldap_group_match_method: ['attr', 'filter'],
  ldap_group_scope: ['sub', 'one', 'base'],
  ldap_group_search_base: 'text',
  ldap_id: 'text',
  ldap_mech: 'text',
  ldap_password: 'text',
  ldap_password_attr: 'text',
  ldap_realm: 'text',
  ldap_referrals: 'boolean',
  ldap_restart: 'boolean',
  ldap_scope: ['sub', 'one', 'base'],
  ldap_search_base: 'text',
  ldap_servers: 'text',
  ldap_size_limit: 'number',
  ldap_start_tls: 'boolean',
  ldap_time_limit: 'number',
  ldap_timeout: 'number',
  ldap_tls_cacert_dir: 'text',
  ldap_tls_cacert_file: 'text',
  ldap_tls_cert: 'text',
  ldap_tls_check_peer: 'boolean',
  ldap_tls_ciphers: 'text',
  ldap_tls_key: 'text',
  ldap_use_sasl: 'boolean',
  ldap_version: ['2', '3'],
};

/** Names that people write, and the ones that count. */
export const SASLAUTHD_ALIASES: Readonly<Record<string, string>> = {
  ldap_server: 'ldap_servers',
  ldap_uri: 'ldap_servers',
  ldap_url: 'ldap_servers',
  ldap_host: 'ldap_servers',
  ldap_base: 'ldap_search_base',
  ldap_basedn: 'ldap_search_base',
  ldap_searchbase: 'ldap_search_base',
  ldap_binddn: 'ldap_bind_dn',
  ldap_rootdn: 'ldap_bind_dn',
  ldap_bindpw: 'ldap_bind_pw',
  ldap_bind_password: 'ldap_bind_pw',
  ldap_search_filter: 'ldap_filter',
  ldap_use_tls: 'ldap_start_tls',
  ldap_tls: 'ldap_start_tls',
  ldap_tls_cacertfile: 'ldap_tls_cacert_file',
  ldap_tls_cacert: 'ldap_tls_cacert_file',
};

/** lak.c, lak_config_switch: how saslauthd reads yes and no; `undefined` is neither word, which it takes for no. */
export function saslSwitch(value: string): boolean | undefined {
  if (/^(?:0|n|of|f)/.test(value)) return false;
  return /^(?:1|y|on|t)/.test(value) ? true : undefined;
}
