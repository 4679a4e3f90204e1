import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { capabilitiesFor } from '../capabilities.js';
import { clientFeatures } from '../client.js';
import { guarded, logError, type Server } from '../context.js';

/** `initialize` and `initialized`: what each side can do, and what the server wants to hear of. */
export function initialize(server: Server): void {
  const { connection, settings } = server;
  const answer = (): InitializeResult => ({ capabilities: capabilitiesFor(server.client), serverInfo: { name: 'prosodist' } });
  const handle = guarded(server, 'initialize', answer, (params: InitializeParams) => {
    server.client = clientFeatures(params);
    server.documents.encoding = server.positions.encoding = server.client.encoding;
    settings.asks = server.client.hasConfiguration;
    settings.initialize(params);
    server.trusted = isTrusted(params.initializationOptions);
    return answer();
  });
  connection.onInitialize((params, token) => handle(params, token));
  connection.onInitialized(() => {
    register(server).catch(error => logError(server, 'client/registerCapability', error));
  });
}

/** Whether the client trusts what is open; one that does not know such a question does. */
function isTrusted(options: unknown): boolean {
  return !(typeof options === 'object' && options !== null && 'trusted' in options && options.trusted === false);
}

/** What changes the answer: configurations under whatever name, the settings of Prosodist, and what is likely a baseline. */
const WATCHED = ['**/*.cfg.lua', '**/conf.d/*', '**/conf.avail/*', '**/prosodist.json', '**/*baseline*.json'];

async function register({ connection, client }: Server): Promise<void> {
  if (client.registersConfiguration)
    await connection.client.register(DidChangeConfigurationNotification.type, { section: 'prosodist' });
  if (client.registersWatchers)
    await connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: WATCHED.map(globPattern => ({ globPattern })),
    });
}
