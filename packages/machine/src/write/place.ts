import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { baseName, decode } from '@prosodist/core';
import { errorCode, osPath } from '../paths.js';
import { self } from './stage.js';

/**
 * Where the writer keeps what is its own: in the folder of the entry file, under names that start with a dot, which no
 * Include reads. All paths are absolute and in core's form.
 */
export interface Place {
  readonly folder: string;
  /** The entry file's own name in this folder. */
  readonly entry: string;
  /** Who is writing: a symbolic link to nothing, whose target says it. */
  readonly lock: string;
  /** What a write is about to do; there only while it goes on, or when it was interrupted. */
  readonly journal: string;
  /** The originals of the last writes, for `undo`. */
  readonly history: string;
  /** A copy of the tree as it would be, for commands that verify it. */
  readonly staged: string;
}

/** @param entry the entry file, as somebody named it; links are followed, so that one tree has one place */
export function placeOf(entry: string, cwd: string): Place {
  const real = ownName(realFile(entry, cwd));
  const folder = folderPath(real);
  const at = (name: string) => `${folder === '/' ? '' : folder}/${name}`;
  return {
    folder,
    entry: baseName(real),
    lock: at('.prosodist.lock'),
    journal: at('.prosodist.journal'),
    history: historyOf(at('.prosodist')),
    staged: at('.prosodist.staged'),
  };
}

/** The folder's real path, and the last name as it is: a link stays the link that it is. */
export function ownName(file: string, cwd = '/'): string {
  const absolute = file.startsWith('/') ? file : `${cwd.replace(/\/+$/, '')}/${file}`;
  const folder = realFile(folderPath(absolute), '/');
  return `${folder === '/' ? '' : folder}/${baseName(absolute)}`;
}

function folderPath(file: string): string {
  return file.slice(0, file.lastIndexOf('/')).replace(/\/+$/, '') || '/';
}

function realFile(file: string, cwd: string): string {
  try {
    return decode(realpathSync.native(osPath(file, cwd), { encoding: 'buffer' }));
  } catch {
    return file.startsWith('/') ? file : `${cwd.replace(/\/+$/, '')}/${file}`;
  }
}

/** Originals hold secrets: a folder that another user has made is not used, and ours stands beside it. */
function historyOf(path: string): string {
  const stat = lstatSync(osPath(path, '/'), { throwIfNoEntry: false });
  const { uid } = self();
  return stat === undefined || (stat.isDirectory() && stat.uid === uid) ? path : `${path}.${uid}`;
}

/** Makes a folder that only we can enter. Git is told to leave it alone: originals hold secrets. */
export function makeHistory({ history }: Place): void {
  const path = osPath(history, '/');
  try {
    mkdirSync(path, 0o700);
    writeFileSync(osPath(`${history}/.gitignore`, '/'), '*\n', { mode: 0o600 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  const stat = lstatSync(path);
  if (!stat.isDirectory() || stat.uid !== self().uid)
    throw Object.assign(new Error(`${history} belongs to somebody else`), { code: 'EACCES' });
  if ((stat.mode & 0o077) !== 0) chmodSync(path, 0o700);
}

/** A path as it is noted: below the place's folder without it, so that a tree can be moved. */
export function noted({ folder }: Place, path: string): string {
  const head = folder === '/' ? '/' : `${folder}/`;
  return path.startsWith(head) ? path.slice(head.length) : path;
}

/** The path that was noted. */
export function unnoted({ folder }: Place, path: string): string {
  return path.startsWith('/') ? path : `${folder === '/' ? '' : folder}/${path}`;
}

/** A free name beside a file: `.NAME.XXXXXX.tmp`. It starts with a dot and has another ending, so no Include reads it. */
export function helperName(path: string): string {
  return path.replace(/[^/]*$/, name => `.${name}.${token()}.tmp`);
}

/** Six random hexadecimal digits. */
export function token(): string {
  return randomBytes(3).toString('hex');
}

/** Names in the place's folder that lock and journal had for a moment, before they got their own. */
export function momentary({ folder }: Place): string[] {
  return readdirSync(osPath(folder, '/'))
    .filter(name => /^\.prosodist\.(?:lock|journal)\.[0-9a-f]{6}$/.test(name))
    .map(name => `${folder === '/' ? '' : folder}/${name}`);
}
