import { NO_CHANGES } from '../change.js';
import type { FileLinkOperation, PatchContext, Step } from '../operation.js';
import { isThere } from '../overlay.js';
import { already, changed, refused } from '../steps.js';
import { linkFolder } from './enable-file.js';

/** Takes the link to a file of `conf.avail` out of the folder that the configuration includes. The file itself stays. */
export function disableFile({ files, configuration }: PatchContext, { name }: Omit<FileLinkOperation, 'op'>): Step {
  const folder = linkFolder(configuration);
  if (!folder) return refused('not-found', 'no Include of this configuration reads a folder with links');
  const path = `${folder}/${name}`;
  if (!isThere(files, path)) return already(`${path} is not there`);
  // a link to nothing is a link too
  if (files.stat(path) && !files.stat(path)!.link)
    return refused('exists', `${path} is a file and no link; taking it away would lose what is in it`, [
      { file: path, start: 0, end: 0 },
    ]);
  return changed(`the link ${path} removed`, { ...NO_CHANGES, removes: [path] });
}
