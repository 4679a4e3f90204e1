// A real Active Directory: Samba's, with the files that test/labs/install-directory.sh made.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labsFolder } from '../labs.js';
import { authority } from './certificates.js';
import { Daemon, mortal, ownFolder, subfolder } from './daemon.js';
import { ownAddress } from './loopback.js';
import { type Account, type DirectoryServer, dnValue, people } from './server.js';

const suffix = 'DC=corp,DC=example';
const name = 'dc1.corp.example';

export interface ActiveDirectoryOptions {
  /** Its certificate: `good` (for dc1.corp.example, by the authority), `with-address` (for its address too), or a bad one. */
  readonly certificate?: 'good' | 'with-address' | 'expired' | 'wrong-name' | 'self-signed';
}

/** How an Active Directory is started here, or what is missing for it. */
export function activeDirectory(): { start(options?: ActiveDirectoryOptions): Promise<DirectoryServer> } | { missing: string } {
  if (process.getuid?.() !== 0) return { missing: 'Active Directory (Samba) listens at ports that need root' };
  const made = labsFolder('ad');
  if (!existsSync('/usr/sbin/samba') || !existsSync(join(made, '.complete')))
    return { missing: 'Active Directory (Samba) is not there: run test/labs/install-directory.sh' };
  return { start: options => start(made, options) };
}

async function start(made: string, { certificate = 'good' }: ActiveDirectoryOptions = {}): Promise<DirectoryServer> {
  const folder = ownFolder('ad');
  const address = await ownAddress();
  const copy = spawnSync('cp', ['-a', '--sparse=always', join(made, 'private'), join(made, 'state'), folder], {
    encoding: 'utf8',
  });
  if (copy.status !== 0) throw new Error(`the domain could not be copied: ${copy.stderr}`);
  const files = authority().make({
    names:
      certificate === 'wrong-name'
        ? ['other.corp.example']
        : [name, 'corp.example', ...(certificate === 'with-address' ? [address] : [])],
    period: certificate === 'expired' ? 'expired' : 'now',
    selfSigned: certificate === 'self-signed',
  });
  const settings = `[global]
netbios name = DC1
workgroup = CORP
realm = CORP.EXAMPLE
server role = active directory domain controller
server services = ldap
interfaces = ${address}/8
bind interfaces only = yes
private dir = ${folder}/private
state directory = ${folder}/state
cache directory = ${subfolder(folder, 'cache')}
lock directory = ${subfolder(folder, 'lock')}
pid directory = ${subfolder(folder, 'pid')}
ncalrpc dir = ${subfolder(folder, 'ncalrpc')}
binddns dir = ${subfolder(folder, 'dns')}
log file = ${folder}/log
tls enabled = yes
tls certfile = ${files.certificate}
tls keyfile = ${files.key}
tls cafile = ${authority().file}
`;
  writeFileSync(join(folder, 'smb.conf'), settings);
  const daemon = new Daemon(
    mortal('/usr/sbin/samba', '-s', join(folder, 'smb.conf'), '-F', '--no-process-group', '-M', 'single', '--debug-stdout'),
  );
  await daemon.listensAt(address, 3269);
  const accounts = Object.fromEntries(
    Object.entries(people.users).map(([user, { cn, unit, password, is = null }]): [string, Account] => [
      user,
      { name: user, password, dn: `CN=${dnValue(cn)},OU=${unit},${suffix}`, is },
    ]),
  );
  return {
    address,
    name,
    // A search from the root refers to the last three; in a real network the domain's name leads to its controllers.
    names: Object.fromEntries(
      [name, 'corp.example', 'DomainDnsZones.corp.example', 'ForestDnsZones.corp.example'].map(each => [each, address]),
    ),
    ports: { ldap: 389, ldaps: 636, catalog: 3268, catalogs: 3269 },
    ca: authority().file,
    suffix,
    people: `OU=Staff,${suffix}`,
    service: accounts['svc-prosody']!,
    accounts,
    stop: () => daemon.stop(),
  };
}
