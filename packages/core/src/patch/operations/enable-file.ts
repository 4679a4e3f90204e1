import { type Configuration, folderOf, normalize } from '../../evaluate/index.js';
import { NO_CHANGES } from '../change.js';
import type { FileLinkOperation, PatchContext, Step } from '../operation.js';
import { isThere } from '../overlay.js';
import { already, changed, refused } from '../steps.js';

/**
 * Links a file of `conf.avail` into the folder that the configuration includes, as `ln -s ../conf.avail/NAME conf.d/NAME`
 * does. `name` is the file's name with its ending.
 */
export function enableFile({ files, configuration }: PatchContext, { name }: Omit<FileLinkOperation, 'op'>): Step {
  const folder = linkFolder(configuration);
  if (!folder) return refused('not-found', 'no Include of this configuration reads a folder, so a link would not be read');
  const path = `${folder}/${name}`;
  const file = normalize(`${folder}/../conf.avail/${name}`);
  const real = (one: string) => normalize(files.realPath(one));
  if (files.readFile(file).ok && [...configuration.documents.keys()].some(read => real(read) === real(file)))
    return already(`${file} is included already`);
  if (isThere(files, path))
    return refused(
      'exists',
      files.stat(path)
        ? `${path} is there already and is not a link to ${file}`
        : `${path} is a link already, to ${files.realPath(path)}, where nothing is`,
    );
  if (!files.readFile(file).ok) return refused('not-found', `${file} is not there, so a link would lead to nothing`);
  return changed(`${path} linked to ${file}`, { ...NO_CHANGES, links: [{ path, target: `../conf.avail/${name}` }] });
}

/** The folder of the first wildcard include that reads `*.cfg.lua`. */
export function linkFolder(configuration: Configuration): string | undefined {
  const include = configuration.includes.find(candidate => candidate.glob && candidate.path.endsWith('/*.cfg.lua'));
  return include && normalize(folderOf(include.path));
}
