import { inlayHints, resolveInlayHint } from '@prosodist/language-service';
import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import { guarded, logError, placed, type Server } from '../context.js';

/** `textDocument/inlayHint` and `inlayHint/resolve`, for those who have switched hints on. */
export function inlayHint(server: Server): void {
  const { connection, settings, trees } = server;
  const { inlayHint: on } = connection.languages;
  const handle = placed(
    server,
    'textDocument/inlayHint',
    (): InlayHint[] => [],
    async ({ tree, path }, { textDocument: { uri }, range }: InlayHintParams) => {
      if (!(await settings.of(uri)).inlayHints) return [];
      return inlayHints(tree, path, range).map(hint => (hint.data ? { ...hint, data: { ...hint.data, uri } } : hint));
    },
  );
  const resolve = guarded(
    server,
    'inlayHint/resolve',
    (): InlayHint => ({ label: '', position: { line: 0, character: 0 } }),
    async (hint: InlayHint) => {
      const uri: unknown = hint.data?.uri;
      const place = typeof uri === 'string' ? await trees.of(uri) : undefined;
      return place ? resolveInlayHint(place.tree, place.path, hint, server.client.markdown) : hint;
    },
  );
  on.on((params, token) => handle(params, token));
  on.resolve((params, token) => resolve(params, token));

  let seen = settings.generation;
  server.afterChange(async () => {
    if (settings.generation === seen) return;
    seen = settings.generation;
    if (!server.client.refreshesInlayHints) return;
    on.refresh().catch(error => logError(server, 'workspace/inlayHint/refresh', error));
  });
}
