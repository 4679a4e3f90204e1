// A secret from a file: no list of processes and no history of a shell shows it.
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { decode } from '@prosodist/core';
import type { Io } from './io.js';
import { CommandError } from './status.js';
import { readStdin } from './stdin.js';
import { visible } from './visible.js';

/** No password is longer; what a program says without an end is not waited for. */
const MOST = 64 * 1024;

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EISDIR: 'a folder, not a file',
};

/**
 * The first line of a file, of a pipe (`<(pass show ldap)`), or of standard input for `-`.
 * @throws CommandError where there is none
 */
export async function firstLine(io: Io, file: string): Promise<string> {
  const text = file === '-' ? await readStdin(io.stdin) : await textOf(io, file);
  return text.replace(/^\ufeff/, '').replace(/\r?\n[\s\S]*$/, '');
}

async function textOf({ cwd }: Io, file: string): Promise<string> {
  try {
    const handle = await open(resolve(cwd, file), 'r');
    try {
      const buffer = Buffer.alloc(MOST);
      let length = 0;
      // the position stays the file's own: a pipe has no other
      for (let count = -1; count !== 0 && length < MOST && !buffer.subarray(0, length).includes(10); length += count)
        count = (await handle.read(buffer, length, MOST - length, null)).bytesRead;
      return decode(buffer.subarray(0, length));
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new CommandError(visible(`${file}: the password cannot be read: ${WORDS[code] ?? (code || String(error))}`));
  }
}
