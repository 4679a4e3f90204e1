// The program: a language server on its standard streams (`--stdio`, the default) or on Node's channel (`--node-ipc`).
import { createConnection } from 'vscode-languageserver/node';
import { machineEnvironment } from './machine.js';
import { startServer } from './server.js';

const ipc = process.argv.includes('--node-ipc');
const named = ipc || process.argv.includes('--stdio');
const connection = named ? createConnection() : createConnection(process.stdin, process.stdout);

// what is forgotten here must not end the editor's session
process.on('unhandledRejection', () => connection.console.error('a promise was rejected and nobody was waiting'));
process.on('uncaughtException', error => process.stderr.write(`prosodist: ${error.message.split('\n')[0]}\n`));
// the editor is gone: without it there is nothing to do
if (ipc) process.once('disconnect', () => process.exit(1));

startServer(connection, machineEnvironment());
