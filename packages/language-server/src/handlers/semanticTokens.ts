import { tokenEdits, semanticTokens as tokensOf } from '@prosodist/language-service';
import type {
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensDeltaParams,
  SemanticTokensParams,
  SemanticTokensRangeParams,
} from 'vscode-languageserver';
import { placed, type Server } from '../context.js';

/** `textDocument/semanticTokens/full`, `full/delta` and `range`. */
export function semanticTokens(server: Server): void {
  const { connection, documents, positions } = server;
  const { semanticTokens: on } = connection.languages;
  /** What a client has of each document: the last answer is enough, it asks with no other. */
  const given = new Map<string, { readonly id: string; readonly data: readonly number[] }>();
  let count = 0;
  const keep = (uri: string, data: number[]): SemanticTokens => {
    for (const known of given.keys()) if (!documents.get(known)) given.delete(known);
    count += 1;
    const resultId = String(count);
    given.set(uri, { id: resultId, data });
    return { resultId, data };
  };
  const empty = (): SemanticTokens => ({ data: [] });
  const full = placed(
    server,
    'textDocument/semanticTokens/full',
    empty,
    ({ tree, path }, { textDocument: { uri } }: SemanticTokensParams) =>
      keep(uri, positions.tokensToClient(uri, tokensOf(tree, path))),
  );
  const delta = placed(
    server,
    'textDocument/semanticTokens/full/delta',
    (): SemanticTokens | SemanticTokensDelta => ({ data: [] }),
    ({ tree, path }, { textDocument: { uri }, previousResultId }: SemanticTokensDeltaParams) => {
      const before = given.get(uri);
      const answer = keep(uri, positions.tokensToClient(uri, tokensOf(tree, path)));
      if (before?.id !== previousResultId) return answer;
      return { resultId: answer.resultId!, edits: tokenEdits(before.data, answer.data) };
    },
  );
  const range = placed(
    server,
    'textDocument/semanticTokens/range',
    empty,
    ({ tree, path }, { textDocument: { uri }, range: asked }: SemanticTokensRangeParams) => ({
      data: positions.tokensToClient(uri, tokensOf(tree, path, asked)),
    }),
  );
  on.on((params, token) => full(params, token));
  on.onDelta((params, token) => delta(params, token));
  on.onRange((params, token) => range(params, token));
}
