import * as path from 'node:path';
import { commands, type ExtensionContext, type LogOutputChannel, window } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { showState } from './status.js';

// Whoever maps `.cfg.lua` back to Lua (for another Lua tool) keeps Prosodist; plain Lua files are nobody's business here.
// No scheme is asked for: untitled and virtual documents are checked too.
const documents: { language: string; pattern?: string }[] = [
  { language: 'prosody' },
  { language: 'lua', pattern: '**/*.cfg.lua' },
];

let client: LanguageClient | undefined;

/** Starts the language server. VS Code calls this when the first Prosody configuration is opened. */
export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel('Prosodist', { log: true });
  const server = context.asAbsolutePath(path.join('dist', 'server.cjs'));
  const status = showState(documents);
  const start = async () => {
    client = createClient(server, output);
    status.follow(client);
    await client.start();
  };
  const restart = async () => {
    // A client whose server did not come up refuses to stop; it is left behind all the same.
    await client?.dispose().catch(reason => output.warn(String(reason)));
    await start();
  };
  context.subscriptions.push(
    output,
    status,
    commands.registerCommand('prosodist.restart', restart),
    commands.registerCommand('prosodist.showOutput', () => output.show()),
    commands.registerCommand('prosodist.fixAll', () =>
      // What saving does with `editor.codeActionsOnSave`, once.
      commands.executeCommand('editor.action.codeAction', { kind: 'source.fixAll.prosodist', apply: 'first' }),
    ),
  );
  // The client has told the user already; the commands stay, and the status item offers a restart.
  await start().catch(reason => output.error(String(reason)));
}

/** Stops the language server. */
export async function deactivate(): Promise<void> {
  await client?.dispose();
}

function createClient(module: string, outputChannel: LogOutputChannel): LanguageClient {
  const serverOptions = { module, transport: TransportKind.ipc };
  return new LanguageClient('prosodist', 'Prosodist', serverOptions, { documentSelector: documents, outputChannel });
}
