import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { type ClientFeatures, clientFeatures } from './client.js';
import type { Environment } from './environment.js';
import { scheduler } from './schedule.js';
import { Documents } from './state/documents.js';
import { Positions } from './state/positions.js';
import { Settings } from './state/settings.js';
import { type Place, Trees } from './state/trees.js';

/** What the handlers share. */
export interface Server {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly settings: Settings;
  readonly trees: Trees;
  /** Positions as the client counts them: what comes in and goes out passes through here. */
  readonly positions: Positions;
  readonly environment: Environment;
  /** Whether the person trusts what is open: without that nothing is contacted. */
  trusted: boolean;
  client: ClientFeatures;
  /** Tells that something has changed; what has to follow does so soon. */
  changed(): void;
  /** Adds a job that follows changes: sending diagnostics, asking the client to ask again. */
  afterChange(job: () => Promise<void>): void;
}

/** A server that has heard nothing yet. */
export function newServer(connection: Connection, environment: Environment): Server {
  const documents = new Documents();
  const settings = new Settings(connection, environment);
  const trees = new Trees(documents, settings, environment);
  const jobs: (() => Promise<void>)[] = [];
  const changed = scheduler(async () => {
    for (const job of jobs) await job().catch(error => logError({ connection }, 'after a change', error));
  });
  const client = clientFeatures(undefined);
  const positions = new Positions(documents, trees);
  const state = { connection, documents, settings, trees, positions, environment, trusted: true, client };
  return { ...state, changed, afterChange: job => jobs.push(job) };
}

/** Logs what went wrong: where and the message, never a text or a value. */
export function logError({ connection }: Pick<Server, 'connection'>, where: string, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const [line = ''] = message.split('\n');
  connection.console.error(`${where}: ${line.slice(0, 200)}`);
}

/**
 * A handler that costs one request when it fails, not the server. Its params and its answer are in UTF-16; a request that was
 * cancelled is answered so, and an error that is an answer (`ResponseError`) is given.
 * @param empty the answer when it fails
 */
export function guarded<Params, Answer>(
  server: Server,
  method: string,
  empty: () => Answer,
  handle: (params: Params) => Answer | Promise<Answer>,
): (params: Params, token?: CancellationToken) => Promise<Answer> {
  const { positions } = server;
  return async (params, token) => {
    refuseCancelled(token);
    try {
      const answer = await handle(positions.fromClient(params));
      refuseCancelled(token);
      return positions.toClient(answer, params);
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      logError(server, method, error);
      return empty();
    }
  };
}

function refuseCancelled(token: CancellationToken | undefined): void {
  if (token?.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}

/**
 * A guarded handler of a request about a document.
 * @param empty the answer where the document is no configuration of Prosody, or the handler fails
 */
export function placed<Params extends { readonly textDocument: { readonly uri: string } }, Answer>(
  server: Server,
  method: string,
  empty: () => Answer,
  handle: (place: Place, params: Params) => Answer | Promise<Answer>,
): (params: Params, token?: CancellationToken) => Promise<Answer> {
  return guarded(server, method, empty, async params => {
    const place = await server.trees.of(params.textDocument.uri);
    return place ? handle(place, params) : empty();
  });
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
