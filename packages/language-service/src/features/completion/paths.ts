import { folderOf, isGlob, resolveRelativePath } from '@prosodist/core';
import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Place } from '../../place/place.js';
import type { Tree } from '../../tree.js';
import type { Proposal } from './item.js';

/** Names of one folder that are looked at. */
const MOST = 500;

/** What a path may lead to: by its ending; everything where nothing is said. */
export type Wanted = 'configuration' | 'certificate' | 'key' | 'folder' | 'any';

const ENDINGS: Readonly<Record<Wanted, RegExp>> = {
  configuration: /\.(?:cfg\.)?lua$/,
  certificate: /\.(?:crt|pem|cer|cert)$/i,
  key: /\.(?:key|pem)$/i,
  folder: /^$/,
  any: /./,
};

/**
 * Files and folders for the path that is being written, relative ones from the folder of the main file as Prosody has it.
 * @param written what stands in the string before the cursor
 */
export function pathProposals(tree: Tree, { literal }: Place, written: string, wanted: Wanted): Proposal[] {
  const cut = written.lastIndexOf('/') + 1;
  const folder = resolveRelativePath(folderOf(tree.entry), written.slice(0, cut) || '.').replace(/\/\.$/, '') || '/';
  if (isGlob(folder) || written.includes('\0')) return [];
  const read = tree.files.readDirectory(folder);
  if (!read.ok) return [];
  const found: Proposal[] = [];
  for (const name of [...read.names].sort().slice(0, MOST)) {
    if (name.startsWith('.')) continue;
    const kind = tree.files.stat(`${folder.replace(/\/$/, '')}/${name}`)?.kind;
    const isFolder = kind === 'directory';
    if (!isFolder && !ENDINGS[wanted].test(name)) continue;
    const path = written.slice(0, cut) + name + (isFolder ? '/' : '');
    // without quotes there is no way to go on in a folder
    if (isFolder && !literal && wanted !== 'folder') continue;
    found.push({
      label: isFolder ? `${name}/` : name,
      kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
      string: path,
      goesOn: isFolder,
      rank: isFolder ? 4 : 3,
    });
  }
  if (wanted === 'configuration' && read.names.some(name => ENDINGS.configuration.test(name)) && cut > 0)
    found.push({ label: '*.cfg.lua', kind: CompletionItemKind.File, string: `${written.slice(0, cut)}*.cfg.lua`, rank: 2 });
  return found;
}
