import { completion, hover, resolveCompletion, semanticTokens, type Tree } from '@prosodist/language-service';
import type { CompletionItem, Hover, Position } from 'vscode-languageserver-types';

/** What could be written at a place. */
export function completions(tree: Tree, file: string, position: Position): readonly CompletionItem[] {
  return completion(tree, file, position, { snippets: true, tags: true }).items;
}

/** A proposal with its documentation. */
export function details(item: CompletionItem): CompletionItem {
  return resolveCompletion(item);
}

/** The card of what stands at a place. */
export function hoverAt(tree: Tree, file: string, position: Position): Hover | null {
  return hover(tree, file, position);
}

/** What the names of a file mean. */
export function tokensOf(tree: Tree, file: string): readonly number[] {
  return semanticTokens(tree, file);
}
