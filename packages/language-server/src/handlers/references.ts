import { documentHighlights, references as referencesOf } from '@prosodist/language-service';
import type { DocumentHighlight, DocumentHighlightParams, Location, ReferenceParams } from 'vscode-languageserver';
import { placed, type Server } from '../context.js';

/** `textDocument/references` and, of the one file, `textDocument/documentHighlight`. */
export function references(server: Server): void {
  const { connection } = server;
  const all = placed(
    server,
    'textDocument/references',
    (): Location[] => [],
    ({ tree, path }, { position, context }: ReferenceParams) =>
      referencesOf(tree, path, position, context?.includeDeclaration ?? true),
  );
  const here = placed(
    server,
    'textDocument/documentHighlight',
    (): DocumentHighlight[] => [],
    ({ tree, path }, { position }: DocumentHighlightParams) => documentHighlights(tree, path, position),
  );
  connection.onReferences((params, token) => all(params, token));
  connection.onDocumentHighlight((params, token) => here(params, token));
}
