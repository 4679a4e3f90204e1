/** Prosody's own path rules: util/paths.lua of 0.12 and 13.0, which do not differ here. */

import { toByteString } from '../text/index.js';

/**
 * `resolve_relative_path`: one leading `./` goes, a relative path is put behind the parent's, `..` stays as it is.
 * An empty parent makes `/path`, as in Prosody started with `--config prosody.cfg.lua`.
 */
export function resolveRelativePath(parent: string, path: string): string {
  const own = path.replace(/^\.\/+/, '');
  return own.startsWith('/') ? own : `${parent.replace(/\/+$/, '')}/${own}`;
}

/** The folder part of a file's path with its slash, empty when there is none (`config_file:gsub("[^/]+$", "")`). */
export function folderOf(path: string): string {
  return path.replace(/[^/]+$/, '');
}

/** The part of a path behind its last slash. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether Include takes the path for a wildcard: `file:match("[*?]")`. */
export function isGlob(path: string): boolean {
  return /[*?]/.test(path);
}

/** `glob_to_pattern`: `*` is anything, `?` one character, all else literal, anchored at both ends. */
export function globMatches(pattern: string, file: string): boolean {
  // a character of Lua is a byte
  const glob = toByteString(pattern);
  const name = toByteString(file);
  let g = 0;
  let n = 0;
  let star = -1;
  let mark = 0;
  // the usual two-pointer match: linear where a regular expression could backtrack for ever
  while (n < name.length) {
    if (g < glob.length && (glob[g] === '?' || (glob[g] === name[n] && glob[g] !== '*'))) {
      g++;
      n++;
    } else if (glob[g] === '*') {
      star = g++;
      mark = n;
    } else if (star >= 0) {
      g = star + 1;
      n = ++mark;
    } else return false;
  }
  while (glob[g] === '*') g++;
  return g === glob.length;
}
