// What the tests in the extension host have in common.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type CodeAction,
  type CompletionItem,
  type CompletionList,
  commands,
  type Diagnostic,
  extensions,
  languages,
  type Position,
  Range,
  SnippetString,
  type TextDocument,
  type TextEditor,
  Uri,
  window,
  workspace,
} from 'vscode';

/** The folder that is open: the example in `meet`, and files of other kinds. */
export function home(): string {
  return workspace.workspaceFolders![0]!.uri.fsPath;
}

/** Names of the example's files, below the folder. */
export const MAIN = 'meet/prosody.cfg.lua';
export const MEET = 'meet/conf.avail/meet.example.com.cfg.lua';
export const LDAP = 'meet/conf.avail/ldap.cfg.lua';

export function uriOf(name: string): Uri {
  return Uri.file(path.join(home(), name));
}

export function ours() {
  return extensions.getExtension('prosodist.prosodist')!;
}

/** package.json of the extension as it is installed. */
export function manifest(): { contributes: { commands: { command: string }[]; configuration: { properties: Properties } } } {
  return JSON.parse(readFileSync(path.join(ours().extensionPath, 'package.json'), 'utf8'));
}

type Properties = Record<string, { default: unknown }>;

/** Shows a file with the text that is on disk, and waits until the server has judged it. */
export async function show(name: string): Promise<TextEditor> {
  const editor = await window.showTextDocument(await workspace.openTextDocument(uriOf(name)));
  await revert(editor.document);
  return editor;
}

/** Throws away what is not saved. */
export async function revert(document: TextDocument): Promise<void> {
  if (!document.isDirty) return;
  await window.showTextDocument(document);
  await commands.executeCommand('workbench.action.files.revert');
}

/** Waits until something holds. @returns what it gave */
export async function until<Value>(what: string, look: () => Value | undefined | PromiseLike<Value | undefined>): Promise<Value> {
  const end = Date.now() + 30_000;
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) assert.fail(`there was no ${what} within 30 s`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** Ours alone: other extensions may judge the same text. */
export function diagnosticsOf(uri: Uri): Diagnostic[] {
  return languages.getDiagnostics(uri).filter(({ source }) => source === 'prosodist');
}

export function codeOf({ code }: Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Waits until a document has, or has not, a finding of a rule. */
export async function untilFound(uri: Uri, rule: string, there = true): Promise<void> {
  const what = `${there ? '' : 'end of '}${rule} in ${uri.path}`;
  await until(what, () => diagnosticsOf(uri).some(each => codeOf(each) === rule) === there || undefined);
}

/** The place of some words, their first one. */
export function placeOf(document: TextDocument, words: string, further = 0): Position {
  const at = document.getText().indexOf(words);
  assert.ok(at >= 0, `${document.fileName} has no ${words}`);
  return document.positionAt(at + further);
}

/** The actions at some words. */
export async function actionsAt(document: TextDocument, words: string): Promise<CodeAction[]> {
  const range = new Range(placeOf(document, words), placeOf(document, words, words.length));
  return commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range, undefined, 100);
}

/** Takes an action as the menu does: its edit, then its command. */
export async function take(actions: readonly CodeAction[], title: string): Promise<void> {
  const action = actions.find(each => each.title.startsWith(title));
  assert.ok(action, `“${title}” is not among ${actions.map(each => each.title).join(' · ')}`);
  if (action.edit) assert.ok(await workspace.applyEdit(action.edit), 'the edit was refused');
  if (action.command) await commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

/** Completes at a place as somebody who takes an item of the list. */
export async function complete(editor: TextEditor, at: Position, label: string): Promise<void> {
  const { document } = editor;
  const { items } = await commands.executeCommand<CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    at,
    undefined,
    100,
  );
  const named = ({ label: own }: CompletionItem) => (typeof own === 'string' ? own : own.label);
  const item = items.find(each => named(each) === label);
  assert.ok(item, `${label} is not among ${items.map(named).join(', ').slice(0, 500)}`);
  const range = item.range instanceof Range ? item.range : (item.range?.replacing ?? document.getWordRangeAtPosition(at));
  const insert = item.insertText ?? label;
  const snippet = typeof insert === 'string' ? new SnippetString().appendText(insert) : insert;
  assert.ok(await editor.insertSnippet(snippet, range ?? at));
  await editor.edit(change => {
    for (const edit of item.additionalTextEdits ?? []) change.replace(edit.range, edit.newText);
  });
}

/** Types at a place. @returns where that ends */
export async function type(editor: TextEditor, at: Position, text: string): Promise<Position> {
  assert.ok(await editor.edit(change => change.insert(at, text)));
  return editor.document.positionAt(editor.document.offsetAt(at) + text.length);
}

/** What differs between two texts, as lines that went and lines that came. */
export function changed(before: string, after: string): { gone: string[]; come: string[] } {
  const without = (lines: string[], others: string[]) => lines.filter(line => !others.includes(line));
  const [old, now] = [before.split('\n'), after.split('\n')];
  return { gone: without(old, now), come: without(now, old) };
}
