// In which file the settings go, and how Prosody comes to read it.
import { baseName, type Configuration, folderOf, globMatches, normalize } from '../evaluate/index.js';
import { linkFolder, type Operation } from '../patch/index.js';
import { type Draft, textOf } from './draft.js';

const NAME = 'ldap.cfg.lua';

/** The file that was chosen, else `ldap.cfg.lua` where the tree's habits put it: conf.avail, the included folder, beside the entry. */
export function settingsFile(draft: Draft, configuration: Configuration): string {
  const top = folderOf(draft.entry);
  const { file } = draft.choices;
  if (file !== undefined) return normalize(file.startsWith('/') ? file : top + file);
  const folder = folderForLinks(draft, configuration);
  if (folder === undefined) return normalize(top + NAME);
  const available = normalize(`${folder}/../conf.avail`);
  return draft.overlay.files.readDirectory(available).ok ? `${available}/${NAME}` : `${folder}/${NAME}`;
}

/** The folder that is included, or Debian's `conf.d`, which can be. */
function folderForLinks({ entry, overlay }: Draft, configuration: Configuration): string | undefined {
  const included = linkFolder(configuration);
  if (included !== undefined) return included;
  const usual = normalize(`${folderOf(entry)}conf.d`);
  return overlay.files.readDirectory(usual).ok ? usual : undefined;
}

/** Whether Prosody reads a file, under whatever name. */
export function isRead({ overlay }: Draft, configuration: Configuration, file: string): boolean {
  const real = (path: string) => normalize(overlay.files.realPath(path));
  return [...configuration.documents.keys()].some(read => real(read) === real(file));
}

/** The operations after which Prosody reads a file: none where it does; an Include of the folder comes before a link in it. */
export function readingOf(draft: Draft, configuration: Configuration, file: string): readonly Operation[] {
  if (textOf(draft, file) !== undefined && isRead(draft, configuration, file)) return [];
  const folder = folderForLinks(draft, configuration);
  const here = normalize(folderOf(file).replace(/(?!^)\/$/, ''));
  const include: Operation[] =
    folder !== undefined && linkFolder(configuration) === undefined
      ? [{ op: 'ensure.include', pattern: `${baseName(folder)}/*.cfg.lua` }]
      : [];
  if (folder !== undefined && file.endsWith('.cfg.lua')) {
    if (here === normalize(`${folder}/../conf.avail`)) return [...include, { op: 'enable.file', name: baseName(file) }];
    if (here === folder) return include;
  }
  const read = configuration.includes.some(
    ({ glob, path }) =>
      glob && normalize(folderOf(path)) === normalize(folderOf(file)) && globMatches(baseName(path), baseName(file)),
  );
  if (read) return [];
  const top = normalize(folderOf(draft.entry));
  return [{ op: 'ensure.include', pattern: file.startsWith(top) ? file.slice(top.length).replace(/^\//, '') : file }];
}
