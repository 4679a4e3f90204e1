/**
 * The files that a configuration is read from, as the caller offers them: disk, open buffers over disk, a map, a browser.
 * Paths are POSIX paths, absolute or as the entry file was named. Nothing outside of it can be read.
 */
export interface FileSystem {
  /** The text of a file, as `decode` makes it of the bytes; or why it cannot be had. */
  readFile(path: string): FileText;
  /** The names in a folder, in the order in which the system gives them (Prosody does not sort); or why not. */
  readDirectory(path: string): DirectoryEntries;
  /** What is at the path, links followed; `undefined` when nothing is. */
  stat(path: string): FileStat | undefined;
  /** The path with all links followed; the path itself when nothing is there. */
  realPath(path: string): string;
}

/** `not a directory`: the way to it leads through what is no folder (ENOTDIR). */
export type FileProblem = 'missing' | 'directory' | 'not a directory' | 'denied' | 'special' | 'too large' | 'loop';

export type FileText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: FileProblem };

export type DirectoryEntries =
  | { readonly ok: true; readonly names: readonly string[] }
  | { readonly ok: false; readonly problem: FileProblem };

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'special';
  /** The entry itself is a symbolic link. */
  readonly link: boolean;
  /** Who may do what with what is at the path (`0o640`), where the file system can tell. */
  readonly mode?: number;
}

/** What to put into a file system made in memory: a text, or a symbolic link. */
export type MemoryFile = string | { readonly link: string };

/**
 * A file system of texts in memory. Folders exist where files are in them; names in a folder keep the order given.
 * @param files absolute or relative POSIX path → text, or `{ link: target }`
 * @param modes POSIX path → mode, of files and folders that have one
 */
export function memoryFiles(
  files: Readonly<Record<string, MemoryFile>>,
  modes: Readonly<Record<string, number>> = {},
): FileSystem {
  const modeOf = new Map(Object.entries(modes).map(([path, mode]) => [normalize(path), { mode }]));
  const entries = new Map(Object.entries(files).map(([path, file]) => [normalize(path), file]));
  const follow = (path: string): string | undefined => followLinks(entries, path);
  const isDirectory = (path: string) =>
    path === '' || path === '/' || [...entries.keys()].some(key => key.startsWith(`${path}/`));
  const throughFile = (path: string) => foldersAbove(path).some(folder => typeof entries.get(folder) === 'string');
  return {
    readFile(path) {
      const real = follow(path);
      if (real === undefined) return { ok: false, problem: 'loop' };
      const file = entries.get(real);
      if (typeof file === 'string') return { ok: true, text: file };
      return { ok: false, problem: isDirectory(real) ? 'directory' : throughFile(real) ? 'not a directory' : 'missing' };
    },
    readDirectory(path) {
      const real = follow(path);
      if (real === undefined) return { ok: false, problem: 'loop' };
      if (!isDirectory(real))
        return { ok: false, problem: entries.has(real) || throughFile(real) ? 'not a directory' : 'missing' };
      const prefix = real === '' || real === '/' ? real : `${real}/`;
      const names = [...entries.keys()].filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length).split('/')[0]!);
      return { ok: true, names: [...new Set(names)] };
    },
    stat(path) {
      const link = typeof entries.get(normalize(path)) === 'object';
      const real = follow(path);
      if (real === undefined) return undefined;
      if (typeof entries.get(real) === 'string') return { kind: 'file', link, ...modeOf.get(real) };
      return isDirectory(real) ? { kind: 'directory', link, ...modeOf.get(real) } : undefined;
    },
    realPath: path => follow(path) ?? path,
  };
}

/**
 * A file system with some files changed or added, for a plan that is not written yet or a buffer that is not saved.
 * A change is found under the path it is given for and under that path's real path. `null` takes the entry away: the link
 * itself, where the path is one.
 */
export function overlayFiles(below: FileSystem, changes: ReadonlyMap<string, MemoryFile | null>): FileSystem {
  const texts = new Map<string, string>();
  const links = new Map<string, string>();
  const gone = new Set<string>();
  for (const [path, change] of changes) {
    if (change === null) gone.add(normalize(path));
    else if (typeof change === 'string') {
      texts.set(normalize(path), change);
      texts.set(normalize(below.realPath(path)), change);
    } else links.set(normalize(path), change.link);
  }
  const through = (path: string, depth = 0): string => {
    const target = links.get(normalize(path));
    return target === undefined || depth > 40 ? path : through(resolveLink(normalize(path), target), depth + 1);
  };
  const text = (path: string) => texts.get(normalize(path)) ?? texts.get(normalize(below.realPath(path)));
  const missing = (path: string) =>
    gone.size > 0 &&
    (gone.has(normalize(path)) || gone.has(normalize(through(path))) || gone.has(normalize(below.realPath(through(path)))));
  return {
    readFile(path) {
      if (missing(path)) return { ok: false, problem: 'missing' };
      const changed = text(through(path));
      return changed === undefined ? below.readFile(through(path)) : { ok: true, text: changed };
    },
    readDirectory(path) {
      const listed = below.readDirectory(path);
      const prefix = `${normalize(path)}/`;
      const added = [...changes]
        .filter(([, change]) => change !== null)
        .map(([key]) => normalize(key))
        .filter(key => key.startsWith(prefix))
        .map(key => key.slice(prefix.length).split('/')[0]!);
      if (!listed.ok && added.length === 0) return listed;
      const names = new Set([...(listed.ok ? listed.names : []), ...added]);
      return { ok: true, names: [...names].filter(name => !gone.has(prefix + name)) };
    },
    stat(path) {
      if (missing(path)) return undefined;
      const target = through(path);
      const there = below.stat(target);
      // an edit leaves a file its mode
      const edited = { kind: 'file' as const, link: false, ...(there?.mode !== undefined && { mode: there.mode }) };
      const found = text(target) === undefined ? there : edited;
      return found && links.has(normalize(path)) ? { ...found, link: true } : found;
    },
    realPath: path => (gone.has(normalize(path)) ? path : below.realPath(through(path))),
  };
}

/** A path without `.`, `..` and doubled slashes; links are not followed. */
export function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !path.startsWith('/')) parts.push(part);
  }
  return (path.startsWith('/') ? '/' : '') + parts.join('/');
}

/** The folders on the way to a path. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Where a symbolic link at `path` with this target points. */
export function resolveLink(path: string, target: string): string {
  return normalize(target.startsWith('/') ? target : `${path.slice(0, path.lastIndexOf('/') + 1)}${target}`);
}

/** The path with every link on the way followed, or `undefined` when the links run in a circle. */
function followLinks(entries: ReadonlyMap<string, MemoryFile>, path: string): string | undefined {
  let rest = normalize(path);
  for (let hops = 0; hops <= 40; hops++) {
    const parts = rest.split('/');
    const at = parts.findIndex((_, index) => typeof entries.get(parts.slice(0, index + 1).join('/')) === 'object');
    if (at < 0) return rest;
    const head = parts.slice(0, at + 1).join('/');
    const target = resolveLink(head, (entries.get(head) as { link: string }).link);
    rest = normalize([target, ...parts.slice(at + 1)].join('/'));
  }
  return undefined;
}
