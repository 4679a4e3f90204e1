import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { start } from './activate.js';
import { converters, serveFiles } from './web-files.js';

/** The extension in a web page: the server is a worker, and what it reads comes through the editor. */
export async function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, 'dist', 'server.worker.js').toString(true);
  await start(context, options => {
    const client = new LanguageClient('prosodist', 'Prosodist', new Worker(script), { ...options, uriConverters: converters });
    context.subscriptions.push(serveFiles(client));
    return client;
  });
}

/** What was started is among the subscriptions of the context, and ends with them. */
export function deactivate(): void {}
