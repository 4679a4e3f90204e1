import { codeActions, type EditClient } from '@prosodist/language-service';
import type { CodeAction, CodeActionParams } from 'vscode-languageserver/node';
import { guarded, type Server } from '../context.js';

/** `textDocument/codeAction` */
export function codeAction(server: Server): void {
  const { connection, documents, trees } = server;
  const handle = guarded(
    server,
    'textDocument/codeAction',
    (): CodeAction[] => [],
    async ({ textDocument, range, context: { only } }: CodeActionParams) => {
      // a client without literals knows commands only, and there are none for this
      if (!server.client.codeActionLiterals) return [];
      const place = await trees.of(textDocument.uri);
      const { documentChanges, createFiles, applyEdit, diagnostics } = server.client;
      const client: EditClient = {
        documentChanges,
        createFiles,
        applyEdit,
        diagnostics,
        versionOf: uri => documents.get(uri)?.version ?? null,
      };
      return place ? codeActions(place.tree, place.path, range, client, only) : [];
    },
  );
  connection.onCodeAction((params, token) => handle(params, token));
}
