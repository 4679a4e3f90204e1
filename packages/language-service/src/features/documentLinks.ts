import { baseName, effective, findModule, folderOf, resolveRelativePath } from '@prosodist/core';
import type { DocumentLink } from 'vscode-languageserver-types';
import { type Mark, marksIn } from '../names/marks.js';
import { toRange } from '../positions.js';
import { findFile, type Tree, type TreeFile } from '../tree.js';
import { includedAt } from './definition.js';
import { modulePage } from './hover/moduleCard.js';

/** Editors ask for the links of a whole file; more than these help nobody. */
const MOST = 5000;
/** Keys and options whose values are files: of `ssl` and its kin, and of Prosody itself. */
const FILE_KEY =
  /^(?:key|certificate|cafile|capath|dhparam|certificates|pidfile|data_path|groups_file|motd_file|http_files_dir|ca_certificate|.*_(?:certificate|keyfile|certfile|file|path|dir))$/;

/** What leads somewhere: includes, certificates and other files, modules to their pages, addresses in comments. */
export function documentLinks(tree: Tree, path: string): DocumentLink[] {
  const file = findFile(tree, path);
  if (!file) return [];
  const { document } = file;
  const links: DocumentLink[] = [];
  for (const mark of marksIn(file)) {
    if (links.length >= MOST) break;
    const link = linkOf(tree, file, mark);
    if (link) links.push({ range: toRange(document, mark), ...link });
  }
  for (const { start, end } of document.comments) {
    for (const found of document.text.slice(start, end).matchAll(/https?:\/\/[^\s<>"'`\])}]+[^\s<>"'`\])}.,;:]/g)) {
      if (links.length >= MOST) break;
      const at = start + found.index;
      links.push({ range: toRange(document, { start: at, end: at + found[0].length }), target: found[0] });
    }
  }
  return links;
}

type Link = Pick<DocumentLink, 'target' | 'tooltip'>;

function linkOf(tree: Tree, file: TreeFile, mark: Mark): Link | undefined {
  switch (mark.kind) {
    case 'include': {
      const files = includedAt(tree, file.path, mark);
      const [first] = files;
      if (first === undefined) return undefined;
      // one link leads to one place; going to the definition offers all of them
      const tooltip = files.length > 1 ? `${files.length} files: ${files.slice(0, 20).map(baseName).join(', ')}` : first;
      return { target: tree.uriOf(first), tooltip };
    }
    case 'file':
      return fileLink(tree, resolveRelativePath(folderOf(file.path), mark.id));
    case 'module': {
      const info = findModule(mark.id, file.configuration.version);
      const page = info && modulePage(info);
      return page ? { target: page, tooltip: `mod_${mark.id}` } : undefined;
    }
    case 'string':
      return mark.path && namesFile(mark) ? fileLink(tree, resolveRelativePath(baseFolder(file, mark), mark.id)) : undefined;
    default:
      return undefined;
  }
}

function namesFile({ path = [] }: Mark): boolean {
  const key = path.findLast(part => typeof part === 'string');
  // `log = { info = "/var/log/…" }` has free keys
  return typeof key === 'string' && (FILE_KEY.test(key) || path[0] === 'log');
}

/** core/configmanager.lua: paths count from the folder of the main file, those of the log and of data from `data_path`. */
function baseFolder({ configuration }: TreeFile, { path = [] }: Mark): string {
  const data = effective(configuration, '*', 'data_path')?.value;
  const option = String(path[0]);
  if (option === 'log' || option === 'pidfile') return data?.kind === 'string' ? data.value : '/var/lib/prosody';
  return folderOf(configuration.entry);
}

/** A link to a file that is there; what is not there has a finding, where it is wrong. */
function fileLink(tree: Tree, path: string): Link | undefined {
  return path.startsWith('/') && tree.files.stat(path)?.kind === 'file' ? { target: tree.uriOf(path), tooltip: path } : undefined;
}
