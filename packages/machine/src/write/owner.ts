import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Owner, ownerOf, type Path } from './stage.js';

/** Owner and mode for a new file; `shared` when its group is one that others of the tree share, so that Prosody is in it. */
export interface NewOwner extends Owner {
  readonly shared: boolean;
}

/**
 * Whose a new file is: as a configuration beside it, else one in the folder above. A secret one is 0640 and belongs to
 * the group that reads the tree's other protected files, which on Debian is `prosody`: Prosody runs as that user, and would
 * not start with a file that it cannot read.
 */
export function newOwner(path: Path, secret: boolean, groups = '/etc/group'): NewOwner {
  const folder = dirname(path.toString());
  const siblings = [...configurations(folder), ...configurations(dirname(folder))];
  if (!secret) {
    const sibling = siblings[0];
    return sibling
      ? { ...ownerOf(sibling), mode: sibling.mode & 0o666, shared: true }
      : { ...self(), mode: 0o644, shared: false };
  }
  const guarded = siblings.find(stat => (stat.mode & 0o044) === 0o040);
  if (guarded) return { uid: guarded.uid, gid: guarded.gid, mode: 0o640, shared: true };
  const gid = process.geteuid?.() === 0 ? groupId(groups, 'prosody') : undefined;
  const owner = siblings[0] ?? self();
  return { uid: owner.uid, gid: gid ?? owner.gid, mode: 0o640, shared: gid !== undefined };
}

/** Whom files belong to that this process makes. */
export function self(): { uid: number; gid: number } {
  return { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
}

/** The configurations in a folder, sorted by name so that the choice does not depend on the folder's order. */
function configurations(folder: string): Stats[] {
  try {
    return readdirSync(folder)
      .filter(name => name.endsWith('.cfg.lua') && !name.startsWith('.'))
      .sort()
      .map(name => lstatSync(join(folder, name)))
      .filter(stat => stat.isFile());
  } catch {
    return [];
  }
}

function groupId(file: string, name: string): number | undefined {
  try {
    const line = readFileSync(file, 'utf8')
      .split('\n')
      .find(entry => entry.startsWith(`${name}:`));
    const id = Number(line?.split(':')[2]);
    return Number.isInteger(id) ? id : undefined;
  } catch {
    return undefined;
  }
}
