import { changesOf, type Finding, fixAll } from '@prosodist/core';
import type { CodeAction } from 'vscode-languageserver-types';
import { findingsOf, realPath, type Tree } from '../../tree.js';
import { ACTION_KINDS } from './kinds.js';
import { type EditClient, workspaceEdit } from './workspaceEdit.js';

/** All safe fixes of one file at once; none where there is nothing to fix. Other files of the tree stay as they are. */
export function fixAllActions(tree: Tree, path: string, client: EditClient): CodeAction[] {
  const real = realPath(tree, path);
  const isHere = (file: string) => realPath(tree, file) === real;
  const only = ({ at, fix }: Finding) =>
    isHere(at.file) &&
    fix !== null &&
    fix.safety === 'safe' &&
    fix.creates.length + fix.links.length === 0 &&
    fix.edits.every(edit => isHere(edit.file));
  if (!findingsOf(tree, path).some(only)) return [];
  const fixed = fixAll(tree.files, tree.entry, { ...tree.options, only });
  const edit = workspaceEdit(tree, changesOf({ files: fixed.files, links: [] }), client);
  return edit ? [{ title: 'Apply all safe fixes to this file', kind: ACTION_KINDS.fixAll, edit }] : [];
}
