import { SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver-types';
import { placesIn } from '../names/places.js';
import { filesOf } from '../names/things.js';
import { toRange } from '../positions.js';
import type { Tree } from '../tree.js';

/** What an editor shows at a time; a longer query finds the rest. */
const MOST = 256;

/**
 * Hosts, components and options of all trees whose name has the letters of the query in their order; names that begin with it
 * first, hosts before options.
 * @param trees of all workspace folders; a file that several of them read is listed once
 */
export function workspaceSymbols(trees: readonly Tree[], query: string): WorkspaceSymbol[] {
  const letters = query.toLowerCase().replace(/\s+/g, '');
  const seen = new Set<string>();
  const found: { readonly rank: number; readonly symbol: WorkspaceSymbol }[] = [];
  for (const tree of trees) {
    for (const { path, document, configuration } of filesOf(tree)) {
      const uri = tree.uriOf(path);
      if (seen.has(uri)) continue;
      seen.add(uri);
      const { openings, settings } = placesIn(configuration, path);
      const add = (name: string, kind: SymbolKind, at: { start: number; end: number }, bonus: number, container?: string) => {
        const rank = rankOf(name.toLowerCase(), letters);
        if (rank === undefined) return;
        const symbol = { name, kind, location: { uri, range: toRange(document, at) } };
        found.push({ rank: rank + bonus, symbol: container === undefined ? symbol : { ...symbol, containerName: container } });
      };
      for (const { kind, written, scope, origin } of openings)
        add(written || scope, kind === 'host' ? SymbolKind.Class : SymbolKind.Interface, origin, 0);
      // without a query all options of a large configuration would crowd the hosts out
      if (letters === '') continue;
      for (const { name, origin, scope } of settings)
        add(name, SymbolKind.Property, origin, 4, scope === '*' ? 'Global section' : scope);
    }
  }
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ symbol }) => symbol);
}

/** 0: is the query, 1: begins with it, 2: has it, 3: has its letters in their order; undefined: has them not. */
function rankOf(name: string, letters: string): number | undefined {
  if (name === letters) return 0;
  const at = name.indexOf(letters);
  if (at >= 0) return at === 0 ? 1 : 2;
  let from = 0;
  for (const letter of letters) {
    from = name.indexOf(letter, from) + 1;
    if (from === 0) return undefined;
  }
  return 3;
}
