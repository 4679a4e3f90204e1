import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readlinkSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '@prosodist/core';
import { readAll } from '../disk.js';

/** What is at a path of the machine. */
export interface RootStat {
  readonly kind: 'file' | 'directory' | 'other';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

/** The file system of a machine, from its root. Paths are absolute as that machine knows them. Nothing throws. */
export interface Root {
  readonly path: string;
  /** The text of a file of at most 16 MiB; undefined where it cannot be had. */
  readonly read: (path: string) => string | undefined;
  readonly names: (path: string) => readonly string[];
  readonly stat: (path: string) => RootStat | undefined;
  /** The path with its links followed, as the machine knows it; undefined where nothing is. */
  readonly real: (path: string) => string | undefined;
}

/** Links on one way, as the kernel counts them. */
const MOST_LINKS = 40;
/** A folder with more names is listed up to here. */
const MOST_NAMES = 10_000;

/**
 * The file system below a folder, where links lead to what they name below that folder: `/usr/bin/lua` of a mounted system
 * is not that of the system which looks.
 * @param path where the machine's file system begins; `/` for this one
 */
export function rootAt(path: string): Root {
  const place = (inside: string) => join(path, inside);
  const real = (inside: string) => resolved(place, inside);
  const at = <Result>(inside: string, look: (outside: string) => Result): Result | undefined => {
    const found = real(inside);
    return found === undefined ? undefined : attempt(() => look(place(found)));
  };
  return {
    path,
    real,
    read: inside => at(inside, readText),
    names: inside => at(inside, outside => readdirSync(outside).slice(0, MOST_NAMES)) ?? [],
    stat: inside => at(inside, outside => statOf(statSync(outside))),
  };
}

function attempt<Result>(look: () => Result): Result | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function readText(path: string): string | undefined {
  // what is no regular file is not waited for
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    const stat = fstatSync(descriptor);
    const bytes = stat.isFile() ? readAll(descriptor, stat.size) : undefined;
    return bytes && decode(bytes);
  } finally {
    closeSync(descriptor);
  }
}

function statOf(stat: Stats): RootStat {
  const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other';
  return { kind, mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid, changed: stat.mtimeMs };
}

function resolved(place: (inside: string) => string, path: string): string | undefined {
  let parts = path.split('/');
  let at = '';
  for (let links = 0; parts.length > 0; ) {
    const [part, ...rest] = parts;
    parts = rest;
    if (part === '' || part === '.') continue;
    if (part === '..') {
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
      continue;
    }
    const next = `${at}/${part}`;
    const stat = attempt(() => lstatSync(place(next)));
    if (!stat) return undefined;
    if (!stat.isSymbolicLink()) {
      at = next;
      continue;
    }
    const target = attempt(() => readlinkSync(place(next)));
    if (target === undefined || ++links > MOST_LINKS) return undefined;
    if (target.startsWith('/')) at = '';
    parts = [...target.split('/'), ...rest];
  }
  return at || '/';
}
