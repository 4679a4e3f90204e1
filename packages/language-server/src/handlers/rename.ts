import { type EditClient, prepareRename, type Refusal, rename as renameOf } from '@prosodist/language-service';
import {
  LSPErrorCodes,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { placed, type Server } from '../context.js';

/** `textDocument/prepareRename` and `textDocument/rename`. A refusal is an error with its reason, which editors show. */
export function rename(server: Server): void {
  const { connection, documents } = server;
  const prepare = placed(
    server,
    'textDocument/prepareRename',
    (): PrepareRenameResult | null => null,
    ({ tree, path }, { position }: PrepareRenameParams) => given(prepareRename(tree, path, position)),
  );
  const handle = placed(
    server,
    'textDocument/rename',
    (): WorkspaceEdit | null => null,
    ({ tree, path }, { position, newName }: RenameParams) => {
      const { documentChanges, createFiles, applyEdit } = server.client;
      const client: EditClient = {
        documentChanges,
        createFiles,
        applyEdit,
        versionOf: uri => documents.get(uri)?.version ?? null,
      };
      return given(renameOf(tree, path, position, newName, client));
    },
  );
  connection.onPrepareRename((params, token) => prepare(params, token));
  connection.onRenameRequest((params, token) => handle(params, token));
}

function given<Answer extends object>(answer: Answer | Refusal): Answer {
  if ('refused' in answer) throw new ResponseError(LSPErrorCodes.RequestFailed, answer.refused);
  return answer;
}
