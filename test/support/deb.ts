// The Debian package, and Debian trees in which it is installed as on a server: no Node, nothing of this repository.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { labsFolder } from './labs.js';

const top = fileURLToPath(new URL('../..', import.meta.url));

/** The version that is packed. */
export const version = (JSON.parse(readFileSync(path.join(top, 'lerna.json'), 'utf8')) as { version: string }).version;

/** The package's file. */
export const deb = path.join(top, `dist/prosodist_${version}_amd64.deb`);

/** Debian's releases with the Prosody of each. */
export const releases = [
  { name: 'Debian 12', prosody: '0.12', tree: labsFolder('prosody-0.12') },
  { name: 'Debian 13', prosody: '13.0', tree: labsFolder('prosody-13.0') },
] as const;

/** What is missing for trying the package; `tools` are programs that a test needs besides. */
export function debLab(...tools: readonly string[]): object | { missing: string } {
  const missing = ['dpkg-deb', ...tools].filter(name => spawnSync('which', [name]).status !== 0);
  if (process.getuid?.() !== 0) return { missing: 'only root can install a package in a tree' };
  if (process.arch !== 'x64') return { missing: 'the package that is tried is the one for x64' };
  for (const { name, tree } of releases) if (!existsSync(path.join(tree, '.complete'))) missing.push(name);
  return missing.length > 0 ? { missing: `${missing.join(', ')}: not installed (npm test as root installs them)` } : {};
}

/** Builds the package. */
export function buildDeb(): void {
  const { status, stderr } = spawnSync('node', ['scripts/package-deb.mjs', 'x64'], { cwd: top, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  built = true;
}

let built = false;

/** Builds the package unless this process has done so. */
export function haveDeb(): void {
  if (!built) buildDeb();
}

/** A copy of a Debian tree with the package in `/prosodist.deb`; the caller removes it. Hard links, but for what dpkg and we write into. */
export function debianRoot(tree: string): string {
  const root = labsFolder('roots', `${process.pid}-deb`);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(path.dirname(root), { recursive: true });
  assert.equal(spawnSync('cp', ['-al', tree, root]).status, 0);
  for (const folder of ['var/log', 'var/lib/dpkg', 'var/cache', 'etc']) {
    rmSync(path.join(root, folder), { recursive: true, force: true });
    assert.equal(spawnSync('cp', ['-a', path.join(tree, folder), path.join(root, folder)]).status, 0);
  }
  cpSync(deb, path.join(root, 'prosodist.deb'));
  return root;
}

/** What a command says inside such a tree; it must end with status 0, or with the one that is given. */
export function inside(root: string, command: readonly string[], wanted = 0): { stdout: string; stderr: string } {
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LC_ALL: 'C.UTF-8' };
  const { status, stdout, stderr } = spawnSync('chroot', [root, ...command], { encoding: 'utf8', env, timeout: 60_000 });
  assert.equal(status, wanted, `${command.join(' ')}\n${stdout}${stderr}`);
  return { stdout, stderr };
}
