import type { Changes } from '@prosodist/core';
import type { ChangeAnnotation, CreateFile, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { toRange } from '../../positions.js';
import { findFile, realPath, type Tree } from '../../tree.js';
import type { DiagnosticOptions } from '../diagnostics.js';

/** What the client can do with edits, and what it has open. */
export interface EditClient {
  /** `workspace.workspaceEdit.documentChanges` */
  readonly documentChanges: boolean;
  /** `workspace.workspaceEdit.resourceOperations` has `create` */
  readonly createFiles: boolean;
  /** `workspace.applyEdit`: the server may ask for an edit itself. */
  readonly applyEdit: boolean;
  /** `codeAction.resolveSupport` has `edit`: changes are made when an action is chosen. */
  readonly resolvesEdits?: boolean;
  /** `workspace.workspaceEdit.changeAnnotationSupport` */
  readonly annotations?: boolean;
  /** What a diagnostic may carry; everything unless said. */
  readonly diagnostics?: DiagnosticOptions;
  /** The version of an open document; null for one that is not open. */
  versionOf(uri: string): number | null;
}

/**
 * Changes of several files as a workspace edit. Links are left out: no edit can make them.
 * @param label what the changes are for: where there are several files, each says what it changes in the editor's preview
 * @returns undefined where the client cannot do it
 */
export function workspaceEdit(tree: Tree, changes: Changes, client: EditClient, label?: string): WorkspaceEdit | undefined {
  const byUri = editsByUri(tree, changes);
  if (changes.creates.length > 0 && !(client.documentChanges && client.createFiles)) return undefined;
  if (!client.documentChanges) return { changes: Object.fromEntries(byUri) };
  const start = { line: 0, character: 0 };
  const created = changes.creates.flatMap(({ file, text }): (CreateFile | TextDocumentEdit)[] => {
    const uri = tree.uriOf(file);
    const insert = { range: { start, end: start }, newText: text };
    return [
      { kind: 'create', uri },
      { textDocument: { uri, version: null }, edits: [insert] },
    ];
  });
  const edited = [...byUri].map(([uri, edits]) => ({ textDocument: { uri, version: client.versionOf(uri) }, edits }));
  const documentChanges = [...created, ...edited];
  const several = byUri.size + changes.creates.length > 1;
  return several && client.annotations && label !== undefined ? annotated(documentChanges, label) : { documentChanges };
}

/** Every change with the name of what it is for, so that the editor can show them together. */
function annotated(changes: readonly (CreateFile | TextDocumentEdit)[], label: string): WorkspaceEdit {
  const changeAnnotations: Record<string, ChangeAnnotation> = {};
  const documentChanges = changes.map((change): CreateFile | TextDocumentEdit => {
    const uri = 'uri' in change ? change.uri : change.textDocument.uri;
    const description = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
    changeAnnotations[uri] = { label, description };
    if ('uri' in change) return { ...change, annotationId: uri };
    return { ...change, edits: change.edits.map(edit => ({ ...edit, annotationId: uri })) };
  });
  return { documentChanges, changeAnnotations };
}

function editsByUri(tree: Tree, { edits }: Changes): Map<string, TextEdit[]> {
  const byUri = new Map<string, TextEdit[]>();
  const seen = new Set<string>();
  for (const edit of edits) {
    const file = realPath(tree, edit.file);
    // a file that is read under two names has its fixes twice
    const key = JSON.stringify([file, edit.start, edit.end, edit.text]);
    if (seen.has(key)) continue;
    seen.add(key);
    const uri = tree.uriOf(file);
    const others = byUri.get(uri) ?? [];
    byUri.set(uri, [...others, { range: toRange(textOf(tree, file), edit), newText: edit.text }]);
  }
  return byUri;
}

function textOf(tree: Tree, file: string): { readonly text: string } {
  const known = findFile(tree, file)?.document;
  if (known) return known;
  const read = tree.files.readFile(file);
  return { text: read.ok ? read.text : '' };
}
