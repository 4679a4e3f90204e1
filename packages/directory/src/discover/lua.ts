import type { ProposedSettings } from './types.js';

/** What stands in the Lua where the password belongs. */
const PASSWORD = 'PUT THE PASSWORD HERE';

/** The settings as they are written into a VirtualHost, for mod_auth_ldap and for mod_auth_ldap2; without any password. */
export function luaOf(settings: ProposedSettings, ad: boolean): { readonly ldap: string; readonly ldap2: string } {
  const { server, startTls, bindName, base, userAttribute, filter, userFilter } = settings;
  const account = bindName === null ? (ad ? 'DN OR NAME OF A SERVICE ACCOUNT' : null) : bindName;
  const ldap = [
    'authentication = "ldap"',
    `ldap_server = ${quoted(server)}`,
    ...(startTls ? ['ldap_tls = true'] : []),
    ...(account === null ? [] : [`ldap_rootdn = ${quoted(account)}`, `ldap_password = ${quoted(PASSWORD)}`]),
    `ldap_base = ${quoted(base)}`,
    `ldap_filter = ${quoted(filter)}`,
  ];
  const ldap2 = [
    'authentication = "ldap2"',
    'ldap = {',
    `    hostname = ${quoted(server)},`,
    ...(startTls ? ['    use_tls = true,'] : []),
    ...(account === null ? [] : [`    bind_dn = ${quoted(account)},`, `    bind_password = ${quoted(PASSWORD)},`]),
    '    user = {',
    `        basedn = ${quoted(base)},`,
    `        usernamefield = ${quoted(userAttribute)},`,
    `        filter = ${quoted(userFilter)},`,
    '    },',
    '}',
  ];
  return { ldap: `${ldap.join('\n')}\n`, ldap2: `${ldap2.join('\n')}\n` };
}

/** A Lua string. What a directory sends may hold anything. */
function quoted(text: string): string {
  const escaped = text
    .replace(/["\\]/g, '\\$&')
    .replace(/[\p{Cc}]/gu, unit => `\\${String(unit.codePointAt(0)).padStart(3, '0')}`);
  return `"${escaped}"`;
}
