import { folderOf } from '@prosodist/core';
import { APPLY_COMMAND, type Application } from '@prosodist/language-service';
import { type ExecuteCommandParams, MessageType, ShowMessageNotification } from 'vscode-languageserver';
import { guarded, type Server } from '../context.js';
import type { DiskAnswer } from '../environment.js';

/**
 * `workspace/executeCommand`: makes a code action's edit, if the client has not made it, then its links, and takes the rights
 * on its new files away from others. Nothing else is done where the edit is refused.
 */
export function executeCommand(server: Server): void {
  const { connection, trees } = server;
  const handle = guarded(
    server,
    'workspace/executeCommand',
    (): DiskAnswer | null => null,
    async ({ command, arguments: given = [] }: ExecuteCommandParams) => {
      if (command !== APPLY_COMMAND) return null;
      // before the edit: what it changes may not belong to any tree for a moment
      const folders = trees.known().map(({ entry }) => folderOf(entry));
      const application = asApplication(given[0]);
      const answer = application ? await apply(server, application, folders) : { ok: false, problem: 'There is nothing to do.' };
      if (!answer.ok) tell(server, answer.problem ?? '');
      trees.filesChanged();
      server.changed();
      return answer;
    },
  );
  connection.onExecuteCommand((params, token) => handle(params, token));
}

/** Makes an edit, then its links, then protects its new files. */
export async function apply(
  { connection, positions, environment }: Server,
  { label, edit, links, protect }: Application,
  folders: readonly string[],
): Promise<DiskAnswer> {
  if (edit) {
    const { applied, failureReason } = await connection.workspace.applyEdit(positions.toClient({ label, edit }, undefined));
    if (!applied)
      return {
        ok: false,
        problem: `${label}: the editor did not take the changes${failureReason ? ` (${failureReason})` : ''}.`,
      };
  }
  const missing: DiskAnswer = { ok: false, problem: 'There is no disk here: links and rights cannot be set.' };
  const answers = [
    ...links.map(link => environment.makeLink?.(link, folders) ?? missing),
    ...protect.map(file => environment.protectFile?.(file, folders) ?? missing),
  ];
  return answers.find(({ ok }) => !ok) ?? { ok: true };
}

/** The command's argument comes from outside: its shape is looked at here, its paths where they are used. */
function asApplication(value: unknown): Application | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { label, edit, links, protect } = value as Partial<Application>;
  if (
    typeof label !== 'string' ||
    !Array.isArray(links) ||
    !Array.isArray(protect) ||
    !protect.every(file => typeof file === 'string')
  )
    return undefined;
  return { label, edit: typeof edit === 'object' ? edit : null, links, protect };
}

/** Says it to the person: without the link, what they asked for is only half done. */
function tell({ connection }: Server, message: string): void {
  void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message }).catch(() => undefined);
}
