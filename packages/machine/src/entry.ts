import { baseName, type FileSystem, folderOf, load, normalize, type ProsodyVersion } from '@prosodist/core';
import { diskFiles } from './disk.js';

/** Where Debian has Prosody's configuration. */
export const DEFAULT_ENTRY = '/etc/prosody/prosody.cfg.lua';

export type EntryResult =
  | {
      /** Path of the entry file, in the form in which `load` wants it: never without a folder. */
      readonly entry: string;
      /** False for a lone file whose surroundings are not known. */
      readonly complete: boolean;
      /** The file that was named, where that is one that the entry includes. */
      readonly part?: string;
    }
  | { readonly problem: string };

const MAIN = 'prosody.cfg.lua';
/** Folders that hold parts of a configuration. */
const PART_FOLDERS = new Set(['conf.d', 'conf.avail']);
export interface EntryOptions {
  readonly prosody?: ProsodyVersion;
  /** The main file that the settings name; it is asked first. */
  readonly entry?: string | undefined;
}

/** How far above a part its entry file is looked for. */
const LEVELS = ['', '../', '../../'];

/**
 * Finds the configuration tree that a path means. A folder means its entry file; a part (in `conf.d` or `conf.avail`, or
 * beside an entry file that includes it) means the tree that reads it, and where none does it stands alone.
 * @param path as somebody typed it; `/etc/prosody/prosody.cfg.lua` unless said
 * @param files what to look in; the disk unless said
 * @returns the entry, or in one sentence why there is none
 */
export function findEntry(
  path: string = DEFAULT_ENTRY,
  files: FileSystem = diskFiles(),
  options: EntryOptions = {},
): EntryResult {
  const kind = files.stat(path)?.kind;
  if (kind === undefined) {
    const read = files.readFile(path);
    return { problem: `${path}: ${!read.ok && read.problem === 'denied' ? 'permission denied' : 'no such file or folder'}` };
  }
  if (kind === 'special') return { problem: `${path}: not a regular file` };
  return kind === 'directory' ? entryOfFolder(files, path, options) : entryOfFile(files, ownPath(path), options);
}

/**
 * The path with a folder in front, and without needless parts: Prosody puts an empty folder before what a bare name
 * includes, and looks in `/`.
 */
export function ownPath(path: string): string {
  const clean = normalize(path);
  return clean.includes('/') ? clean : `./${clean}`;
}

function entryOfFolder(files: FileSystem, path: string, options: EntryOptions): EntryResult {
  const folder = path.replace(/\/+$/, '') || '/';
  const inside = (name: string) => ownPath(`${folder}/${name}`);
  const { entry } = options;
  if (entry !== undefined && files.realPath(entry).startsWith(`${files.realPath(folder).replace(/\/$/, '')}/`))
    if (files.stat(entry)?.kind === 'file') return { entry: ownPath(entry), complete: true };
  for (const name of [MAIN, `prosody/${MAIN}`, `etc/prosody/${MAIN}`]) {
    if (files.stat(inside(name))?.kind === 'file') return { entry: inside(name), complete: true };
  }
  const listed = files.readDirectory(folder);
  if (!listed.ok) return { problem: `${path}: ${listed.problem}` };
  const configurations = listed.names.filter(name => name.endsWith('.cfg.lua') && !name.startsWith('.')).map(inside);
  const candidates = configurations.filter(file => opens(files, file));
  const includers = candidates.filter(file => opens(files, file) === 'includes');
  const only = includers.length === 1 ? includers[0] : candidates.length === 1 ? candidates[0] : undefined;
  const isPart = PART_FOLDERS.has(baseName(files.realPath(folder)));
  if (only && !isPart) return { entry: only, complete: true };
  const above = ownPath(`${folder}/../${MAIN}`);
  if (isPart && files.stat(above)?.kind === 'file') return entryOfFile(files, above, options);
  if (configurations.length === 0) return { problem: `${path}: no ${MAIN} and no other *.cfg.lua in this folder` };
  return { problem: `${path}: no ${MAIN}, and none of the other files is clearly the main one; name the file itself` };
}

function entryOfFile(files: FileSystem, path: string, options: EntryOptions): EntryResult {
  const real = files.realPath(path);
  const { entry } = options;
  if (entry !== undefined && files.stat(entry)?.kind === 'file') {
    if (files.realPath(entry) === real) return { entry: path, complete: true };
    if (includes(files, ownPath(entry), real, options)) return { entry: ownPath(entry), complete: true, part: path };
  }
  if (baseName(path) === MAIN) return { entry: path, complete: true };
  for (const level of LEVELS) {
    const above = ownPath(`${folderOf(path)}${level}${MAIN}`);
    if (files.stat(above)?.kind === 'file' && includes(files, above, real, options))
      return { entry: above, complete: true, part: path };
  }
  const isPart = [path, real].some(file => PART_FOLDERS.has(baseName(folderOf(file).replace(/\/+$/, ''))));
  return { entry: path, complete: !isPart && opens(files, path) !== undefined };
}

function includes(files: FileSystem, entry: string, real: string, options: EntryOptions): boolean {
  const { documents } = load(files, entry, options);
  return [...documents.keys()].some(file => files.realPath(file) === real);
}

/** Whether a file opens sections or includes others, so that it can be a tree of its own. */
function opens(files: FileSystem, path: string): 'includes' | 'sections' | undefined {
  const read = files.readFile(path);
  if (!read.ok) return undefined;
  if (/^[ \t]*Include\b/m.test(read.text)) return 'includes';
  return /^[ \t]*(?:VirtualHost|Component)\b/m.test(read.text) ? 'sections' : undefined;
}
