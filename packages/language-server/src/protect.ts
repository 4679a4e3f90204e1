import { chmodSync, chownSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';
import type { DiskAnswer } from './environment.js';

/** Owner may write, group may read: as Debian has the files of Prosody (`root:prosody`, 0640). */
const MODE = 0o640;

/**
 * Takes a new file's rights away from others, because a password will be saved into it, and gives it the group of the main file,
 * as which Prosody reads it. Only files inside one of the folders. Never throws.
 * @param file absolute path, from outside
 * @param folders the folders of the open configuration trees, absolute
 */
export function protectFile(file: string, folders: readonly string[]): DiskAnswer {
  const advice = `It will hold a password: as root, chown root:prosody ${file} and chmod 640 ${file}.`;
  try {
    const folder = isAbsolute(file) ? realpathSync(dirname(file)) : '';
    const tree = folders.find(root => folder === realpathSync(root) || folder.startsWith(realpathSync(root) + sep));
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (tree === undefined || !stat?.isFile()) return { ok: false, problem: `${file} is not there yet. ${advice}` };
    const narrower = stat.mode & MODE;
    if ((stat.mode & 0o777) !== narrower) chmodSync(file, narrower);
    const main = statSync(join(tree, 'prosody.cfg.lua'), { throwIfNoEntry: false });
    if (main && main.gid !== stat.gid) chownSync(file, stat.uid, main.gid);
    return { ok: true };
  } catch {
    return { ok: false, problem: `${file} could not be protected. ${advice}` };
  }
}
