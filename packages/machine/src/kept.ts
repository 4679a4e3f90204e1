import { statSync } from 'node:fs';
import type { FileSystem, FileText } from '@prosodist/core';
import { type DiskOptions, diskFiles } from './disk.js';
import { osPath } from './paths.js';

interface Kept {
  readonly stamp: string;
  readonly answer: FileText;
}

/** Texts that are kept; a configuration tree has far fewer files, a mistake may have far more. */
const MOST_KEPT = 2000;

/** A file that changed so few milliseconds ago may change again without the clock of the file system telling. */
const SETTLED = 100;

/**
 * The real disk for a program that runs on: a file is read again only when its size, times or place on the disk have
 * changed. Everything else is as `diskFiles` has it.
 */
export function keptFiles(options: DiskOptions = {}): FileSystem {
  const cwd = options.cwd ?? process.cwd();
  const disk = diskFiles(options);
  const kept = new Map<string, Kept>();
  return {
    ...disk,
    readFile(path) {
      // taken before the reading: what is written meanwhile has another stamp
      const stamp = stampOf(osPath(path, cwd));
      const known = kept.get(path);
      if (known && known.stamp === stamp) return known.answer;
      const answer = disk.readFile(path);
      kept.delete(path);
      if (kept.size >= MOST_KEPT) kept.clear();
      if (stamp !== undefined && answer.ok) kept.set(path, { stamp, answer });
      return answer;
    },
  };
}

function stampOf(path: string | Buffer): string | undefined {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = statSync(path, { bigint: true });
    if (Date.now() - Number(ctimeMs) < SETTLED) return undefined;
    return [dev, ino, size, mtimeNs, ctimeNs].join(':');
  } catch {
    return undefined;
  }
}
