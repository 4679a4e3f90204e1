import { type ActionData, codeActions, type EditClient, resolveAction } from '@prosodist/language-service';
import { type CodeAction, type CodeActionParams, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { guarded, type Server } from '../context.js';

/** `textDocument/codeAction` and `codeAction/resolve` */
export function codeAction(server: Server): void {
  const { connection, trees } = server;
  const handle = guarded(
    server,
    'textDocument/codeAction',
    (): CodeAction[] => [],
    async ({ textDocument, range, context: { only } }: CodeActionParams) => {
      // a client without literals knows commands only, and there are none for this
      if (!server.client.codeActionLiterals) return [];
      const place = await trees.of(textDocument.uri);
      return place ? codeActions(place.tree, place.path, range, editClient(server), only) : [];
    },
  );
  const resolve = guarded(
    server,
    'codeAction/resolve',
    (): CodeAction => ({ title: '' }),
    async (action: CodeAction) => {
      if (!isData(action.data)) return action;
      const place = await trees.of(action.data.uri);
      const resolved = place
        ? resolveAction(place.tree, action, action.data, editClient(server))
        : { problem: 'the file is closed' };
      // an answer that people read: nothing happens, and this is why
      if ('problem' in resolved) throw new ResponseError(LSPErrorCodes.RequestFailed, `${action.title}: ${resolved.problem}.`);
      return { ...action, ...resolved };
    },
  );
  connection.onCodeAction((params, token) => handle(params, token));
  connection.onCodeActionResolve((params, token) => resolve(params, token));
}

function editClient({ client, documents }: Server): EditClient {
  const { documentChanges, createFiles, applyEdit, resolvesEdits, annotations, diagnostics } = client;
  const versionOf = (uri: string) => documents.get(uri)?.version ?? null;
  return { documentChanges, createFiles, applyEdit, resolvesEdits, annotations, diagnostics, versionOf };
}

/** The data comes back from the client: anything may be in it. */
function isData(data: unknown): data is ActionData {
  if (typeof data !== 'object' || data === null) return false;
  const { uri, id, argument } = data as Readonly<Record<keyof ActionData, unknown>>;
  return typeof uri === 'string' && typeof id === 'string' && typeof argument === 'string';
}
