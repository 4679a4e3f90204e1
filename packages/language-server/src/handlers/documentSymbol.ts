import { documentSymbols } from '@prosodist/language-service';
import type { DocumentSymbol, DocumentSymbolParams, SymbolInformation } from 'vscode-languageserver';
import { guarded, type Server } from '../context.js';

/** `textDocument/documentSymbol` */
export function documentSymbol(server: Server): void {
  const handle = guarded(
    server,
    'textDocument/documentSymbol',
    (): DocumentSymbol[] | SymbolInformation[] => [],
    async ({ textDocument: { uri } }: DocumentSymbolParams) => {
      const place = await server.trees.of(uri);
      const symbols = place ? documentSymbols(place.tree, place.path) : [];
      return server.client.symbolTree ? symbols : symbols.flatMap(symbol => flat(symbol, uri));
    },
  );
  server.connection.onDocumentSymbol((params, token) => handle(params, token));
}

/** A symbol and those inside it as the list that older clients show. */
function flat({ name, kind, range, children = [] }: DocumentSymbol, uri: string, containerName?: string): SymbolInformation[] {
  const own = { name, kind, location: { uri, range }, ...(containerName === undefined ? {} : { containerName }) };
  return [own, ...children.flatMap(child => flat(child, uri, name))];
}
