import type { Changes, NewLink } from '@prosodist/core';
import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver-types';
import type { EditClient } from './workspaceEdit.js';

/** The command that does what no edit alone can: an edit, then symbolic links, and new files that others must not read. */
export const APPLY_COMMAND = 'prosodist.apply';

/** What the command is given, as its one argument. */
export interface Application {
  readonly label: string;
  /** The edit that the server asks the client to make first; null where the client has made it already. */
  readonly edit: WorkspaceEdit | null;
  readonly links: readonly NewLink[];
  /** New files that will hold a password. */
  readonly protect: readonly string[];
}

/**
 * An action whose changes make links or protect new files too. The server asks for the edit itself, so that what follows is
 * done if and only if the edit was made: an editor may forget a command that it shall run behind a long edit. Clients that
 * cannot be asked get the edit with the action and run the command behind it.
 */
export function withApplication(action: CodeAction, { links, creates }: Changes, client: EditClient): CodeAction {
  const protect = creates.filter(({ secret }) => secret).map(({ file }) => file);
  if (links.length + protect.length === 0) return action;
  const { edit, ...rest } = action;
  const asked = client.applyEdit && edit !== undefined;
  const application: Application = { label: action.title, edit: asked ? edit : null, links, protect };
  return { ...(asked ? rest : action), command: { title: action.title, command: APPLY_COMMAND, arguments: [application] } };
}
