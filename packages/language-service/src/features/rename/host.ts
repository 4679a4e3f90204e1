import { changedFiles, changesOf, type FileEdit, load, minimalEdits, overlayFiles, plan } from '@prosodist/core';
import { placesIn } from '../../names/places.js';
import { filesOf } from '../../names/things.js';
import { findFile, realPath, type Tree } from '../../tree.js';
import type { Refusal } from '../rename.js';

/**
 * A host under another name, with everything that is named after it: the patcher's own operation. Files keep their names,
 * because no edit can move the links to them; so do the includes that name them. Hosts are what is renamed.
 */
export function renamedHost(tree: Tree, host: string, to: string): FileEdit[] | Refusal {
  if (!tree.files.stat(tree.entry) && !findFile(tree, tree.entry)) return { refused: `${tree.entry} cannot be read.` };
  const planned = plan(tree.files, tree.entry, [{ op: 'rename.host', host, to, refs: true }], tree.options);
  const refusal = planned.outcomes.find(({ status }) => status === 'refused');
  if (refusal) return { refused: `${host} is not renamed: ${refusal.why}.` };
  const { edits, creates } = changesOf(planned);
  const moved = creates.flatMap(({ file, text }): FileEdit[] => {
    const before = planned.removes.map(path => findFile(tree, path)).find(old => old && isMoved(tree, old.path, host, file, to));
    return before ? minimalEdits(before.document.text, text).map(edit => ({ file: before.path, ...edit })) : [];
  });
  const kept = includedFiles(tree, planned.removes);
  const all = [...edits, ...moved].filter(
    edit => !kept.some(({ file, start, end }) => file === realPath(tree, edit.file) && start <= edit.start && edit.end <= end),
  );
  return readsTheSame(tree, all) ? all : { refused: `${host} is not renamed: afterwards other files would be read than now.` };
}

/** Whether the tree reads the same files after the edits; the patcher has tried the change with its files moved. */
function readsTheSame(tree: Tree, edits: readonly FileEdit[]): boolean {
  const { documents } = tree.result.configuration;
  const after = overlayFiles(tree.files, changedFiles(tree.files, { edits, creates: [], links: [] }));
  const { documents: then } = load(after, tree.entry, tree.options);
  return then.size === documents.size && [...documents.keys()].every(path => then.has(path));
}

/** Whether a new file is an old one under its new name. */
function isMoved(tree: Tree, old: string, host: string, file: string, to: string): boolean {
  const real = realPath(tree, old);
  return real.toLowerCase().replace(`${host}.cfg.lua`, '') === file.slice(0, file.length - `${to}.cfg.lua`.length).toLowerCase();
}

/** The includes that name one of the files. */
function includedFiles(tree: Tree, files: readonly string[]) {
  const reals = new Set(files.map(file => realPath(tree, file)));
  return filesOf(tree).flatMap(({ path, configuration }) =>
    placesIn(configuration, path)
      .includes.filter(include => include.files.some(file => reals.has(realPath(tree, file))))
      .map(({ origin }) => ({ file: realPath(tree, path), start: origin.start, end: origin.end })),
  );
}
