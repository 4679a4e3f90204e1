import type { DidChangeConfigurationParams, DidChangeWorkspaceFoldersParams } from 'vscode-languageserver';
import { DidChangeWorkspaceFoldersNotification } from 'vscode-languageserver';
import { type Server, safely } from '../context.js';

/** `workspace/didChangeConfiguration`, `didChangeWatchedFiles`, `didChangeWorkspaceFolders`. */
export function workspaceChanges(server: Server): void {
  const { connection, settings, trees } = server;
  const again = () => {
    trees.filesChanged();
    server.changed();
  };
  // what was judged by the usual settings meanwhile is judged again by its own
  settings.late = () => {
    settings.given(undefined);
    again();
  };
  connection.onDidChangeConfiguration(
    safely(server, 'workspace/didChangeConfiguration', (params: DidChangeConfigurationParams) => {
      settings.given(params.settings);
      again();
    }),
  );
  connection.onDidChangeWatchedFiles(safely(server, 'workspace/didChangeWatchedFiles', again));
  connection.onNotification(
    DidChangeWorkspaceFoldersNotification.type,
    safely(server, 'workspace/didChangeWorkspaceFolders', ({ event }: DidChangeWorkspaceFoldersParams) => {
      settings.foldersChanged(event);
      again();
    }),
  );
}
