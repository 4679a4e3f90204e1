// Fixtures as one text: several files, a cursor, a range. See `fixture`.
import { applyEdits, type LintOptions, type MemoryFile, memoryFiles } from '@prosodist/core';
import type { CodeAction, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { codeActions, type EditClient, findFile, readTree, type Tree, toOffset, toPosition, toRange } from '../src/index.js';

export const FOLDER = '/etc/prosody/';

export interface Fixture {
  readonly files: Readonly<Record<string, MemoryFile>>;
  readonly tree: Tree;
  /** The file with the mark, else the first one. */
  readonly path: string;
  readonly text: string;
  /** Offsets of the mark in its file. */
  readonly at: { readonly start: number; readonly end: number };
}

/**
 * Reads a fixture: files begin with a line `--- file: conf.d/a.cfg.lua` (without one it is `prosody.cfg.lua`), links are
 * lines `--- link: conf.d/a.cfg.lua -> ../conf.avail/a.cfg.lua`, all below /etc/prosody
 * unless absolute. `<|>` is the cursor, `<[` and `]>`
 * a range. The first file is the main file.
 */
export function fixture(source: string, options: LintOptions = {}): Fixture {
  const files: Record<string, MemoryFile> = {};
  let at = { start: 0, end: 0 };
  let marked: string | undefined;
  for (const part of source.split(/^(?=--- (?:file|link): )/m)) {
    const link = /^--- link: (\S+) -> (\S+)\n/.exec(part);
    if (link) {
      files[FOLDER + link[1]] = { link: link[2]! };
      continue;
    }
    const head = /^--- file: (\S+)\n/.exec(part);
    if (!head && part.trim() === '') continue;
    const name = head?.[1] ?? 'prosody.cfg.lua';
    const path = name.startsWith('/') ? name : FOLDER + name;
    const text = part.slice(head?.[0].length ?? 0);
    const start = text.search(/<\||<\[/);
    if (start >= 0) {
      const clean = text.replace('<|>', '').replace('<[', '');
      at = { start, end: text.includes('<|>') ? start : clean.indexOf(']>') };
      marked = path;
    }
    files[path] = text.replace(/<\|>|<\[|\]>/g, '');
  }
  const path = marked ?? Object.keys(files)[0]!;
  const text = files[path];
  return { files, tree: treeOf(files, options), path, text: typeof text === 'string' ? text : '', at };
}

export function treeOf(files: Readonly<Record<string, MemoryFile>>, options: LintOptions = {}): Tree {
  const addresses = { uriOf: (path: string) => `file://${path}`, pathOf: (uri: string) => uri.replace(/^file:\/\//, '') };
  return readTree(memoryFiles(files), Object.keys(files)[0]!, addresses, options);
}

/** A client that can do everything, with the given documents open. */
export function client(versions: Readonly<Record<string, number>> = {}): EditClient {
  return { documentChanges: true, createFiles: true, applyEdit: true, versionOf: uri => versions[uri] ?? null };
}

export function actionsAt({ tree, path, text, at }: Fixture, asking: EditClient = client(), only?: string[]): CodeAction[] {
  return codeActions(tree, path, toRange({ text }, at), asking, only);
}

export function positionOf({ text, at }: Fixture) {
  return toPosition({ text }, at.start);
}

/** The files after a workspace edit, by path; only those that it touches. */
export function applied(
  { tree, files }: Pick<Fixture, 'tree' | 'files'>,
  edit: WorkspaceEdit | undefined,
): Record<string, string> {
  const after: Record<string, string> = {};
  const change = (uri: string, edits: readonly TextEdit[]) => {
    const path = tree.pathOf(uri)!;
    const before = after[path] ?? findFile(tree, path)?.document.text ?? (files[path] as string);
    const offsets = edits.map(({ range, newText }) => ({
      start: toOffset({ text: before }, range.start),
      end: toOffset({ text: before }, range.end),
      text: newText,
    }));
    after[path] = applyEdits(before, offsets);
  };
  for (const [uri, edits] of Object.entries(edit?.changes ?? {})) change(uri, edits);
  for (const part of edit?.documentChanges ?? []) {
    if ('edits' in part) change(part.textDocument.uri, part.edits as TextEdit[]);
    else if (part.kind === 'create') after[tree.pathOf(part.uri)!] = '';
  }
  return after;
}
