import { completion as completionOf, resolveCompletion } from '@prosodist/language-service';
import type { CompletionItem, CompletionList, CompletionParams } from 'vscode-languageserver';
import { logError, placed, type Server } from '../context.js';

/** `textDocument/completion` and `completionItem/resolve` */
export function completion(server: Server): void {
  const { connection } = server;
  const handle = placed(
    server,
    'textDocument/completion',
    (): CompletionList => ({ isIncomplete: false, items: [] }),
    ({ tree, path }, { position }: CompletionParams) => completionOf(tree, path, position, server.client.completion),
  );
  connection.onCompletion((params, token) => handle(params, token));
  // the edits of an item are the client's already: they go back as they came
  connection.onCompletionResolve((item: CompletionItem) => {
    try {
      return resolveCompletion(item, { markdown: server.client.markdown });
    } catch (error) {
      logError(server, 'completionItem/resolve', error);
      return item;
    }
  });
}
