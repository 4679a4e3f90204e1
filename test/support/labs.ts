import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of what test/labs/ installs, or of one of its parts. A cache: deleting it costs only time. */
export function labsFolder(...parts: string[]): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(process.env.PROSODIST_LABS || join(cache, 'prosodist-labs'), ...parts);
}
