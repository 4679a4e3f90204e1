import { NO_CHANGES } from '../change.js';
import { absolutePath } from '../insert.js';
import type { EnsureFileOperation, PatchContext, Step } from '../operation.js';
import { already, changed, refused } from '../steps.js';

/** Writes a new file; one that is there with other content is never overwritten. A path is relative to the entry's folder. */
export function ensureFile({ files, configuration }: PatchContext, operation: Omit<EnsureFileOperation, 'op'>): Step {
  const { file: named, text, secret = false } = operation;
  const file = absolutePath(configuration, named);
  const read = files.readFile(file);
  if (read.ok)
    // what was put into it since does not matter
    return read.text.includes(text.trim())
      ? already(`${file} is there already`)
      : refused('exists', `${file} is there already, with other content`, [{ file, start: 0, end: 0 }]);
  if (files.stat(file)) return refused('exists', `${file} is there already and is no file`);
  return changed(`${file} written`, { ...NO_CHANGES, creates: [{ file, text, secret }] });
}
