// The program in a web page: a language server in a worker, which reads files through the editor. It has no machine and no directory.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { editorEnvironment } from './editor-files.js';
import { startServer } from './server.js';

const connection = createConnection(new BrowserMessageReader(self as never), new BrowserMessageWriter(self as never));
startServer(
  connection,
  editorEnvironment(paths => connection.sendRequest('prosodist/files', { paths })),
);
