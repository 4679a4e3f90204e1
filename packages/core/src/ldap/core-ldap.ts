// The filters of a login, as mod_auth_ldap2 and mod_auth_ldap make them of their settings.
import { combineAnd } from './ldap2-filter.js';

/**
 * The filter with which mod_auth_ldap2 looks for a user (ldap.lib.lua, `_M.bind`): the name goes in as it is.
 * @param attribute `ldap.user.usernamefield`
 * @param filter `ldap.user.filter`; where it is not set, `combine_and` ends before it
 */
export function ldap2Search(attribute: string, filter: string | undefined, name: string): string {
  return combineAnd(`${attribute}=${name}`, ...(filter === undefined ? [] : [filter]));
}

/** The `ldap_filter` of mod_auth_ldap that looks for what `ldap2Search` looks for. */
export function coreLdapFilter(attribute: string, filter: string | undefined): string {
  return ldap2Search(attribute, filter, '$user');
}

/**
 * The filter with which mod_auth_ldap looks for a user (mod_auth_ldap.lua, `get_user`): the first `%s` is `$user` too, and the
 * name is escaped. The same in Prosody 0.12 and 13.0.
 * @param filter `ldap_filter`
 * @param host what `$host` stands for: `realm`, else the virtual host
 */
export function coreLdapSearch(filter: string, name: string, host: string): string {
  const values: Readonly<Record<string, string>> = { user: escapeName(name), host: escapeName(host) };
  return filter.replace('%s', () => '$user').replace(/\$([A-Za-z]+)/g, (whole, key: string) => values[key] ?? whole);
}

/** mod_auth_ldap.lua, `ldap_filter_escape`. */
function escapeName(text: string): string {
  return text.replace(/[*()\\\0]/g, char => `\\${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
