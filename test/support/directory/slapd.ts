// A real OpenLDAP with a folder of its own.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { authority } from './certificates.js';
import { Daemon, mortal, ownFolder, subfolder } from './daemon.js';
import { ownAddress } from './loopback.js';
import { type Account, type DirectoryServer, dnValue, people } from './server.js';

const suffix = 'dc=example,dc=org';
const name = 'ldap.example.org';
const root = { dn: `cn=admin,${suffix}`, password: 'Adm1n-pass!' };

export interface SlapdOptions {
  /** Its certificate, for ldaps:// and StartTLS; `none`: it has neither. `for-localhost` is a good one for `localhost`. */
  readonly certificate?: 'good' | 'with-address' | 'self-signed' | 'wrong-name' | 'expired' | 'for-localhost' | 'none';
  /** Whether a bind without a name is let in; yes if not told, as OpenLDAP does. */
  readonly anonymous?: boolean;
  /** Refuse passwords without TLS (`security simple_bind=128`). */
  readonly demandTls?: boolean;
  /** The most entries that a search gives. */
  readonly sizeLimit?: number;
  /** Another server: a branch below the root leads there (a reference), and so does every base that is not ours (a referral). */
  readonly referral?: string;
}

/** How an OpenLDAP is started here, or what is missing for it. */
export function openLdap(): { start(options?: SlapdOptions): Promise<DirectoryServer> } | { missing: string } {
  if (process.getuid?.() !== 0) return { missing: 'OpenLDAP listens at ports that need root' };
  if (!existsSync('/usr/sbin/slapd') || !existsSync('/usr/bin/ldapadd'))
    return { missing: 'OpenLDAP is not there: run test/labs/install-directory.sh' };
  return { start };
}

async function start(options: SlapdOptions = {}): Promise<DirectoryServer> {
  const { certificate = 'good' } = options;
  const folder = ownFolder('slapd');
  const address = await ownAddress();
  writeFileSync(join(folder, 'slapd.conf'), settings(folder, address, options));
  // A copy, since the packaged program may be kept to the packaged folders (AppArmor).
  const program = join(folder, 'slapd');
  copyFileSync('/usr/sbin/slapd', program);
  const socket = `ldapi://${encodeURIComponent(join(folder, 'ldapi'))}`;
  const urls = [`ldap://${address}`, ...(certificate === 'none' ? [] : [`ldaps://${address}`]), socket];
  const daemon = new Daemon(mortal(program, '-f', join(folder, 'slapd.conf'), '-h', urls.join(' '), '-d', '0'));
  await daemon.listensAt(address, 389);
  const accounts = Object.fromEntries(
    Object.entries(people.users).map(([user, { password, is }]): [string, Account] => [
      user,
      // what only Active Directory knows makes no difference here
      { name: user, password, dn: dnOf(user), is: is === 'disabled' ? is : null },
    ]),
  );
  add(socket, entries(options));
  return {
    address,
    name,
    names: { [name]: address },
    ports: { ldap: 389, ldaps: 636 },
    ca: authority().file,
    suffix,
    people: `ou=people,${suffix}`,
    service: accounts['svc-prosody']!,
    accounts,
    stop: () => daemon.stop(),
  };
}

function settings(
  folder: string,
  address: string,
  { certificate = 'good', anonymous = true, demandTls = false, sizeLimit, referral }: SlapdOptions,
): string {
  const lines = ['core', 'cosine', 'inetorgperson'].map(schema => `include /etc/ldap/schema/${schema}.schema`);
  lines.push('modulepath /usr/lib/ldap', ...['back_mdb', 'memberof', 'ppolicy'].map(module => `moduleload ${module}`));
  if (!anonymous) lines.push('disallow bind_anon', 'require authc');
  if (referral) lines.push(`referral ${referral}`);
  if (demandTls) lines.push('localSSF 256', 'security simple_bind=128');
  if (certificate !== 'none') {
    const files = authority().make({
      names: { 'wrong-name': ['other.example.org'], 'with-address': [name, address], 'for-localhost': ['localhost'] }[
        certificate as string
      ] ?? [name],
      period: certificate === 'expired' ? 'expired' : 'now',
      selfSigned: certificate === 'self-signed',
    });
    lines.push(
      `TLSCACertificateFile ${authority().file}`,
      `TLSCertificateFile ${files.certificate}`,
      `TLSCertificateKeyFile ${files.key}`,
    );
  }
  lines.push('database mdb', `suffix "${suffix}"`, `directory ${subfolder(folder, 'data')}`, 'maxsize 67108864');
  lines.push(`rootdn "${root.dn}"`, `rootpw ${root.password}`, 'index objectClass,uid,cn,member eq');
  if (sizeLimit !== undefined) lines.push(`sizelimit ${sizeLimit}`);
  lines.push('access to attrs=userPassword by anonymous auth by * none', 'access to * by * read');
  lines.push('overlay memberof', 'overlay ppolicy', `ppolicy_default "cn=policy,${suffix}"`);
  return `${lines.join('\n')}\n`;
}

function dnOf(user: string): string {
  const { unit } = people.users[user]!;
  const branch = unit === 'Service Accounts' ? 'services' : unit === 'Staff' ? 'people' : unit.toLowerCase();
  return `uid=${dnValue(user)},ou=${branch},${suffix}`;
}

function entries({ referral }: SlapdOptions): string[] {
  const branches = ['people', 'contractors', 'services', 'groups'].map(branch => [
    `dn: ou=${branch},${suffix}`,
    'objectClass: organizationalUnit',
  ]);
  const users = Object.entries(people.users).map(([user, { cn, sn, mail, password, is }]) => [
    `dn:: ${base64(dnOf(user))}`,
    'objectClass: inetOrgPerson',
    `uid:: ${base64(user)}`,
    `cn:: ${base64(cn)}`,
    `sn:: ${base64(sn)}`,
    `mail: ${mail}`,
    `userPassword:: ${base64(password)}`,
    // locked until an administrator unlocks it (slapo-ppolicy)
    ...(is === 'disabled' ? ['pwdAccountLockedTime: 000001010000Z'] : []),
  ]);
  const groups = Object.entries(people.groups).map(([group, members]) => [
    `dn: cn=${group},ou=groups,${suffix}`,
    'objectClass: groupOfNames',
    ...members.map(member => `member:: ${base64(people.users[member] ? dnOf(member) : `cn=${member},ou=groups,${suffix}`)}`),
  ]);
  const away = referral
    ? [[`dn: ou=elsewhere,${suffix}`, 'objectClass: referral', 'objectClass: extensibleObject', `ref: ${referral}`]]
    : [];
  return [
    [`dn: ${suffix}`, 'objectClass: organization', 'objectClass: dcObject', 'o: Example'],
    [
      `dn: cn=policy,${suffix}`,
      'objectClass: device',
      'objectClass: pwdPolicy',
      'pwdAttribute: userPassword',
      'pwdLockout: TRUE',
    ],
    ...branches,
    ...users,
    ...groups,
    ...away,
  ].map(lines => lines.join('\n'));
}

// Through the server itself, so that its overlays see it.
function add(socket: string, texts: readonly string[]): void {
  const run = spawnSync('ldapadd', ['-M', '-H', socket, '-x', '-D', root.dn, '-w', root.password, '-e', 'relax'], {
    input: texts.join('\n\n'),
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`ldapadd: ${run.error?.message ?? run.stderr}`);
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
