import { combineAnd } from '../ldap/index.js';
import type { DirectorySettings } from './types.js';

/**
 * The filter that the module sends for a user, before libldap reads it.
 * @param user the name as the module gets it: prepared by nodeprep, of cyrus as libsasl hands it on
 * @returns ldap2: `combine_and("<usernamefield>=<name>", user.filter)`, the name as it is; ldap: the first `%s` made `$user`, then
 * `$user` and `$host` put in, escaped; cyrus: lak.c's tokens, escaped
 * Source: ldap.lib.lua:181-184, mod_auth_ldap.lua (`ldap_filter:gsub`), saslauthd/lak.c (`lak_expand_tokens`).
 * Of `al*` ldap2 makes `(&(sAMAccountName=al*)(objectClass=user))`, ldap `(uid=al\2a)`.
 */
export function searchFilter(settings: DirectorySettings, user: string): string {
  if (settings.way === 'ldap2') return ldap2Filter(settings, user);
  if (settings.way === 'ldap') return ldapFilter(settings, user);
  return expandTokens(settings.filter.value, tokensOf(settings, user));
}

function ldap2Filter({ userAttribute, filter }: DirectorySettings, user: string): string {
  const own = `${userAttribute?.value ?? 'nil'}=${user}`;
  // without user.filter combine_and gets nil, where its list ends
  return filter.origin === null && filter.value === '' ? combineAnd(own) : combineAnd(own, filter.value);
}

function ldapFilter({ filter, realm, host }: DirectorySettings, user: string): string {
  const values: Readonly<Record<string, string>> = { user: luaEscape(user), host: luaEscape(realm?.value ?? host) };
  return filter.value.replace('%s', () => '$user').replace(/\$([A-Za-z]+)/g, (whole, name: string) => values[name] ?? whole);
}

/** mod_auth_ldap's `ldap_filter_escape`. */
function luaEscape(text: string): string {
  return text.replace(/[*()\\\0]/g, character => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** What saslauthd knows of a login. */
export interface SaslauthdUser {
  /** Name, service and realm as libsasl sends them; an empty one is not set. */
  readonly user: string;
  readonly service: string;
  readonly realm: string;
  readonly dn: string;
}

/** libsasl sends what is behind the last `@` of a name as its realm (checkpw.c, saslauthd_verify_password). */
export function tokensOf(settings: DirectorySettings, name: string): SaslauthdUser {
  const at = name.lastIndexOf('@');
  const realm = at >= 0 ? name.slice(at + 1) : (settings.saslauthd?.realm ?? '');
  return {
    user: at >= 0 ? name.slice(0, at) : name,
    service: settings.saslauthd?.service ?? 'xmpp',
    realm: realm === '' ? (settings.saslauthd?.defaultRealm ?? '') : realm,
    dn: '',
  };
}

/** lak.c, `lak_expand_tokens`: what is not set and what is no token leaves nothing. */
export function expandTokens(pattern: string, { user, service, realm, dn }: SaslauthdUser): string {
  const at = user.indexOf('@');
  const domain = at >= 0 ? user.slice(at + 1) : '';
  return pattern.replace(/%(.?)/gs, (_, token: string) => {
    if (token === '%') return '%';
    if (token === 'u') return sasl(user);
    if (token === 'U') return sasl(at >= 0 ? user.slice(0, at) : user);
    if (token === 'd') return sasl(domain);
    if (token === 's') return sasl(service);
    if (token === 'D') return sasl(dn);
    if (token === 'r') return sasl(realm);
    if (token === 'R') return realm === '' ? '' : `@${sasl(realm)}`;
    // the parts of the domain, counted from its end
    return /[1-9]/.test(token)
      ? sasl(
          (domain || realm)
            .split('.')
            .filter(part => part !== '')
            .at(-Number(token)) ?? '',
        )
      : '';
  });
}

/** lak.c, `lak_escape`. */
function sasl(text: string): string {
  return text.replace(/[*()\\]/g, character => `\\${character.charCodeAt(0).toString(16)}`);
}
