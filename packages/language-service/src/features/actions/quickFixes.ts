import type { Finding } from '@prosodist/core';
import type { CodeAction } from 'vscode-languageserver-types';
import { findingsOf, type Tree } from '../../tree.js';
import { toDiagnostic } from '../diagnostics.js';
import { withApplication } from './apply.js';
import { ACTION_KINDS } from './kinds.js';
import { type EditClient, workspaceEdit } from './workspaceEdit.js';

/**
 * The fixes of the findings that the range touches.
 * @param range offsets of the file, UTF-16 code units from 0; empty for a cursor
 */
export function quickFixes(
  tree: Tree,
  path: string,
  range: { readonly start: number; readonly end: number },
  client: EditClient,
): CodeAction[] {
  return findingsOf(tree, path)
    .filter(({ at }) => at.start <= range.end && range.start <= at.end)
    .flatMap(finding => quickFix(tree, finding, client));
}

function quickFix(tree: Tree, finding: Finding, client: EditClient): CodeAction[] {
  const { fix } = finding;
  const edit = fix && workspaceEdit(tree, fix, client, fix.title);
  if (!fix || !edit) return [];
  const safe = fix.safety === 'safe';
  const action: CodeAction = {
    title: safe ? fix.title : `${fix.title} (unsafe)`,
    kind: ACTION_KINDS.quickFix,
    diagnostics: [toDiagnostic(tree, finding, client.diagnostics)],
    isPreferred: safe,
    // only a link is to be made: some clients take an edit of nothing for a mistake
    ...(fix.edits.length + fix.creates.length > 0 ? { edit } : {}),
  };
  return [withApplication(action, fix, client)];
}
