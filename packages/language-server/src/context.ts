import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import { type ClientFeatures, clientFeatures } from './client.js';
import type { Environment } from './environment.js';
import { Documents } from './state/documents.js';
import { Settings } from './state/settings.js';
import { Trees } from './state/trees.js';

/** What the handlers share. */
export interface Server {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly settings: Settings;
  readonly trees: Trees;
  client: ClientFeatures;
  /** Tells that something has changed; diagnostics follow soon. */
  changed(): void;
}

/** A server that has heard nothing yet. */
export function newServer(connection: Connection, environment: Environment): Server {
  const documents = new Documents();
  const settings = new Settings(connection, environment);
  const trees = new Trees(documents, settings, environment);
  return { connection, documents, settings, trees, client: clientFeatures(undefined), changed: () => undefined };
}

/** Logs what went wrong: where and the message, never a text or a value. */
export function logError({ connection }: Pick<Server, 'connection'>, where: string, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const [line = ''] = message.split('\n');
  connection.console.error(`${where}: ${line.slice(0, 200)}`);
}

/**
 * A handler that costs one request when it fails, not the server.
 * @param empty the answer when it fails or nobody waits for it any more
 */
export function guarded<Params, Answer>(
  server: Server,
  method: string,
  empty: () => Answer,
  handle: (params: Params) => Answer | Promise<Answer>,
): (params: Params, token?: CancellationToken) => Promise<Answer> {
  return async (params, token) => {
    if (token?.isCancellationRequested) return empty();
    try {
      return await handle(params);
    } catch (error) {
      logError(server, method, error);
      return empty();
    }
  };
}

/** A notification's handler that fails alone. */
export function safely<Params>(server: Server, method: string, handle: (params: Params) => void): (params: Params) => void {
  return params => {
    try {
      handle(params);
    } catch (error) {
      logError(server, method, error);
    }
  };
}
