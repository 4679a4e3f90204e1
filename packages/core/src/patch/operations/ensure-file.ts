import { NO_CHANGES } from '../change.js';
import type { PatchContext, Step } from '../operation.js';
import { already, changed, refused } from '../steps.js';

/** Writes a new file; one that is there with other content is never overwritten. */
export function ensureFile({ files }: PatchContext, operation: { file: string; text: string; secret?: boolean }): Step {
  const { file, text, secret = false } = operation;
  const read = files.readFile(file);
  if (read.ok)
    return read.text === text
      ? already(`${file} is there already`)
      : refused('exists', `${file} is there already, with other content`);
  if (files.stat(file)) return refused('exists', `${file} is there already and is no file`);
  return changed(`${file} written`, { ...NO_CHANGES, creates: [{ file, text, secret }] });
}
