import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs';

export type Path = string | Buffer;

/** Owner and mode of a file. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

export function ownerOf(stat: Stats): Owner {
  return { uid: stat.uid, gid: stat.gid, mode: stat.mode & 0o7777 };
}

/** Whom files belong to that this process makes. */
export function self(): { uid: number; gid: number } {
  return { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
}

/**
 * Writes a new file that only we can read, gives it its owner and then its mode, and has it on the disk when it returns.
 * @throws the system's error; then the file is gone again
 */
export function writeNew(path: Path, bytes: Uint8Array, owner: Owner): void {
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
  try {
    fchownSync(descriptor, owner.uid, owner.gid);
    // after the owner: a change of owner clears bits of the mode, and nobody may read it as the wrong one
    fchmodSync(descriptor, owner.mode);
    writeAll(descriptor, bytes);
    fsyncSync(descriptor);
  } catch (error) {
    removeQuietly(path);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Writes into the file itself: its owner, mode, ACL and other names stay. */
export function writeInto(path: Path, bytes: Uint8Array): void {
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    writeAll(descriptor, bytes);
    ftruncateSync(descriptor, bytes.length);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at, at);
}

/** Makes a folder's new names last; not every file system can. */
export function syncFolder(path: Path): void {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // the files themselves are on the disk; a name that is lost in a power cut leaves the old file, which is whole too
  }
}

export function removeQuietly(path: Path): void {
  try {
    unlinkSync(path);
  } catch {
    // gone already
  }
}
