import {
  lstatSync,
  mkdirSync,
  opendirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, posix } from 'node:path';

/** What stands at a path: a text (written as UTF-8), bytes, a symbolic link, or a folder that need not have anything in it. */
export type FileSpec = string | Uint8Array | { link: string } | { directory: true };

/** Path → what stands there. Relative paths are below /etc/prosody. */
export type Files = Readonly<Record<string, FileSpec>>;

/** Where relative paths are, as Debian has it. */
export const home = '/etc/prosody';

/** The absolute path of one that may be relative to Debian's folder. */
export function absolute(path: string): string {
  return posix.resolve(home, path);
}

/**
 * The files of one tree after another at their absolute paths below a root folder. Nothing that is there already is written
 * over or followed: the root's programs are links to those of every other test, and a link may lead out of the root.
 */
export class Ground {
  readonly #root: string;
  #files: string[] = [];
  /** Files of Debian's that stand aside for the tree. */
  #aside: string[] = [];
  /** The folders made here, a parent before what is in it. They stay for the next tree if it has them too. */
  #folders = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Puts a tree in the place of the one before; returns the names in each of its folders in the system's order. */
  place(files: Files): Record<string, string[]> {
    for (const path of this.#files.splice(0)) unlinkSync(this.#real(path));
    for (const path of this.#aside.splice(0)) renameSync(this.#real(`${path}.debian`), this.#real(path));
    // Links last, so that no file is written through one.
    const sorted = Object.entries(files).sort(([, a], [, b]) => Number(isLink(a)) - Number(isLink(b)));
    const entries = sorted.map(([path, file]) => ({ path: absolute(path), file }));
    const wanted = new Set(entries.flatMap(({ path, file }) => ancestors(isFolder(file) ? `${path}/` : path)));
    for (const path of [...this.#folders].reverse()) if (!wanted.has(path)) this.#removeFolder(path);
    const umask = process.umask(0o022);
    try {
      for (const path of wanted) this.#makeFolder(path);
      for (const { path, file } of entries) if (!isFolder(file)) this.#makeFile(path, file);
    } finally {
      process.umask(umask);
    }
    return Object.fromEntries([...this.#folders].map(path => [path, unsorted(this.#real(path))]));
  }

  #makeFile(path: string, file: Exclude<FileSpec, { directory: true }>): void {
    // a file of Debian's makes place; it is another name of the lab's own, so it must not be written into
    if (!this.#files.includes(path) && lstatSync(this.#real(path), { throwIfNoEntry: false })?.isFile()) {
      renameSync(this.#real(path), this.#real(`${path}.debian`));
      this.#aside.push(path);
    }
    if (isLink(file)) symlinkSync(file.link, this.#real(path));
    else writeFileSync(this.#real(path), file, { flag: 'wx' });
    this.#files.push(path);
  }

  #makeFolder(path: string): void {
    if (this.#folders.has(path)) return;
    const stat = lstatSync(this.#real(path), { throwIfNoEntry: false });
    if (stat?.isDirectory()) return;
    if (stat) throw new Error(`${path} is no folder in this Debian`);
    mkdirSync(this.#real(path));
    this.#folders.add(path);
  }

  #removeFolder(path: string): void {
    rmdirSync(this.#real(path));
    this.#folders.delete(path);
  }

  #real(path: string): string {
    return join(this.#root, path);
  }
}

// The folders above a path, outermost first, without the root.
function ancestors(path: string): string[] {
  return path
    .split('/')
    .slice(1, -1)
    .map((_, index, names) => `/${names.slice(0, index + 1).join('/')}`);
}

/** Everything below a folder, by path relative to it, links as links. */
export function readTree(folder: string): Record<string, FileSpec> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).map(entry => {
    const path = join(entry.parentPath, entry.name);
    const file = entry.isSymbolicLink()
      ? { link: readlinkSync(path) }
      : entry.isDirectory()
        ? { directory: true as const }
        : bytesOrText(path);
    return [posix.relative(folder, path), file] as const;
  });
  const needless = new Set(entries.map(([path]) => dirname(path)));
  return Object.fromEntries(entries.filter(([path, file]) => !(isFolder(file) && needless.has(path))));
}

function bytesOrText(path: string): string | Uint8Array {
  const bytes = readFileSync(path);
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : new Uint8Array(bytes);
}

// readdir of Node sorts.
function unsorted(path: string): string[] {
  const names: string[] = [];
  const directory = opendirSync(path);
  for (let entry = directory.readSync(); entry; entry = directory.readSync()) names.push(entry.name);
  directory.closeSync();
  return names;
}

function isLink(file: FileSpec): file is { link: string } {
  return typeof file === 'object' && 'link' in file;
}

function isFolder(file: FileSpec): file is { directory: true } {
  return typeof file === 'object' && 'directory' in file;
}
