import { readVirtualUri, virtualText } from '@prosodist/language-service';
import type { TextDocumentContentParams, TextDocumentContentResult } from 'vscode-languageserver';
import { guarded, logError, type Server } from '../context.js';

/** Documents that a client has asked for; more than these are asked for again when they are looked at. */
const MOST = 50;

/** `workspace/textDocumentContent`: what holds for a host, and what an action would change, as documents that nobody edits. */
export function textDocumentContent(server: Server): void {
  const { textDocumentContent: content } = server.connection.workspace;
  const shown = new Map<string, string>();
  const textOf = async (uri: string): Promise<string | undefined> => {
    const document = readVirtualUri(uri);
    const place = document && (await server.trees.of(document.of));
    return document && place ? virtualText(place.tree, document) : undefined;
  };
  const handle = guarded(
    server,
    'workspace/textDocumentContent',
    (): TextDocumentContentResult | null => null,
    async ({ uri }: TextDocumentContentParams) => {
      const text = await textOf(uri);
      if (text === undefined) return { text: '-- Open a file of the configuration to see this.\n' };
      if (shown.size < MOST) shown.set(uri, text);
      return { text };
    },
  );
  content.on((params, token) => handle(params, token));

  server.afterChange(async () => {
    for (const [uri, before] of shown) {
      const now = await textOf(uri);
      if (now === before) continue;
      shown.delete(uri);
      content.refresh(uri).catch(error => logError(server, 'workspace/textDocumentContent/refresh', error));
    }
  });
}
