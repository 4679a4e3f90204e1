import { folderOf } from '@prosodist/core';
import { LINK_COMMAND } from '@prosodist/language-service';
import { type ExecuteCommandParams, MessageType, ShowMessageNotification } from 'vscode-languageserver/node';
import { guarded, type Server } from '../context.js';
import { type LinkAnswer, makeLink } from '../links.js';

/** `workspace/executeCommand`: makes the links of a code action, after the client has made its edits. */
export function executeCommand(server: Server): void {
  const { connection, trees } = server;
  const handle = guarded(
    server,
    'workspace/executeCommand',
    (): LinkAnswer | null => null,
    ({ command, arguments: links = [] }: ExecuteCommandParams) => {
      if (command !== LINK_COMMAND) return null;
      const folders = trees.known().map(({ entry }) => folderOf(entry));
      const answer = links.map(link => makeLink(link, folders)).find(({ ok }) => !ok) ?? { ok: true };
      if (!answer.ok) tell(server, answer.problem ?? '');
      trees.filesChanged();
      server.changed();
      return answer;
    },
  );
  connection.onExecuteCommand((params, token) => handle(params, token));
}

/** Says it to the person: without the link, what they asked for is only half done. */
function tell({ connection }: Server, message: string): void {
  void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message }).catch(() => undefined);
}
