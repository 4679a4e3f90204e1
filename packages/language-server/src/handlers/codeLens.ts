import { codeLenses, resolveCodeLens } from '@prosodist/language-service';
import { type CodeLens, type CodeLensParams, CodeLensRefreshRequest } from 'vscode-languageserver';
import { guarded, logError, placed, type Server } from '../context.js';

/** `textDocument/codeLens` and `codeLens/resolve`, for those who have switched lenses on. */
export function codeLens(server: Server): void {
  const { connection, settings, trees } = server;
  const handle = placed(
    server,
    'textDocument/codeLens',
    (): CodeLens[] => [],
    async ({ tree, path }, { textDocument: { uri } }: CodeLensParams) => {
      if (!(await settings.of(uri)).codeLenses) return [];
      return codeLenses(tree, path, server.client.commands).map(lens => ({ ...lens, data: { ...lens.data, uri } }));
    },
  );
  const resolve = guarded(
    server,
    'codeLens/resolve',
    (): CodeLens => ({ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } }),
    async (lens: CodeLens) => {
      const uri: unknown = lens.data?.uri;
      const place = typeof uri === 'string' ? await trees.of(uri) : undefined;
      return place ? resolveCodeLens(place.tree, place.path, lens) : lens;
    },
  );
  connection.onCodeLens((params, token) => handle(params, token));
  connection.onCodeLensResolve((params, token) => resolve(params, token));

  let seen = settings.generation;
  server.afterChange(async () => {
    if (settings.generation === seen) return;
    seen = settings.generation;
    if (!server.client.refreshesCodeLenses) return;
    connection.sendRequest(CodeLensRefreshRequest.type).catch(error => logError(server, 'workspace/codeLens/refresh', error));
  });
}
