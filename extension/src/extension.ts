import * as path from 'node:path';
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { start } from './activate.js';
import { provideTasks } from './tasks.js';

/** The extension on a computer: the server is a process of its own. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath(path.join('dist', 'server.cjs'));
  context.subscriptions.push(provideTasks());
  await start(
    context,
    options => new LanguageClient('prosodist', 'Prosodist', { module, transport: TransportKind.ipc }, options),
  );
}

/** What was started is among the subscriptions of the context, and ends with them. */
export function deactivate(): void {}
