import type { DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams } from 'vscode-languageserver';
import { type Server, safely } from '../context.js';

/** `textDocument/didOpen`, `didChange`, `didSave`, `didClose`. */
export function textDocumentSync(server: Server): void {
  const { connection, documents, trees } = server;
  connection.onDidOpenTextDocument(
    safely(server, 'textDocument/didOpen', (params: DidOpenTextDocumentParams) => {
      documents.opened(params);
      trees.filesChanged();
      server.changed();
    }),
  );
  connection.onDidChangeTextDocument(
    safely(server, 'textDocument/didChange', (params: DidChangeTextDocumentParams) => {
      documents.changed(params);
      trees.textChanged();
      server.changed();
    }),
  );
  connection.onDidSaveTextDocument(
    safely(server, 'textDocument/didSave', () => {
      trees.filesChanged();
      server.changed();
    }),
  );
  connection.onDidCloseTextDocument(
    safely(server, 'textDocument/didClose', (params: DidCloseTextDocumentParams) => {
      documents.closed(params);
      trees.filesChanged();
      server.changed();
    }),
  );
}
