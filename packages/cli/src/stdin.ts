import { decode } from '@prosodist/core';
import { MOST_BYTES } from '@prosodist/machine';
import type { Input } from './io.js';
import { CommandError } from './status.js';

/** All of standard input, as `decode` makes text of it. @throws CommandError when it is larger than a file may be */
export async function readStdin(input: Input): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of input) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    length += bytes.length;
    if (length > MOST_BYTES) throw new CommandError('standard input is too large');
    parts.push(bytes);
  }
  return decode(Buffer.concat(parts));
}
