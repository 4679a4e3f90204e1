import { folderOf, moduleFile, type Origin, resolveRelativePath } from '@prosodist/core';
import type { LocationLink, Position } from 'vscode-languageserver-types';
import { sourcesOf, type Thing, thingAt } from '../names/things.js';
import { toRange } from '../positions.js';
import { findFile, type Tree, textOf } from '../tree.js';

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/**
 * Where the thing at a position comes from: a host's or component's opening, the setting that gives an option its value
 * here, a local's declaration, the files of an include, the file of a module that is installed.
 */
export function definition(tree: Tree, path: string, position: Position): LocationLink[] {
  const thing = thingAt(tree, path, position);
  if (!thing) return [];
  const originSelectionRange = toRange(thing.file.document, thing.mark);
  return targetsOf(tree, thing).map(target => ({ originSelectionRange, ...target }));
}

type Target = Omit<LocationLink, 'originSelectionRange'>;

function targetsOf(tree: Tree, { file, mark }: Thing): Target[] {
  const { configuration } = file;
  const toPlace = (origin: Origin) => placeTarget(tree, origin);
  switch (mark.kind) {
    case 'host':
    case 'component':
      return (configuration.sections.get(mark.id)?.openings ?? []).map(({ nameOrigin }) => toPlace(nameOrigin));
    case 'option':
      return sourcesOf(file, mark).map(toPlace);
    case 'key':
      return [toPlace({ file: file.path, start: mark.start, end: mark.end })];
    case 'local': {
      const start = Number(mark.id);
      return [toPlace({ file: file.path, start, end: start + mark.local!.name.length })];
    }
    case 'include':
      return includedAt(tree, file.path, mark).map(included => fileTarget(tree, included));
    case 'file': {
      const named = resolveRelativePath(folderOf(file.path), mark.id);
      return tree.files.stat(named)?.kind === 'file' ? [fileTarget(tree, named)] : [];
    }
    case 'module': {
      const found = moduleFile(tree.files, configuration, mark.id);
      return found === undefined ? [] : [fileTarget(tree, found)];
    }
    default:
      return [];
  }
}

/** The files that the include at a place reads, in the order of reading; without those that are not there. */
export function includedAt(tree: Tree, path: string, { start, end }: { readonly start: number; readonly end: number }): string[] {
  const includes = findFile(tree, path)?.configuration.includes ?? [];
  const here = includes.filter(({ origin }) => origin.file === path && origin.start <= start && end <= origin.end);
  return [...new Set(here.flatMap(({ files }) => files))].filter(file => tree.files.stat(file)?.kind === 'file');
}

function placeTarget(tree: Tree, origin: Origin): Target {
  const document = findFile(tree, origin.file)?.document ?? { text: textOf(tree, origin.file) ?? '' };
  const quoted = /^(["'])[\s\S]*\1$/.test(document.text.slice(origin.start, origin.end));
  const name = quoted ? { start: origin.start + 1, end: origin.end - 1 } : origin;
  return {
    targetUri: tree.uriOf(origin.file),
    targetRange: toRange(document, origin),
    targetSelectionRange: toRange(document, name),
  };
}

function fileTarget(tree: Tree, file: string): Target {
  return { targetUri: tree.uriOf(file), targetRange: START, targetSelectionRange: START };
}
