import type { CodeAction, Range } from 'vscode-languageserver-types';
import { toOffset } from '../positions.js';
import { findFile, type Tree } from '../tree.js';
import { addLdap2Actions } from './actions/addLdap2.js';
import { fixAllActions } from './actions/fixAll.js';
import { ACTION_KINDS, isWanted } from './actions/kinds.js';
import { quickFixes } from './actions/quickFixes.js';
import type { EditClient } from './actions/workspaceEdit.js';

/**
 * What can be done at a range: fixes of its findings, ldap2 authentication for its virtual host, all safe fixes of the file.
 * @param range lines and characters from 0
 * @param only the kinds that are asked for; all when undefined
 */
export function codeActions(
  tree: Tree,
  path: string,
  range: Range,
  client: EditClient,
  only?: readonly string[] | undefined,
): CodeAction[] {
  const file = findFile(tree, path);
  if (!file) return [];
  const offsets = { start: toOffset(file.document, range.start), end: toOffset(file.document, range.end) };
  return [
    ...(isWanted(ACTION_KINDS.quickFix, only) ? quickFixes(tree, path, offsets, client) : []),
    ...(isWanted(ACTION_KINDS.addLdap2, only) ? addLdap2Actions(tree, path, offsets.start, client) : []),
    ...(isWanted(ACTION_KINDS.fixAll, only) ? fixAllActions(tree, path, client) : []),
  ];
}
