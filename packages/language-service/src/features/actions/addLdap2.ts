import { changesOf, type Plan, plan } from '@prosodist/core';
import type { CodeAction } from 'vscode-languageserver-types';
import { sectionAt } from '../../sections.js';
import { findFile, type Tree } from '../../tree.js';
import { withApplication } from './apply.js';
import { ACTION_KINDS } from './kinds.js';
import { type EditClient, workspaceEdit } from './workspaceEdit.js';

/** Plans by tree and host: editors ask again with every move of the cursor. */
const plans = new WeakMap<Tree, Map<string, Plan>>();

/**
 * "Add ldap2 authentication to HOST" for the virtual host whose section the cursor is in; none where there is no such
 * host, it has ldap2 already, or the patcher refuses.
 * @param offset of the cursor, UTF-16 code units from 0
 */
export function addLdap2Actions(tree: Tree, path: string, offset: number, client: EditClient): CodeAction[] {
  const file = findFile(tree, path);
  if (!file || file.configuration !== tree.result.configuration) return [];
  const { opening, scope } = sectionAt(file, offset);
  if (opening?.kind !== 'host') return [];
  const planned = planFor(tree, scope);
  if (!planned.ok || planned.outcomes.some(outcome => outcome.status !== 'changed')) return [];
  const changes = changesOf(planned);
  const edit = workspaceEdit(tree, changes, client);
  if (!edit) return [];
  const action: CodeAction = { title: `Add ldap2 authentication to ${scope}`, kind: ACTION_KINDS.addLdap2, edit };
  return [withApplication(action, changes, client)];
}

function planFor(tree: Tree, host: string): Plan {
  const known = plans.get(tree) ?? new Map<string, Plan>();
  plans.set(tree, known);
  const made = known.get(host) ?? plan(tree.files, tree.entry, [{ op: 'add.ldap2', host }], tree.options);
  known.set(host, made);
  return made;
}
