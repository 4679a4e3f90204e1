import { strict as assert } from 'node:assert';
import { rmSync } from 'node:fs';
import {
  CancellationTokenSource,
  type ClientCapabilities,
  type Diagnostic,
  type InlayHint,
  type SemanticTokens,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { PULL, PUSH } from './client.js';
import { session } from './session.js';
import { MAIN } from './workspace.js';

// "ü" is two bytes, one unit; "😀" is four bytes, two units, one code point
const WIDE = '-- ü😀\nx = "ü😀" y = = 1\n';
/** Where the second `=` stands in the line, as each encoding counts. */
const COLUMNS = { 'utf-8': 17, 'utf-16': 14, 'utf-32': 13 } as const;

describe('encodings of positions', function () {
  this.timeout(30_000);

  for (const [encoding, column] of Object.entries(COLUMNS)) {
    const capabilities: ClientCapabilities = { ...PULL, general: { positionEncodings: ['utf-7', encoding, 'utf-16'] } };

    it(
      `${encoding}: diagnostics, edits, hovers, tokens and definitions agree`,
      session({ capabilities }, async (client, workspace) => {
        assert.equal(client.initialized.capabilities.positionEncoding, encoding);
        const uri = workspace.uri('prosody.cfg.lua');
        await client.open(uri, WIDE);
        const pull = async () =>
          (await client.request<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })).items;
        const found = (await pull()).find(({ code }) => code === 'syntax-error');
        assert.deepEqual(found?.range.start, { line: 1, character: column });
        // two changes in one message, the second where the first has put it
        const place = (character: number) => ({ start: { line: 1, character }, end: { line: 1, character } });
        const emoji = { 'utf-8': 4, 'utf-16': 2, 'utf-32': 1 }[encoding]!;
        const space = { start: { line: 1, character: column + emoji }, end: { line: 1, character: column + emoji + 2 } };
        await client.notify('textDocument/didChange', {
          textDocument: { uri, version: 2 },
          contentChanges: [
            { range: place(5), text: '😀' },
            { range: space, text: '' },
          ],
        });
        // now `x = "😀ü😀" y = 1`
        assert.ok(!(await pull()).some(({ code }) => code === 'syntax-error'));
        const { data } = await client.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument: { uri } });
        assert.deepEqual(data.slice(0, 3), [1, 0, 1]);
        assert.deepEqual(data.slice(5, 8), [0, column + emoji - 4, 1]);
        const answer = await client.request<{ range: { start: unknown } }[]>('textDocument/definition', {
          textDocument: { uri },
          position: { line: 1, character: column + emoji - 4 },
        });
        assert.deepEqual(answer[0]?.range.start, { line: 1, character: column + emoji - 4 });
      }),
    );
  }

  it(
    'holds for edits of files that are not open, and for what comes back to be resolved',
    session({ capabilities: { ...PULL, general: { positionEncodings: ['utf-8'] } } }, async (client, workspace) => {
      workspace.write('conf.d/wide.cfg.lua', '-- ü\nx = "ü" y = "meet.example.com"\n');
      const uri = workspace.uri('prosody.cfg.lua');
      await client.open(uri, `${MAIN}z = "ü meet.example.com"\n`);
      const { documentChanges = [] } = await client.request<WorkspaceEdit>('textDocument/rename', {
        textDocument: { uri },
        position: { line: 3, character: 10 },
        newName: 'talk.example.org',
      });
      const starts = documentChanges.flatMap(change => {
        if (!('edits' in change)) return [];
        return change.edits.map(
          ({ range: { start } }) => `${change.textDocument.uri.split('/').at(-1)} ${start.line}:${start.character}`,
        );
      });
      // in bytes: "ü" is two of them
      assert.ok(starts.includes('wide.cfg.lua 1:14') && starts.includes('prosody.cfg.lua 3:8'), starts.join(', '));
      client.settings = { inlayHints: { enabled: true } };
      await client.notify('workspace/didChangeConfiguration', { settings: null });
      await client.change(uri, 'authentication = "ldap2"\nx = "ü" VirtualHost "a.example"\n', 2);
      const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
      const [hint] = await client.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri }, range });
      assert.deepEqual(hint?.position, { line: 1, character: 32 });
      assert.deepEqual((await client.request<InlayHint>('inlayHint/resolve', hint)).position, { line: 1, character: 32 });
      client.takeAll('workspace/diagnostic/refresh');
    }),
  );

  it(
    'is UTF-16 for clients that say nothing or name none that is known',
    session({ capabilities: { ...PUSH, general: { positionEncodings: ['utf-7'] } } }, async client => {
      assert.equal(client.initialized.capabilities.positionEncoding, 'utf-16');
    }),
  );
});

describe('a server that goes on', function () {
  this.timeout(30_000);

  it(
    'judges again when a slow client says at last what its settings are',
    session({ capabilities: PUSH, settings: { prosodyVersion: '0.12' } }, async (client, workspace) => {
      client.slowness = 3500;
      const uri = workspace.uri('lone/prosody.cfg.lua');
      await client.open(uri, 'VirtualHost "a.example"\n\tauthentication = "no_such"\n');
      // it is not waited for, and so the answer is that of the usual version at first
      assert.match(JSON.stringify(await client.published(uri, 1)), /that Prosody 13\.0/);
      client.slowness = 0;
      assert.match(JSON.stringify(await client.published(uri, 1)), /that Prosody 0\.12/);
      client.takeAll('textDocument/publishDiagnostics');
    }),
  );

  it(
    'answers a request that was cancelled with RequestCancelled, and the next one',
    session({ capabilities: PULL }, async (client, workspace) => {
      const uri = workspace.uri('prosody.cfg.lua');
      await client.open(uri, MAIN);
      const source = new CancellationTokenSource();
      const asked = client.connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri } }, source.token);
      source.cancel();
      await assert.rejects(asked, (error: { code?: number }) => error.code === -32800);
      assert.ok((await client.request<unknown[]>('textDocument/documentSymbol', { textDocument: { uri } })).length > 0);
    }),
  );

  it(
    'serves untitled documents, other schemes and files of nobody, without a root',
    session({ capabilities: PULL, folder: '' }, async (client, workspace) => {
      workspace.write('lone/any.cfg.lua', '-- saved');
      for (const uri of ['untitled:Untitled-1', 'vscode-vfs://github/x/prosody.cfg.lua', workspace.uri('lone/any.cfg.lua')]) {
        await client.open(uri, 'VirtualHost "a.example"\r\n\tx = "a.example"\r\n');
        const position = { line: 1, character: 8 };
        const [place] = await client.request<{ uri: string; range: { start: unknown } }[]>('textDocument/definition', {
          textDocument: { uri },
          position,
        });
        assert.equal(place?.uri, uri);
        assert.deepEqual(place?.range.start, { line: 0, character: 13 });
        const edit = await client.request<{ documentChanges: unknown[] }>('textDocument/rename', {
          textDocument: { uri },
          position,
          newName: 'b.example',
        });
        assert.equal(edit.documentChanges.length, 1);
      }
    }),
  );

  it(
    'notices files and folders that disappear under it',
    session({ capabilities: PULL }, async (client, workspace) => {
      const main = workspace.uri('prosody.cfg.lua');
      await client.open(main, `${MAIN}x = "meet.example.com"\n`);
      const ask = () =>
        client.request<unknown[]>('textDocument/definition', {
          textDocument: { uri: main },
          position: { line: 3, character: 8 },
        });
      assert.equal((await ask()).length, 1);
      for (const gone of ['conf.avail/meet.cfg.lua', 'conf.d', 'prosody.cfg.lua']) {
        rmSync(workspace.path(gone), { recursive: true });
        await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: workspace.uri(gone), type: 3 }] });
        assert.deepEqual(await ask(), [], gone);
      }
      client.takeAll('workspace/diagnostic/refresh');
    }),
  );

  it(
    'takes folders that come and go, and settings that change what is asked',
    session({ capabilities: PULL }, async (client, workspace) => {
      workspace.write('second/main.lua', 'Include "part.lua"\n');
      workspace.write('second/part.lua', 'x = 1\n');
      const part = workspace.uri('second/part.lua');
      await client.notify('workspace/didChangeWorkspaceFolders', {
        event: { added: [{ uri: workspace.uri('second'), name: 'second' }], removed: [] },
      });
      await client.open(part, 'VirtualHost "a.example"\n');
      const callers = async () => {
        const [item] = await client.request<unknown[]>('textDocument/prepareCallHierarchy', {
          textDocument: { uri: part },
          position: { line: 0, character: 0 },
        });
        return client.request<{ from: { name: string } }[]>('callHierarchy/incomingCalls', { item });
      };
      assert.deepEqual(await callers(), []);
      client.settings = { entryFile: 'main.lua' };
      await client.notify('workspace/didChangeConfiguration', { settings: null });
      assert.deepEqual(
        (await callers()).map(({ from }) => from.name),
        ['main.lua'],
      );
      client.takeAll('workspace/diagnostic/refresh');
    }),
  );
});
