import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, readlinkSync, type Stats } from 'node:fs';
import { decode } from '@prosodist/core';
import { readAll } from '../disk.js';
import { errorCode, osPath } from '../paths.js';
import type { Owner } from './stage.js';

/** What is at a path: nothing, a link, or a file of these bytes. */
export type State =
  | { readonly kind: 'absent' }
  | { readonly kind: 'link'; readonly target: string }
  | ({ readonly kind: 'file'; readonly sha256: string } & Owner)
  | { readonly kind: 'other' };

export const ABSENT: State = { kind: 'absent' };

/** What is at a path now, links not followed; for a file its bytes too. */
export function stateAt(file: string): { readonly state: State; readonly stat?: Stats; readonly bytes?: Buffer } {
  const path = osPath(file, '/');
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return { state: ABSENT };
  if (stat.isSymbolicLink()) return { state: { kind: 'link', target: decode(readlinkSync(path, { encoding: 'buffer' })) }, stat };
  const read = stat.isFile() ? readFile(path) : undefined;
  return read ? { state: stateOf(read.bytes, read.stat), ...read } : { state: { kind: 'other' }, stat };
}

export function stateOf(bytes: Uint8Array, owner: Owner): State {
  const { uid, gid, mode } = owner;
  return { kind: 'file', sha256: sha256(bytes), uid, gid, mode: mode & 0o7777 };
}

/** Whether two states are the same to whoever reads the file. Owner and mode do not count: a write leaves them alone. */
export function alike(one: State, other: State): boolean {
  if (one.kind === 'file' && other.kind === 'file') return one.sha256 === other.sha256;
  if (one.kind === 'link' && other.kind === 'link') return one.target === other.target;
  return one.kind === 'absent' && other.kind === 'absent';
}

/** Whether two states are the same in everything. */
export function identical(one: State, other: State): boolean {
  if (one.kind !== 'file' || other.kind !== 'file') return alike(one, other);
  return alike(one, other) && one.uid === other.uid && one.gid === other.gid && one.mode === other.mode;
}

/**
 * Whether the bytes are what a write of one text over the other leaves when it ends early, and perhaps also the putting
 * back: a beginning of `before`, then some of `after`, then the rest of `before`.
 */
export function isTorn(bytes: Uint8Array, before: Uint8Array, after: Uint8Array): boolean {
  const longest = Math.max(before.length, after.length);
  if (bytes.length > longest || bytes.length < Math.min(before.length, after.length)) return false;
  let at = 0;
  for (const text of [before, after]) while (at < bytes.length && bytes[at] === text[at]) at++;
  return at === bytes.length || Buffer.compare(bytes.subarray(at), before.subarray(at)) === 0;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * A file's bytes, and whose it is.
 * @throws the system's error; undefined for what is no regular file
 */
export function readFile(path: string | Buffer): { readonly stat: Stats; readonly bytes: Buffer } | undefined {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(descriptor);
    const bytes = stat.isFile() ? readAll(descriptor, stat.size) : undefined;
    return bytes && { stat, bytes };
  } finally {
    closeSync(descriptor);
  }
}

/** A file's bytes, or undefined where nothing is. */
export function bytesAt(file: string): Buffer | undefined {
  try {
    return readFile(osPath(file, '/'))?.bytes;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
