import { type DnResult, parseDn } from './dn.js';
import { type LdapProblem, problem } from './problem.js';

/** How a bind name is written. */
export type BindNameKind = 'dn' | 'upn' | 'netbios' | 'canonical' | 'bare' | 'empty' | 'malformed-dn';

/**
 * A bind name and its kind. `user` and `domain` are the halves of `user@domain` and `DOMAIN\user`. Kinds that no directory
 * server takes carry the `problem`; a kind that Active Directory takes and OpenLDAP does not (upn, netbios, canonical) has none.
 */
export type BindName =
  | { readonly kind: 'dn'; readonly dn: DnResult & { readonly ok: true } }
  | { readonly kind: 'upn' | 'netbios'; readonly user: string; readonly domain: string }
  | { readonly kind: 'canonical' | 'empty' }
  | { readonly kind: 'bare' | 'malformed-dn'; readonly problem: LdapProblem };

/**
 * Says what kind of name stands in `bind_dn` or `ldap_rootdn`. Active Directory takes a DN, a user principal name
 * (`user@dns.domain`), `NETBIOS\user` and a canonical name (`corp.example/OU/user`) in a simple bind, and refuses a bare
 * name with 52e (seen on Samba 4.17, ldap.md part 4; MS-ADTS 5.1.1.1.1 has the list). Every other server takes only a DN.
 * A text with `=` is meant as a DN: one that does not parse is `malformed-dn`, with the problem of `parseDn`.
 * The empty text is an anonymous bind (RFC 4513 section 5.1.1). Never throws.
 */
export function classifyBindName(text: string): BindName {
  if (text === '') return { kind: 'empty' };
  if (text.includes('=')) {
    const dn = parseDn(text);
    return dn.ok ? { kind: 'dn', dn } : { kind: 'malformed-dn', problem: dn.problem };
  }
  const netbios = /^([^\\/@\s]+)\\([^\\]+)$/s.exec(text);
  if (netbios) return { kind: 'netbios', domain: netbios[1]!, user: netbios[2]! };
  const upn = /^([^@]+)@([^@\s/\\]+)$/s.exec(text);
  if (upn) return { kind: 'upn', user: upn[1]!, domain: upn[2]! };
  if (/^[^\s/.]+(\.[^\s/.]+)+\/./s.test(text)) return { kind: 'canonical' };
  return {
    kind: 'bare',
    problem: problem(
      `"${text}" is neither a DN nor a name that Active Directory takes`,
      0,
      text.length,
      'Write the DN (CN=…,OU=…,DC=…), or on Active Directory user@dns.domain or NETBIOS\\user (in a Lua string "NETBIOS\\\\user")',
    ),
  };
}
