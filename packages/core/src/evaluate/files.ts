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

export type FileProblem = 'missing' | 'directory' | 'denied' | 'special' | 'too large' | 'loop';

export type FileText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: FileProblem };

export type DirectoryEntries =
  | { readonly ok: true; readonly names: readonly string[] }
  | { readonly ok: false; readonly problem: FileProblem | 'not a directory' };

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'special';
  /** The entry itself is a symbolic link. */
  readonly link: boolean;
}

/** What to put into a file system made in memory: a text, or a symbolic link. */
export type MemoryFile = string | { readonly link: string };

/**
 * A file system of texts in memory. Folders exist where files are in them; names in a folder keep the order given.
 * @param files absolute or relative POSIX path → text, or `{ link: target }`
 */
export function memoryFiles(files: Readonly<Record<string, MemoryFile>>): FileSystem {
  const entries = new Map(Object.entries(files).map(([path, file]) => [normalize(path), file]));
  const follow = (path: string): string | undefined => followLinks(entries, path);
  const isDirectory = (path: string) =>
    path === '' || path === '/' || [...entries.keys()].some(key => key.startsWith(`${path}/`));
  return {
    readFile(path) {
      const real = follow(path);
      if (real === undefined) return { ok: false, problem: 'loop' };
      const file = entries.get(real);
      if (typeof file === 'string') return { ok: true, text: file };
      return { ok: false, problem: isDirectory(real) ? 'directory' : 'missing' };
    },
    readDirectory(path) {
      const real = follow(path);
      if (real === undefined || !isDirectory(real))
        return { ok: false, problem: real && entries.has(real) ? 'not a directory' : 'missing' };
      const prefix = real === '' || real === '/' ? real : `${real}/`;
      const names = [...entries.keys()].filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length).split('/')[0]!);
      return { ok: true, names: [...new Set(names)] };
    },
    stat(path) {
      const link = typeof entries.get(normalize(path)) === 'object';
      const real = follow(path);
      if (real === undefined) return undefined;
      if (typeof entries.get(real) === 'string') return { kind: 'file', link };
      return isDirectory(real) ? { kind: 'directory', link } : undefined;
    },
    realPath: path => follow(path) ?? path,
  };
}

/**
 * A file system with some files changed or added, for a plan that is not written yet or a buffer that is not saved.
 * A change is found under the path it is given for and under that path's real path.
 */
export function overlayFiles(below: FileSystem, changes: ReadonlyMap<string, MemoryFile>): FileSystem {
  const texts = new Map<string, string>();
  const links = new Map<string, string>();
  for (const [path, change] of changes) {
    if (typeof change === 'string') {
      texts.set(normalize(path), change);
      texts.set(normalize(below.realPath(path)), change);
    } else links.set(normalize(path), change.link);
  }
  const through = (path: string, depth = 0): string => {
    const target = links.get(normalize(path));
    return target === undefined || depth > 40 ? path : through(resolveLink(normalize(path), target), depth + 1);
  };
  const text = (path: string) => texts.get(normalize(path)) ?? texts.get(normalize(below.realPath(path)));
  return {
    readFile(path) {
      const changed = text(through(path));
      return changed === undefined ? below.readFile(through(path)) : { ok: true, text: changed };
    },
    readDirectory(path) {
      const listed = below.readDirectory(path);
      const prefix = `${normalize(path)}/`;
      const added = [...changes.keys()]
        .map(normalize)
        .filter(key => key.startsWith(prefix))
        .map(key => key.slice(prefix.length).split('/')[0]!);
      if (!listed.ok && added.length === 0) return listed;
      return { ok: true, names: [...new Set([...(listed.ok ? listed.names : []), ...added])] };
    },
    stat(path) {
      const target = through(path);
      const found = text(target) === undefined ? below.stat(target) : { kind: 'file' as const, link: false };
      return found && links.has(normalize(path)) ? { ...found, link: true } : found;
    },
    realPath: path => below.realPath(through(path)),
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
