// What moving from mod_auth_ldap2 to mod_auth_ldap means for logins, to be read before it is done.
import { type Configuration, effective, hosts } from '../evaluate/index.js';
import { coreLdapSearch, ldap2Search, parseFilter } from '../ldap/index.js';
import { loginSearch } from '../patch/core-ldap-options.js';
import { PLAIN_NAMES } from '../patch/operations/migrate-ldap.js';

/** How one virtual host finds a user, before and after. */
export interface LdapMigration {
  /** The prepared name of the virtual host. */
  readonly host: string;
  /** What both modules send for a name without special characters; checked for several such names. */
  readonly search: { readonly user: string; readonly filter: string };
  /** For names with special characters: what ldap2 sends, and what mod_auth_ldap sends. */
  readonly escaped: readonly {
    readonly user: string;
    readonly before: string;
    readonly after: string;
    /** False where the directory refuses the old one, so that the login gets no answer. */
    readonly valid: boolean;
  }[];
  /** What is otherwise with mod_auth_ldap, one sentence each. */
  readonly differences: readonly string[];
}

/** A wildcard, a filter of the user's own, and what breaks the filter. */
const SPECIAL_NAMES = ['al*', 'alice)(cn=*', 'corp\\alice'];

const KEYS = new Set(['hostname', 'bind_dn', 'bind_password', 'use_tls', 'user']);

/**
 * What `migrate.ldap` changes for the hosts that it moved.
 * @param before the tree as it was
 * @param after the tree with the operation done
 */
export function ldapMigrations(before: Configuration, after: Configuration): LdapMigration[] {
  return hosts(before).flatMap(({ name: host }) => {
    if (textAt(before, host, 'authentication') !== 'ldap2' || textAt(after, host, 'authentication') !== 'ldap') return [];
    const ldap = effective(before, host, 'ldap');
    const filter = textAt(after, host, 'ldap_filter');
    if (ldap?.value.kind !== 'table' || filter === undefined) return [];
    const old = loginSearch(ldap.value, ldap.setting);
    if ('status' in old) return [];
    const realm = textAt(after, host, 'realm') ?? host;
    const pair = (user: string) => ({
      user,
      before: ldap2Search(old.attribute, old.filter, user),
      after: coreLdapSearch(filter, user, realm),
    });
    const example = pair(PLAIN_NAMES[0]!);
    const unread = [...ldap.value.table.entries.keys()].filter(key => typeof key === 'string' && !KEYS.has(key));
    const escaped = SPECIAL_NAMES.map(user => ({ ...pair(user), valid: parseFilter(pair(user).before).ok }));
    return [
      { host, search: { user: example.user, filter: example.after }, escaped, differences: differences(unread.map(String)) },
    ];
  });
}

function differences(unread: readonly string[]): string[] {
  return [
    'names with `*`, `(`, `)` or `\\` are escaped: "al*" finds nobody now, where ldap2 let it in with the password of alice',
    'when the directory fails, the login is refused (not-authorized) and Prosody logs why, where ldap2 gave no answer',
    ...(unread.length > 0 ? [`a login never read ${unread.map(key => `\`${key}\``).join(', ')} of the \`ldap\` table`] : []),
  ];
}

function textAt(configuration: Configuration, host: string, name: string): string | undefined {
  const value = effective(configuration, host, name)?.value;
  return value?.kind === 'string' ? value.value : undefined;
}
