import { documentLinks } from '@prosodist/language-service';
import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import { placed, type Server } from '../context.js';

/** `textDocument/documentLink` */
export function documentLink(server: Server): void {
  const handle = placed(
    server,
    'textDocument/documentLink',
    (): DocumentLink[] => [],
    ({ tree, path }, _: DocumentLinkParams) => documentLinks(tree, path),
  );
  server.connection.onDocumentLinks((params, token) => handle(params, token));
}
