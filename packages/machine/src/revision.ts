import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { posix } from 'node:path';
import { decode, type FileSystem, type MemoryFile, memoryFiles } from '@prosodist/core';

/** Bytes of all files of a revision together; a configuration is far below. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Milliseconds for one question to git. */
const PATIENCE = 20_000;

/**
 * The files of a git revision, as a file system: nothing is checked out. It asks the installed `git`, the one program that
 * Prosodist starts, and only here; git's own hooks and filters do not run for what is asked.
 * @param revision what git takes for a commit: `HEAD~1`, a tag, a hash
 * @param cwd a folder inside the repository; relative paths count from it
 */
export function revisionFiles(revision: string, cwd: string): FileSystem | { readonly problem: string } {
  if (revision.startsWith('-')) return { problem: `${revision} is not a revision` };
  try {
    const top = git(cwd, ['rev-parse', '--show-toplevel']).toString('utf8').trim();
    const commit = git(cwd, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`])
      .toString('utf8')
      .trim();
    const listed = git(top, ['ls-tree', '-r', '-z', '--full-tree', commit]).toString('latin1');
    const here = realpathSync(cwd);
    const entries: [string, MemoryFile][] = [];
    for (const [, mode, hash, name] of listed.matchAll(/(\d+) blob ([0-9a-f]+)\t([^\0]+)\0/g)) {
      // a configuration is text in few files; what else a repository holds is not read
      if (!/\.lua$|\/conf\.d\/|\/conf\.avail\//.test(name!)) continue;
      const path = decode(Buffer.from(name!, 'latin1'));
      const text = decode(git(top, ['cat-file', 'blob', hash!]));
      const file: MemoryFile = mode === '120000' ? { link: text } : text;
      const absolute = posix.join(top, path);
      entries.push([absolute, file], [posix.relative(here, absolute), file]);
    }
    return memoryFiles(Object.fromEntries(entries));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { problem: missing ? 'git is not installed, so a revision cannot be read' : `git has no revision ${revision} here` };
  }
}

function git(cwd: string, args: readonly string[]): Buffer {
  return execFileSync('git', ['--no-pager', '--literal-pathspecs', ...args], {
    cwd,
    maxBuffer: MOST_BYTES,
    timeout: PATIENCE,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
