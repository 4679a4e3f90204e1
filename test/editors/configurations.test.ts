// The configurations of docs/editors.md whose editors are not run here: what they start has to start, and to answer.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';
import { Desk, documented, editorLab, FILES } from '../support/editors.js';
import { describeWith } from '../support/needing.js';

interface Start {
  readonly command: readonly string[];
  readonly options?: unknown;
}

/** How each editor would start the server, read from its configuration. */
const STARTS: Readonly<Record<string, (text: string) => Start>> = {
  helix: text => {
    // the values used here are written in TOML as in JSON
    const value = (key: string) => JSON.parse(new RegExp(`^${key} = (.+)$`, 'm').exec(text)?.[1] ?? '""') as string | string[];
    assert.deepEqual(value('language-servers'), ['prosodist']);
    return { command: [value('command'), value('args')].flat() };
  },
  kate: text => {
    const { command, initializationOptions } = JSON.parse(text).servers.lua;
    return { command, options: initializationOptions };
  },
  sublime: text => {
    const { command, initializationOptions } = JSON.parse(text).clients.prosodist;
    return { command, options: initializationOptions };
  },
  zed: text => {
    const { languages, lsp } = JSON.parse(text);
    const [name] = languages.Lua.language_servers;
    const { binary, initialization_options } = lsp[name];
    return { command: [binary.path, ...binary.arguments], options: initialization_options };
  },
};

describeWith('configurations of other editors', editorLab(process.execPath), () => {
  for (const [editor, read] of Object.entries(STARTS)) {
    it(`${editor}: the server starts and has findings for a file that is called lua`, async () => {
      const desk = new Desk(FILES);
      const { command, options } = read(documented(editor));
      const [program = '', ...args] = command;
      const server = spawn(program, args, { env: desk.environment, cwd: desk.home, stdio: ['pipe', 'pipe', 'inherit'] });
      const connection = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
      try {
        const found = new Promise<PublishDiagnosticsParams>((resolve, reject) => {
          server.once('error', reject);
          connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
            if (params.uri.endsWith('prosody.cfg.lua')) resolve(params);
          });
        });
        connection.listen();
        await connection.sendRequest('initialize', {
          processId: process.pid,
          rootUri: null,
          capabilities: {},
          initializationOptions: options,
        });
        await connection.sendNotification('initialized', {});
        const name = 'prosody/prosody.cfg.lua';
        const textDocument = { uri: pathToFileURL(desk.path(name)).href, languageId: 'lua', version: 1, text: desk.read(name) };
        await connection.sendNotification('textDocument/didOpen', { textDocument });
        const { diagnostics } = await found;
        assert.ok(diagnostics.some(({ code }) => code === 'syntax-error'));
      } finally {
        connection.dispose();
        server.kill();
        desk.remove();
      }
    });
  }
});
