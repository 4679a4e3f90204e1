import { signatureHelp as signatureHelpOf } from '@prosodist/language-service';
import type { SignatureHelp, SignatureHelpParams } from 'vscode-languageserver';
import { placed, type Server } from '../context.js';

/** `textDocument/signatureHelp` */
export function signatureHelp(server: Server): void {
  const handle = placed(
    server,
    'textDocument/signatureHelp',
    (): SignatureHelp | null => null,
    ({ tree, path }, { position }: SignatureHelpParams) =>
      signatureHelpOf(tree, path, position, { markdown: server.client.markdown }),
  );
  server.connection.onSignatureHelp((params, token) => handle(params, token));
}
