import { ignoreEdit, NO_CHANGES } from '@prosodist/core';
import type { CodeAction } from 'vscode-languageserver-types';
import { findFile, findingsOf, type Tree } from '../../tree.js';
import { toDiagnostic } from '../diagnostics.js';
import { ACTION_KINDS } from './kinds.js';
import { type EditClient, workspaceEdit } from './workspaceEdit.js';

/** What is said about the comments themselves, and what keeps a file from being read, is not hidden by more of them. */
const NEVER = new Set(['unused-suppression', 'unknown-suppression', 'syntax-error']);

/** "Ignore RULE on this line" and "in this file" for the findings that the range touches, each rule once a line. */
export function suppressActions(
  tree: Tree,
  path: string,
  range: { readonly start: number; readonly end: number },
  client: EditClient,
): CodeAction[] {
  const seen = new Set<string>();
  return findingsOf(tree, path).flatMap(finding => {
    const document = findFile(tree, finding.at.file)?.document;
    if (!document || NEVER.has(finding.rule) || finding.at.start > range.end || range.start > finding.at.end) return [];
    return (['line', 'file'] as const).flatMap((reach): CodeAction[] => {
      const change = ignoreEdit(document, finding, { reach });
      const key = JSON.stringify([finding.rule, change?.start]);
      const edit = change && !seen.has(key) ? workspaceEdit(tree, { ...NO_CHANGES, edits: [change] }, client) : undefined;
      seen.add(key);
      if (!edit) return [];
      const diagnostics = [toDiagnostic(tree, finding, client.diagnostics)];
      return [
        {
          title: `Ignore ${finding.rule} ${reach === 'line' ? 'on this line' : 'in this file'}`,
          kind: ACTION_KINDS.quickFix,
          diagnostics,
          edit,
        },
      ];
    });
  });
}
