import type { CodeAction, Range } from 'vscode-languageserver-types';
import { toOffset } from '../positions.js';
import { sectionAt } from '../sections.js';
import { findFile, type Tree } from '../tree.js';
import { addLdap2 } from './actions/addLdap2.js';
import { withApplication } from './actions/apply.js';
import { fixAllActions } from './actions/fixAll.js';
import { addComponent, addHost, linkFile } from './actions/hosts.js';
import { ACTION_KINDS, isWanted } from './actions/kinds.js';
import { addCoreLdap, migrateLdap } from './actions/ldap.js';
import { enableModule, moveToGlobal } from './actions/options.js';
import { quickFixes } from './actions/quickFixes.js';
import type { Made, Refactoring, Spot } from './actions/refactoring.js';
import { suppressActions } from './actions/suppress.js';
import { type EditClient, workspaceEdit } from './actions/workspaceEdit.js';

/** In the order in which they are offered. */
const REFACTORINGS: readonly Refactoring[] = [
  addLdap2,
  addCoreLdap,
  migrateLdap,
  moveToGlobal,
  enableModule,
  addComponent,
  addHost,
  linkFile,
];

/** How an action that is resolved later leads back to what it does. */
export interface ActionData {
  readonly uri: string;
  readonly id: string;
  readonly argument: string;
}

/**
 * What can be done at a range: fixes of its findings and comments that hide them, changes of the section and option that the
 * cursor is in, all safe fixes of the file.
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
  const section = sectionAt(file, offsets.start);
  const spot: Spot = { tree, file, offset: offsets.start, section };
  const isQuick = isWanted(ACTION_KINDS.quickFix, only);
  return [
    ...(isQuick ? quickFixes(tree, path, offsets, client) : []),
    ...REFACTORINGS.filter(({ kind }) => isWanted(kind, only)).flatMap(refactoring => offered(refactoring, spot, client)),
    ...(isWanted(ACTION_KINDS.fixAll, only) ? fixAllActions(tree, path, client) : []),
    ...(isQuick ? suppressActions(tree, path, offsets, client) : []),
  ];
}

/** The actions of one kind; with their changes where the client does not ask for them later, and then only those that have any. */
function offered({ id, kind, offers, make }: Refactoring, spot: Spot, client: EditClient): CodeAction[] {
  return offers(spot).flatMap(({ title, argument }): CodeAction[] => {
    const uri = spot.tree.uriOf(spot.file.path);
    if (client.resolvesEdits) return [{ title, kind, data: { uri, id, argument } satisfies ActionData }];
    const action = withChanges(spot.tree, { title, kind }, make(spot.tree, argument), client);
    return 'problem' in action ? [] : [action];
  });
}

/**
 * An action with its changes, made when it is chosen.
 * @returns the problem, in a sentence for people, where it cannot be done
 */
export function resolveAction(
  tree: Tree,
  { title, kind }: CodeAction,
  { id, argument }: ActionData,
  client: EditClient,
): CodeAction | { readonly problem: string } {
  return withChanges(tree, { title, ...(kind === undefined ? {} : { kind }) }, changesForAction(tree, id, argument), client);
}

/** What an action would change. In: as its data has it. */
export function changesForAction(tree: Tree, id: string, argument: string): Made {
  return REFACTORINGS.find(candidate => candidate.id === id)?.make(tree, argument) ?? { problem: 'there is no such action' };
}

function withChanges(tree: Tree, action: CodeAction, made: Made, client: EditClient): CodeAction | { readonly problem: string } {
  if ('problem' in made) return made;
  const edit = workspaceEdit(tree, made, client, action.title);
  if (!edit) return { problem: 'this editor cannot make new files' };
  const hasEdits = made.edits.length + made.creates.length > 0;
  return withApplication({ ...action, ...(hasEdits ? { edit } : {}) }, made, client);
}
