import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  opendirSync,
  openSync,
  readlinkSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import {
  type DirectoryEntries,
  decode,
  type FileProblem,
  type FileStat,
  type FileSystem,
  type FileText,
  resolveLink,
} from '@prosodist/core';
import { errorCode, osPath } from './paths.js';

export interface DiskOptions {
  /** What relative paths are relative to; the process's working directory unless said. */
  readonly cwd?: string;
}

/** A configuration of this size is a mistake, or somebody's log. */
export const MOST_BYTES = 16 * 1024 * 1024;
/** A folder with more names is listed up to here. */
export const MOST_NAMES = 100_000;

/**
 * The real disk, read synchronously. Devices, pipes and sockets are refused without opening them; files are read up to
 * 16 MiB. Nothing throws: what the system refuses comes back as a problem.
 */
export function diskFiles(options: DiskOptions = {}): FileSystem {
  const cwd = options.cwd ?? process.cwd();
  return {
    readFile: path => attempt(() => readText(osPath(path, cwd)), failure),
    readDirectory: path => attempt(() => readNames(osPath(path, cwd)), failure),
    stat: path =>
      attempt(
        () => statAt(osPath(path, cwd)),
        () => undefined,
      ),
    realPath: path => realPathAt(path, cwd, 0),
  };
}

function attempt<Result>(action: () => Result, otherwise: (problem: FileProblem) => Result): Result {
  try {
    return action();
  } catch (error) {
    const code = errorCode(error);
    // everything else is a mistake of ours, except a path that no system call takes (a NUL in it)
    if (code === undefined) throw error;
    return otherwise(PROBLEMS[code] ?? 'missing');
  }
}

const PROBLEMS: Readonly<Record<string, FileProblem>> = {
  ENOENT: 'missing',
  ENOTDIR: 'not a directory',
  EISDIR: 'directory',
  EACCES: 'denied',
  EPERM: 'denied',
  EIO: 'denied',
  ELOOP: 'loop',
  ENXIO: 'special',
  ENODEV: 'special',
  EWOULDBLOCK: 'special',
  EFBIG: 'too large',
};

function failure(problem: FileProblem): { ok: false; problem: FileProblem } {
  return { ok: false, problem };
}

function readText(path: string | Buffer): FileText {
  const kind = kindOf(statSync(path));
  if (kind !== 'file') return { ok: false, problem: kind };
  // between the look and the opening it may have become a pipe: O_NONBLOCK keeps us from waiting for its writer
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return { ok: false, problem: kindOf(stat) === 'directory' ? 'directory' : 'special' };
    if (stat.size > MOST_BYTES) return { ok: false, problem: 'too large' };
    const bytes = readAll(descriptor, stat.size);
    return bytes ? { ok: true, text: decode(bytes) } : { ok: false, problem: 'too large' };
  } finally {
    closeSync(descriptor);
  }
}

/** All of a file; undefined when it turns out to be larger than it said (it grows, or is a file of /proc). */
export function readAll(descriptor: number, size: number): Buffer | undefined {
  let buffer = Buffer.alloc(size + 1);
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (count === 0) return buffer.subarray(0, length);
    length += count;
    if (length > MOST_BYTES) return undefined;
    if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.alloc(Math.max(4096, length))]);
  }
}

/** Read one by one: `readdirSync` sorts, and Prosody reads files in the order in which the system gives them. */
function readNames(path: string | Buffer): DirectoryEntries {
  if (!statSync(path).isDirectory()) return { ok: false, problem: 'not a directory' };
  // the type of `encoding` does not know 'buffer', which keeps names that are not UTF-8
  const folder = opendirSync(path as string, { encoding: 'buffer' as BufferEncoding, bufferSize: 256 });
  try {
    const names: string[] = [];
    while (names.length < MOST_NAMES) {
      const entry = folder.readSync();
      if (!entry) break;
      names.push(decode(entry.name as unknown as Buffer));
    }
    return { ok: true, names };
  } finally {
    folder.closeSync();
  }
}

function statAt(path: string | Buffer): FileStat | undefined {
  // to find nothing is usual here, and an error for it takes its time
  const own = lstatSync(path, { throwIfNoEntry: false });
  const link = own?.isSymbolicLink() === true;
  const stat = link ? statSync(path, { throwIfNoEntry: false }) : own;
  return stat && { kind: kindOf(stat), link, mode: stat.mode & 0o7777 };
}

function kindOf(stat: { isFile(): boolean; isDirectory(): boolean }): FileStat['kind'] {
  return stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'special';
}

function realPathAt(path: string, cwd: string, depth: number): string {
  try {
    return decode(realpathSync.native(osPath(path, cwd), { encoding: 'buffer' }));
  } catch {
    // nothing is there; a link that leads to nothing is still followed, so that it is seen as one
    const target = depth < 40 ? linkTarget(osPath(path, cwd)) : undefined;
    return target === undefined ? path : realPathAt(resolveLink(path, target), cwd, depth + 1);
  }
}

function linkTarget(path: string | Buffer): string | undefined {
  try {
    return decode(readlinkSync(path, { encoding: 'buffer' }));
  } catch {
    return undefined;
  }
}
