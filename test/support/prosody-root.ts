// A root folder of a test process's own: its programs are hard links to those of an installed Debian tree, and what Prosody
// reads is nobody else's. So tests put files at exact paths such as /etc/prosody, side by side with other test processes,
// and nothing but chroot is asked of the kernel.
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { labsFolder } from './labs.js';

const scripts = fileURLToPath(new URL('../oracle', import.meta.url));
const linked = [
  'bin',
  'sbin',
  'lib',
  'lib64',
  'dev',
  'etc',
  'usr/bin',
  'usr/sbin',
  'usr/lib',
  'usr/lib64',
  'usr/share/lua',
  'usr/share/prosody',
];

/** The command that runs a program inside a root as an unprivileged user; more than 512 MiB of memory it does not get. */
export function inside(root: string, user: Owner, ...command: string[]): [string, string[]] {
  const who = `${user.uid}:${user.gid}`;
  return ['prlimit', [`--as=${2 ** 29}`, '--core=0', 'chroot', `--userspec=${who}`, `--groups=${user.gid}`, root, ...command]];
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The user that nothing belongs to. */
export const nobody: Owner = { uid: 65534, gid: 65534 };

/** The user that Debian's package runs Prosody as. */
export function prosodyUser(tree: string): Owner {
  const [, uid, gid] = /^prosody:[^:]*:(\d+):(\d+):/m.exec(readFileSync(join(tree, 'etc/passwd'), 'utf8')) ?? [];
  if (uid === undefined || gid === undefined) throw new Error(`${tree}/etc/passwd knows no user prosody`);
  return { uid: Number(uid), gid: Number(gid) };
}

/** Makes a root from an installed tree, without /etc/prosody and with an empty data folder; it goes when the process ends. */
export function makeRoot(tree: string, name: string): string {
  const roots = labsFolder('roots');
  mkdirSync(roots, { recursive: true });
  removeLeftOver(roots);
  const root = join(roots, `${process.pid}-${name}`);
  rmSync(root, { recursive: true, force: true });
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  for (const folder of ['usr', 'usr/share', 'tmp', 'oracle']) mkdirSync(join(root, folder), { recursive: true });
  for (const folder of ['.', 'usr', 'usr/share', 'tmp', 'oracle']) chmodSync(join(root, folder), 0o755); // whatever the umask
  const sources = linked.filter(path => existsSync(join(tree, path))).map(path => `./${path}`);
  const copy = spawnSync('cp', ['-al', '--parents', ...sources, root], { cwd: tree, encoding: 'utf8' });
  if (copy.status !== 0) throw new Error(`no root could be made from ${tree}: ${copy.stderr}`);
  rmSync(join(root, 'etc/prosody'), { recursive: true, force: true });
  for (const script of readdirSync(scripts).filter(file => file.endsWith('.lua'))) {
    copyFileSync(join(scripts, script), join(root, 'oracle', script));
    chmodSync(join(root, 'oracle', script), 0o644);
  }
  const { uid, gid } = prosodyUser(tree);
  for (const folder of ['var/lib/prosody', 'var/log/prosody', 'run/prosody']) {
    mkdirSync(join(root, folder), { recursive: true });
    chownSync(join(root, folder), uid, gid);
  }
  const probe = spawnSync(...inside(root, nobody, 'lua5.4', '-v'), { encoding: 'utf8' });
  if (probe.status !== 0) throw new Error(`nothing runs in the root made from ${tree}: ${probe.error?.message ?? probe.stderr}`);
  return root;
}

// A process that was killed could not remove its own.
function removeLeftOver(roots: string): void {
  for (const name of readdirSync(roots)) {
    try {
      process.kill(Number.parseInt(name, 10), 0);
    } catch {
      rmSync(join(roots, name), { recursive: true, force: true });
    }
  }
}
