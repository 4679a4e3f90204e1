import { strict as assert } from 'node:assert';
import { Client, PULL, type Transport } from './client.js';
import { session } from './session.js';

for (const transport of ['stdio', 'ipc'] satisfies Transport[]) {
  describe(`the server over ${transport}`, function () {
    this.timeout(30_000);

    it(
      'says what it can do, and registers for what it wants to hear',
      session({ transport }, async client => {
        const { capabilities } = client.initialized;
        assert.equal(capabilities.positionEncoding, 'utf-16');
        assert.equal(capabilities.diagnosticProvider, undefined);
        assert.deepEqual(capabilities.executeCommandProvider, { commands: ['prosodist.apply'] });
        assert.deepEqual(capabilities.codeActionProvider, {
          codeActionKinds: ['quickfix', 'refactor.rewrite', 'refactor.move', 'source.fixAll.prosodist'],
          resolveProvider: true,
        });
        await client.until('registrations', () => (client.registered.length === 2 ? true : undefined));
        assert.deepEqual(client.registered, ['workspace/didChangeConfiguration', 'workspace/didChangeWatchedFiles']);
      }),
    );

    it(
      'offers diagnostics to clients that ask for them',
      session({ transport, capabilities: PULL }, async client => {
        assert.deepEqual(client.initialized.capabilities.diagnosticProvider, {
          identifier: 'prosodist',
          interFileDependencies: true,
          workspaceDiagnostics: true,
          workDoneProgress: true,
        });
        await client.until('registrations', () => (client.registered.length === 2 ? true : undefined));
      }),
    );

    it(
      'serves an editor that can do next to nothing',
      session({ transport, capabilities: {} }, async (client, workspace) => {
        const uri = workspace.uri('prosody.cfg.lua');
        await client.open(uri, 'admins = = {}\n');
        const [found] = await client.published(uri, 1);
        assert.equal(found?.code, 'syntax-error');
        assert.equal(found?.codeDescription, undefined);
        const symbols = await client.request<unknown[]>('textDocument/documentSymbol', { textDocument: { uri } });
        assert.ok(Array.isArray(symbols));
        await client.change(uri, 'modules_enabled = { "saslauth"; "tls" }\nVirtualHost "a.example"\n', 2);
        assert.deepEqual(await client.published(uri, 2), []);
      }),
    );

    it(
      'answers a malformed request and lives on',
      session({ transport, capabilities: PULL }, async (client, workspace) => {
        const uri = workspace.uri('prosody.cfg.lua');
        await client.open(uri, 'admins = {}\n');
        assert.equal(await client.request('textDocument/hover', {}), null);
        assert.equal(await client.request('textDocument/hover', { textDocument: { uri } }), null);
        assert.deepEqual(await client.request('textDocument/codeAction', { textDocument: { uri } }), []);
        assert.deepEqual(await client.request('textDocument/documentSymbol', { textDocument: null }), []);
        assert.deepEqual(await client.request('textDocument/diagnostic', {}), { kind: 'full', items: [] });
        assert.equal(await client.request('workspace/executeCommand', { command: 'prosodist.nothing' }), null);
        await client.notify('textDocument/didOpen', {});
        await client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: 'nonsense' });
        await client.notify('textDocument/didClose', { textDocument: 1 });
        await client.notify('workspace/didChangeWorkspaceFolders', {});
        const hover = await client.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 2 } });
        assert.ok(hover);
        const logs = (client.takeAll('window/logMessage') as { message: string }[]).map(({ message }) => message.split(': ')[0]);
        assert.deepEqual(logs, [
          'textDocument/hover',
          'textDocument/hover',
          'textDocument/codeAction',
          'textDocument/documentSymbol',
          'textDocument/diagnostic',
          'textDocument/didOpen',
          'textDocument/didChange',
          'workspace/didChangeWorkspaceFolders',
        ]);
      }),
    );

    it('ends when its editor is gone without a word', async () => {
      const client = await Client.start({ transport });
      const ended = new Promise(resolve => client.process.once('exit', resolve));
      if (transport === 'ipc') client.process.disconnect();
      else client.process.stdin?.end();
      assert.equal(await ended, 1);
      client.connection.dispose();
    });
  });
}
