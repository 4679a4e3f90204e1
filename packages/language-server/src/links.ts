import { lstatSync, readlinkSync, realpathSync, symlinkSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import type { DiskAnswer } from './environment.js';

/**
 * Makes a symbolic link, only inside one of the folders and only to something inside the same folder; what is there
 * already is never overwritten. Never throws.
 * @param link `{ path, target }` as a code action carries it, but from outside, so anything
 * @param folders the folders of the open configuration trees, absolute
 */
export function makeLink(link: unknown, folders: readonly string[]): DiskAnswer {
  if (!isLink(link) || !isAbsolute(link.path)) return { ok: false, problem: 'There is no link to make.' };
  const { path, target } = link;
  try {
    const folder = realpathSync(dirname(path));
    const points = reality(resolve(folder, target));
    const allowed = folders
      .filter(isAbsolute)
      .map(reality)
      .some(root => inside(folder, root) && inside(points, root));
    if (!allowed) return { ok: false, problem: `${path} is not linked: it would lead out of the configuration's folder.` };
    const place = join(folder, basename(path));
    if (lstatSync(place, { throwIfNoEntry: false })) {
      return isLinkTo(place, target) ? { ok: true } : { ok: false, problem: `${path} is there already; nothing was linked.` };
    }
    symlinkSync(target, place);
    return { ok: true };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return { ok: false, problem: `${path} could not be linked to ${target} (${code}). As root: ln -s ${target} ${path}` };
  }
}

function isLink(value: unknown): value is { path: string; target: string } {
  if (typeof value !== 'object' || value === null || !('path' in value) || !('target' in value)) return false;
  return [value.path, value.target].every(part => typeof part === 'string' && part !== '' && !part.includes('\0'));
}

function isLinkTo(path: string, target: string): boolean {
  return lstatSync(path).isSymbolicLink() && readlinkSync(path) === target;
}

/** The path with its links followed as far as it is there. */
function reality(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(reality(above), basename(path));
  }
}

function inside(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}
