import type { NewLink } from '@prosodist/core';
import type { CodeAction } from 'vscode-languageserver-types';

/** The command that makes symbolic links on disk; its arguments are `NewLink`s. */
export const LINK_COMMAND = 'prosodist.link';

/** An action that makes links too, or nothing else: the client runs its command after the edit. */
export function withLinks(action: CodeAction, links: readonly NewLink[]): CodeAction {
  if (links.length === 0) return action;
  const names = links.map(link => link.path.slice(link.path.lastIndexOf('/') + 1)).join(', ');
  return { ...action, command: { title: `Link ${names}`, command: LINK_COMMAND, arguments: [...links] } };
}
