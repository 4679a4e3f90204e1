import type { FileProblem } from '../files.js';

/** What io.open's files give where a folder was opened: reading gives nil, and `load` wants a text or a function. */
export const FOLDER_READ = "bad argument #1 to 'load' (function expected, got nil)";

/** Why Prosody has no parser for a main file: it is named by the letters and digits at the path's end (config.load of core/configmanager.lua of 0.12 and 13.0). */
export function withoutParser(entry: string): string | undefined {
  const [format] = /[0-9A-Za-z]+$/.exec(entry) ?? [];
  if (format === 'lua') return undefined;
  return format === undefined ? 'no parser specified' : `no parser for ${format}`;
}

/** What C's strerror says of a problem, behind the path as io.open puts it. */
export function fileError(path: string, problem: FileProblem): string {
  const words: Record<FileProblem, string> = {
    missing: 'No such file or directory',
    directory: 'Is a directory',
    denied: 'Permission denied',
    special: 'not a regular file',
    'too large': 'File too large',
    loop: 'Too many levels of symbolic links',
    'not a directory': 'Not a directory',
  };
  return `${path}: ${words[problem]}`;
}
