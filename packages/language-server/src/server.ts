import type { Connection } from 'vscode-languageserver/node';
import { newServer } from './context.js';
import type { Environment } from './environment.js';
import { codeAction } from './handlers/codeAction.js';
import { documentSymbol } from './handlers/documentSymbol.js';
import { executeCommand } from './handlers/executeCommand.js';
import { hover } from './handlers/hover.js';
import { initialize } from './handlers/initialize.js';
import { pullDiagnostics } from './handlers/pullDiagnostics.js';
import { pushDiagnostics } from './handlers/pushDiagnostics.js';
import { textDocumentSync } from './handlers/textDocumentSync.js';
import { workspaceChanges } from './handlers/workspaceChanges.js';
import { scheduler } from './schedule.js';

/**
 * Serves one client over a connection until it leaves.
 * @param connection not listening yet
 * @param environment what the server may know of the computer
 */
export function startServer(connection: Connection, environment: Environment): void {
  const server = newServer(connection, environment);
  const push = pushDiagnostics(server);
  const refresh = pullDiagnostics(server);
  server.changed = scheduler(server, () => (server.client.pullsDiagnostics ? refresh() : push()));
  for (const handler of [initialize, textDocumentSync, workspaceChanges, hover, documentSymbol, codeAction, executeCommand]) {
    handler(server);
  }
  connection.listen();
}
