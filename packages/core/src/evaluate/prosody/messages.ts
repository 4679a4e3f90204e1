import type { FileProblem } from '../files.js';

/** What C's strerror says of a problem, behind the path as io.open puts it. */
export function fileError(path: string, problem: FileProblem | 'not a directory'): string {
  const words: Record<FileProblem | 'not a directory', string> = {
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
