import {
  type Configuration,
  type FileSystem,
  folderOf,
  globMatches,
  type LoadOptions,
  load,
  normalize,
} from '../evaluate/index.js';
import type { UnlinkedFile } from '../rules/rule.js';

/** A configuration and what is known of its surroundings. */
export interface Tree {
  readonly files: FileSystem;
  readonly configuration: Configuration;
  readonly complete: boolean;
  readonly placed: boolean;
  readonly unlinked: readonly UnlinkedFile[];
}

const AVAILABLE = 'conf.avail';
/** More than these are not looked at: no administrator has them. */
const MOST_FILES = 200;

/**
 * The files of `conf.avail` beside an included folder (Debian's habit: `conf.d/x.cfg.lua` links to `../conf.avail/…`)
 * that nothing includes, under whatever name.
 */
export function unlinkedFiles(files: FileSystem, configuration: Configuration, options: LoadOptions): UnlinkedFile[] {
  const read = new Set([...configuration.documents.keys()].map(path => normalize(files.realPath(path))));
  const found: UnlinkedFile[] = [];
  for (const { linkFolder, glob } of linkFolders(configuration)) {
    const folder = normalize(`${folderOf(linkFolder)}${AVAILABLE}`);
    const listed = files.readDirectory(folder);
    if (!listed.ok) continue;
    for (const name of [...listed.names].sort().slice(0, MOST_FILES)) {
      const file = `${folder}/${name}`;
      if (name.startsWith('.') || !globMatches(glob, name) || read.has(normalize(files.realPath(file)))) continue;
      read.add(normalize(files.realPath(file)));
      if (files.stat(file)?.kind === 'file') found.push({ file, linkFolder, configuration: load(files, file, options) });
    }
  }
  return found;
}

/** The folders that are included by a wildcard, with the wildcard of the names. */
export function linkFolders(configuration: Configuration): { linkFolder: string; glob: string }[] {
  return configuration.includes
    .filter(include => include.glob)
    .map(include => ({ linkFolder: normalize(folderOf(include.path)), glob: include.path.slice(folderOf(include.path).length) }));
}
