import { type Tree, workspaceSymbols } from '@prosodist/language-service';
import type { WorkspaceSymbol, WorkspaceSymbolParams } from 'vscode-languageserver';
import { guarded, type Server } from '../context.js';

/** `workspace/symbol`: of the trees of all open documents, whatever folder they are in. */
export function workspaceSymbol(server: Server): void {
  const { connection, documents, trees } = server;
  const handle = guarded(
    server,
    'workspace/symbol',
    (): WorkspaceSymbol[] => [],
    async ({ query }: WorkspaceSymbolParams) => {
      const known = new Set<Tree>();
      for (const { uri } of documents.all()) {
        const place = await trees.of(uri);
        if (place) known.add(place.tree);
      }
      return workspaceSymbols([...known], query);
    },
  );
  connection.onWorkspaceSymbol((params, token) => handle(params, token));
}
