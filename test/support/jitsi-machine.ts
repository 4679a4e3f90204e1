// A machine with Prosody and Jitsi on it, as their packages leave it: Debian's own /etc/prosody, beside it the files that Jitsi's
// installer writes. Prosody can be started on it, and a login tried as Jitsi's web client does it.
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Daemon } from './directory/daemon.js';
import { ownAddress } from './directory/loopback.js';
import type { DirectoryServer } from './directory/server.js';
import type { Lab } from './prosody.js';
import { inside, makeRoot, prosodyUser } from './prosody-root.js';

const fixture = fileURLToPath(new URL('../fixtures/setup', import.meta.url));
let made = 0;

export interface JitsiMachine {
  /** Its root folder: `etc/prosody` and `etc/jitsi` are below it. */
  readonly root: string;
  /** Where Prosody will listen: the address of this machine. */
  readonly address: string;
  /** The file with the authority of the directory, as this computer sees it. */
  readonly ca: string;
  /** Starts Prosody with what is there now. */
  start(): Promise<Daemon>;
}

export const HOST = 'meet.corp.example';

/** Makes such a machine; names of the directory lead to it, and it knows the directory's authority but does not trust it yet. */
export async function jitsiMachine(lab: Lab, directory: DirectoryServer): Promise<JitsiMachine> {
  const root = makeRoot(lab.tree, `setup-${made++}-${lab.version}`);
  const address = await ownAddress();
  const etc = join(root, 'etc');
  const prosody = join(etc, 'prosody');
  const { uid, gid } = prosodyUser(lab.tree);
  // what is linked to the lab must not be written into
  rmSync(join(etc, 'ldap'), { recursive: true, force: true });
  rmSync(join(etc, 'hosts'), { force: true });
  spawnSync('cp', ['-a', join(lab.tree, 'etc/prosody'), prosody]);
  cpSync(join(fixture, 'jitsi/etc'), etc, { recursive: true });
  symlinkSync(`../conf.avail/${HOST}.cfg.lua`, join(prosody, `conf.d/${HOST}.cfg.lua`));
  const plugins = join(root, 'usr/share/jitsi-meet/prosody-plugins');
  cpSync(join(fixture, 'plugins'), plugins, { recursive: true });
  writeFileSync(
    join(prosody, 'conf.d/lab.cfg.lua'),
    `interfaces = { "${address}" }\nhttp_interfaces = { "${address}" }\nhttps_ports = { }\ns2s_ports = { }\n`,
  );
  chownSync(join(prosody, 'conf.d/lab.cfg.lua'), 0, gid);
  mkdirSync(join(root, 'var/lib/dpkg'), { recursive: true });
  copyFileSync(join(lab.tree, 'var/lib/dpkg/status'), join(root, 'var/lib/dpkg/status'));
  // which the lab leaves out, for its ldap.conf is the fixture's
  appendFileSync(join(root, 'var/lib/dpkg/status'), '\nPackage: libldap-common\nStatus: install ok installed\nVersion: 2.5\n\n');
  const ca = join(etc, 'ldap/corp.pem');
  copyFileSync(directory.ca, ca);
  chmodSync(ca, 0o644);
  const names = Object.entries(directory.names).map(([name, at]) => `${at} ${name}\n`);
  writeFileSync(join(etc, 'hosts'), `127.0.0.1 localhost\n${names.join('')}`);
  return { root, address, ca, start: () => startProsody(root, { uid, gid }, address) };
}

async function startProsody(root: string, user: { uid: number; gid: number }, address: string): Promise<Daemon> {
  const [file, args] = inside(root, user, 'prosody', '-F');
  const daemon = new Daemon(['setpriv', '--pdeathsig', 'KILL', file, ...args], { HOME: '/var/lib/prosody' });
  await daemon.listensAt(address, 5280);
  return daemon;
}

/** All below a folder: bytes, links, owners and modes; for comparing. What Prosodist keeps for `undo` is left out. */
export function snapshot(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .map(entry => join(entry.parentPath, entry.name))
      .filter(path => !path.includes('/.prosodist'))
      .sort()
      .map(path => {
        const stat = lstatSync(path);
        const what = stat.isSymbolicLink() ? readlinkSync(path) : stat.isFile() ? readFileSync(path, 'latin1') : '';
        return [path.slice(folder.length + 1), `${stat.mode.toString(8)} ${stat.uid}:${stat.gid} ${what}`];
      }),
  );
}
