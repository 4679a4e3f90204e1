import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { decode, type PlannedFile } from '@prosodist/core';
import { osPath } from '../paths.js';
import { ownName } from './place.js';
import { type Owner, ownerOf, type Path, self } from './stage.js';
import { bytesAt } from './state.js';

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

/**
 * A file that gets another name is a new one and one that goes, in a plan. Its owner and mode go with it. Which of the new
 * ones it is, its lines tell: many of them are the same.
 */
export function ownersOfRenamed(files: readonly PlannedFile[], removes: readonly string[], cwd: string): Map<string, Owner> {
  const owners = new Map<string, Owner>();
  for (const own of removes.map(file => ownName(file, cwd))) {
    const stat = lstatSync(osPath(own, '/'), { throwIfNoEntry: false });
    if (!stat?.isFile()) continue;
    const lines = linesOf(decode(bytesAt(own) ?? Buffer.alloc(0)));
    const shared = ({ after }: PlannedFile) => [...linesOf(after)].filter(line => lines.has(line)).length;
    const [best] = files
      .filter(({ file, before }) => before === null && !owners.has(file) && dirname(ownName(file, cwd)) === dirname(own))
      .sort((one, other) => shared(other) - shared(one));
    if (best && shared(best) * 3 >= lines.size) owners.set(best.file, ownerOf(stat));
  }
  return owners;
}

/** The lines of a text that say something: a bracket is in every file. */
function linesOf(text: string): Set<string> {
  return new Set(text.split('\n').flatMap(line => (/\w/.test(line) ? line.trim() : [])));
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
