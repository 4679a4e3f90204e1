import { ACTION_KINDS, APPLY_COMMAND } from '@prosodist/language-service';
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { type ClientFeatures, clientFeatures } from '../client.js';
import { guarded, logError, type Server } from '../context.js';

/** `initialize` and `initialized`: what each side can do, and what the server wants to hear of. */
export function initialize(server: Server): void {
  const { connection, settings } = server;
  const answer = (): InitializeResult => ({ capabilities: capabilities(server.client), serverInfo: { name: 'prosodist' } });
  const handle = guarded(server, 'initialize', answer, (params: InitializeParams) => {
    server.client = clientFeatures(params);
    settings.asks = server.client.hasConfiguration;
    settings.initialize(params);
    return answer();
  });
  connection.onInitialize((params, token) => handle(params, token));
  connection.onInitialized(() => {
    register(server).catch(error => logError(server, 'client/registerCapability', error));
  });
}

function capabilities({ pullsDiagnostics }: ClientFeatures): InitializeResult['capabilities'] {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    codeActionProvider: { codeActionKinds: Object.values(ACTION_KINDS) },
    hoverProvider: true,
    documentSymbolProvider: true,
    executeCommandProvider: { commands: [APPLY_COMMAND] },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(pullsDiagnostics
      ? { diagnosticProvider: { identifier: 'prosodist', interFileDependencies: true, workspaceDiagnostics: true } }
      : {}),
  };
}

async function register({ connection, client }: Server): Promise<void> {
  if (client.registersConfiguration)
    await connection.client.register(DidChangeConfigurationNotification.type, { section: 'prosodist' });
  if (client.registersWatchers)
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*.cfg.lua' }] });
}
