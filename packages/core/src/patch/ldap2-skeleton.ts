/**
 * A new `ldap` table for Active Directory, with what is certain filled in and the rest marked. The names are guessed from
 * the host's domain, so that the reader sees their form.
 * @param host name of the virtual host, `meet.example.com`
 * @param eol line end of the tree
 */
export function ldap2Skeleton(host: string, eol: '\n' | '\r\n' = '\n'): string {
  const domain = host.split('.').slice(-2).join('.');
  const root = domain
    .split('.')
    .map(label => `DC=${label}`)
    .join(',');
  const lines = [
    `-- Users of Active Directory log in to ${host} (mod_auth_ldap2 of prosody-modules, needs lua-ldap).`,
    '-- Change the lines that say so. The file holds a password: chown root:prosody, chmod 640.',
    'ldap = {',
    `    hostname = "ldaps://dc1.${domain}"; -- change: the domain controller, as its certificate names it`,
    '    use_tls = false; -- StartTLS; ldaps:// is encrypted already',
    `    bind_dn = "CN=prosody,OU=Service Accounts,${root}"; -- change: an account that may only read`,
    '    bind_password = "change-me"; -- change',
    '    user = {',
    `        basedn = "OU=Users,${root}"; -- change: a container with the users, not the root of the domain`,
    '        usernamefield = "sAMAccountName";',
    '        namefield = "cn";',
    '        filter = "(&(objectCategory=person)(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2)))"; -- people whose account is not disabled',
    '    };',
    '}',
    '',
  ];
  return lines.join(eol);
}
