import type { Connection } from 'vscode-languageserver';
import { FEATURES } from './capabilities.js';
import { newServer } from './context.js';
import type { Environment } from './environment.js';
import { initialize } from './handlers/initialize.js';
import { prosodistRequests } from './handlers/prosodist/requests.js';

/**
 * Serves one client over a connection until it leaves.
 * @param connection not listening yet
 * @param environment what the server may know of the computer
 */
export function startServer(connection: Connection, environment: Environment): void {
  const server = newServer(connection, environment);
  initialize(server);
  for (const { serve } of FEATURES) serve(server);
  prosodistRequests(server);
  connection.listen();
}
