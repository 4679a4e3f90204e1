import { baseName, type Include } from '@prosodist/core';
import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type Position,
  SymbolKind,
} from 'vscode-languageserver-types';
import { thingAt } from '../names/things.js';
import { toPosition, toRange } from '../positions.js';
import { findFile, realPath, type Tree } from '../tree.js';
import { includedAt } from './definition.js';

/** Includes as calls: on an include, the files that it reads; elsewhere the file itself. */
export function prepareCallHierarchy(tree: Tree, path: string, position: Position): CallHierarchyItem[] {
  const file = findFile(tree, path);
  if (!file) return [];
  const thing = thingAt(tree, path, position);
  const files = thing?.mark.kind === 'include' ? includedAt(tree, file.path, thing.mark) : [];
  return (files.length > 0 ? files : [file.path]).map(each => itemOf(tree, each));
}

/** Who includes a file. */
export function incomingIncludes(tree: Tree, path: string): CallHierarchyIncomingCall[] {
  const real = realPath(tree, path);
  const including = tree.result.configuration.includes.filter(({ files }) => files.some(file => realPath(tree, file) === real));
  const byFile = groups(including);
  return [...byFile].map(([file, includes]) => ({ from: itemOf(tree, file), fromRanges: rangesOf(tree, file, includes) }));
}

/** What a file includes. */
export function outgoingIncludes(tree: Tree, path: string): CallHierarchyOutgoingCall[] {
  const own = findFile(tree, path)?.path;
  const byTarget = new Map<string, Include[]>();
  for (const include of tree.result.configuration.includes) {
    if (include.origin.file !== own) continue;
    for (const target of include.files) byTarget.set(target, [...(byTarget.get(target) ?? []), include]);
  }
  return [...byTarget].map(([target, includes]) => ({ to: itemOf(tree, target), fromRanges: rangesOf(tree, own!, includes) }));
}

function groups(includes: readonly Include[]): Map<string, Include[]> {
  const byFile = new Map<string, Include[]>();
  for (const include of includes) byFile.set(include.origin.file, [...(byFile.get(include.origin.file) ?? []), include]);
  return byFile;
}

function rangesOf(tree: Tree, file: string, includes: readonly Include[]) {
  const document = findFile(tree, file)?.document;
  const places = new Map(includes.map(({ origin }) => [origin.start, origin]));
  return document ? [...places.values()].map(origin => toRange(document, origin)) : [];
}

function itemOf(tree: Tree, path: string): CallHierarchyItem {
  const document = findFile(tree, path)?.document;
  const start = { line: 0, character: 0 };
  const range = { start, end: document ? toPosition(document, document.text.length) : start };
  return {
    name: baseName(path),
    detail: path,
    kind: SymbolKind.File,
    uri: tree.uriOf(path),
    range,
    selectionRange: { start, end: start },
  };
}
