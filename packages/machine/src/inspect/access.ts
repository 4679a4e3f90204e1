import type { FileFact, FilePurpose } from '@prosodist/core';
import type { Account, Accounts } from './accounts.js';
import type { Root, RootStat } from './root.js';

const READ = 4;
const WRITE = 2;
const ENTER = 1;

/** Whether a user may do something with a file by its mode alone; access control lists are not read. path_resolution(7). */
export function allows(stat: RootStat, account: Account, wanted: number): boolean {
  if (account.uid === 0) return true;
  const shift = stat.uid === account.uid ? 6 : account.gids.includes(stat.gid) ? 3 : 0;
  return ((stat.mode >> shift) & wanted) === wanted;
}

/** The folders above a path, from the root on. */
function above(path: string): string[] {
  const parts = path.split('/').slice(1, -1);
  return ['/', ...parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)];
}

function reaches(root: Root, path: string, may: (stat: RootStat, wanted: number) => boolean, wanted: number): boolean | null {
  const real = root.real(path);
  const stat = real === undefined ? undefined : root.stat(real);
  if (real === undefined || !stat) return null;
  const folders = above(real).map(folder => root.stat(folder));
  return folders.every(folder => folder !== undefined && may(folder, ENTER)) && may(stat, wanted);
}

/** Whether a user may write to what is at a path, as to a socket that it wants to use; null where nothing is there. */
export function mayUse(root: Root, path: string, account: Account): boolean | null {
  return reaches(root, path, (stat, wanted) => allows(stat, account, wanted), WRITE);
}

/**
 * Who may read a file.
 * @param account Prosody's user
 */
export function fileFact(root: Root, accounts: Accounts, account: Account, path: string, purpose: FilePurpose): FileFact {
  const stat = root.stat(path);
  const wanted = stat?.kind === 'directory' ? READ | ENTER : READ;
  const readable = account.exists ? reaches(root, path, (file, bits) => allows(file, account, bits), wanted) : null;
  return {
    path,
    purpose,
    exists: stat !== undefined,
    owner: stat ? accounts.user(stat.uid) : null,
    group: stat ? accounts.group(stat.gid) : null,
    mode: stat?.mode ?? null,
    readable,
    open: reaches(root, path, (file, bits) => (file.mode & bits) === bits, wanted) === true,
    changed: stat?.changed ?? null,
  };
}
