import { strict as assert } from 'node:assert';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CodeLens,
  InlayHint,
  Location,
  LocationLink,
  SemanticTokens,
  SemanticTokensDelta,
  TextEdit,
  WorkspaceEdit,
  WorkspaceSymbol,
} from 'vscode-languageserver/node';
import { type Client, PULL } from './client.js';
import { session } from './session.js';
import { edited, MAIN, MEET, type Workspace } from './workspace.js';

const LINKS = {
  ...PULL,
  textDocument: { ...PULL.textDocument, definition: { linkSupport: true }, rename: { prepareSupport: true } },
};

/** Both files of the tree, open. */
async function opened(client: Client, workspace: Workspace): Promise<{ main: string; meet: string }> {
  const [main, meet] = [workspace.uri('prosody.cfg.lua'), workspace.uri('conf.d/meet.cfg.lua')];
  await client.open(main, `${MAIN}x = "meet.example.com"\n`);
  await client.open(meet, MEET);
  return { main, meet };
}

const at = (uri: string, line: number, character: number) => ({ textDocument: { uri }, position: { line, character } });

describe('navigation over the protocol', function () {
  this.timeout(30_000);

  it(
    'leads across files, with links for clients that take them and plain places for others',
    session({ capabilities: LINKS }, async (client, workspace) => {
      const { main, meet } = await opened(client, workspace);
      const [link] = await client.request<LocationLink[]>('textDocument/definition', at(main, 3, 8));
      assert.equal(link?.targetUri, meet);
      assert.deepEqual(link?.targetSelectionRange.start, { line: 0, character: 13 });
      assert.deepEqual(await client.request('textDocument/declaration', at(main, 3, 8)), [link]);
    }),
  );

  it(
    'gives places, references, highlights, links, folds and selections',
    session({ capabilities: PULL }, async (client, workspace) => {
      const { main, meet } = await opened(client, workspace);
      const [place] = await client.request<Location[]>('textDocument/definition', at(main, 3, 8));
      assert.deepEqual(place?.range.start, { line: 0, character: 13 });
      const uses = await client.request<Location[]>('textDocument/references', {
        ...at(meet, 0, 16),
        context: { includeDeclaration: true },
      });
      assert.deepEqual(
        uses.map(({ uri }) => uri),
        [main, meet],
      );
      assert.equal((await client.request<unknown[]>('textDocument/documentHighlight', at(meet, 0, 16))).length, 1);
      const links = await client.request<{ target: string }[]>('textDocument/documentLink', { textDocument: { uri: main } });
      assert.ok(links.some(({ target }) => target === meet));
      assert.ok((await client.request<unknown[]>('textDocument/foldingRange', { textDocument: { uri: meet } })).length > 0);
      const selections = await client.request<unknown[]>('textDocument/selectionRange', {
        textDocument: { uri: meet },
        positions: [{ line: 1, character: 5 }],
      });
      assert.equal(selections.length, 1);
    }),
  );

  it(
    'finds symbols in the trees of several folders',
    session({ capabilities: PULL }, async (client, workspace) => {
      await opened(client, workspace);
      workspace.write('other/prosody.cfg.lua', 'VirtualHost "other.example"\n');
      await client.open(workspace.uri('other/prosody.cfg.lua'), 'VirtualHost "other.example"\n');
      const symbols = await client.request<WorkspaceSymbol[]>('workspace/symbol', { query: 'example' });
      assert.deepEqual(
        new Set(symbols.map(({ name }) => name)),
        new Set(['meet.example.com', 'conference.meet.example.com', 'other.example']),
      );
    }),
  );

  it(
    'renames a host in all files, and says why it does not',
    session({ capabilities: LINKS }, async (client, workspace) => {
      const { main, meet } = await opened(client, workspace);
      assert.deepEqual(client.initialized.capabilities.renameProvider, { prepareProvider: true });
      const { placeholder } = await client.request<{ placeholder: string }>('textDocument/prepareRename', at(main, 3, 8));
      assert.equal(placeholder, 'meet.example.com');
      const edit = await client.request<WorkspaceEdit>('textDocument/rename', { ...at(main, 3, 8), newName: 'talk.example.org' });
      const texts = (edit.documentChanges ?? []).map(change => {
        assert.ok('edits' in change);
        const { uri, version } = change.textDocument;
        assert.equal(version, 1);
        return edited(uri === main ? `${MAIN}x = "meet.example.com"\n` : MEET, change.edits as TextEdit[]);
      });
      assert.deepEqual(
        texts.sort(),
        [`${MAIN}x = "talk.example.org"\n`, MEET.replaceAll('meet.example.com', 'talk.example.org')].sort(),
      );
      await assert.rejects(
        client.request('textDocument/rename', { ...at(meet, 0, 16), newName: 'a b' }),
        /no name that Prosody takes/,
      );
      await assert.rejects(client.request('textDocument/prepareRename', at(meet, 1, 6)), /decide how options are called/);
    }),
  );

  it(
    'shows who includes a file that is not open',
    session({ capabilities: PULL }, async (client, workspace) => {
      const main = workspace.uri('prosody.cfg.lua');
      await client.open(main, MAIN);
      const [item] = await client.request<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', at(main, 2, 12));
      assert.equal(item?.name, 'meet.cfg.lua');
      const [caller] = await client.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item });
      assert.equal(caller?.from.uri, main);
      assert.deepEqual(await client.request('callHierarchy/outgoingCalls', { item }), []);
    }),
  );

  it(
    'aligns a table on request',
    session({ capabilities: PULL }, async (client, workspace) => {
      const uri = workspace.uri('prosody.cfg.lua');
      const text = 't = {\na=1,\n  bb   =2\n}\n';
      await client.open(uri, text);
      const edits = await client.request<TextEdit[]>('textDocument/rangeFormatting', {
        textDocument: { uri },
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } },
        options: { tabSize: 2, insertSpaces: true },
      });
      assert.equal(edited(text, edits), 't = {\n  a  = 1,\n  bb = 2\n}\n');
    }),
  );
});

describe('semantic tokens over the protocol', function () {
  this.timeout(30_000);

  it(
    'are given whole, then as what has changed',
    session({ capabilities: PULL }, async (client, workspace) => {
      const uri = workspace.uri('prosody.cfg.lua');
      await client.open(uri, 'admins = {}\nVirtualHost "a.example"\n');
      const first = await client.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument: { uri } });
      await client.change(uri, 'admins = {}\nstorage = "sql"\nVirtualHost "a.example"\n', 2);
      const next = { textDocument: { uri }, previousResultId: first.resultId };
      const delta = await client.request<SemanticTokensDelta>('textDocument/semanticTokens/full/delta', next);
      const made = [...first.data];
      for (const { start, deleteCount, data = [] } of delta.edits) made.splice(start, deleteCount, ...data);
      const whole = await client.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument: { uri } });
      assert.deepEqual(made, whole.data);
      // the client names tokens that the server does not have any more
      assert.ok('data' in (await client.request<object>('textDocument/semanticTokens/full/delta', next)));
      const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } };
      const part = await client.request<SemanticTokens>('textDocument/semanticTokens/range', { textDocument: { uri }, range });
      assert.equal(part.data.length, 5);
    }),
  );
});

describe('hints and lenses over the protocol', function () {
  this.timeout(30_000);
  const capabilities = {
    ...PULL,
    workspace: { ...PULL.workspace, inlayHint: { refreshSupport: true }, codeLens: { refreshSupport: true } },
    experimental: { prosodist: { commands: ['prosodist.testDirectory'] } },
  };
  const text = 'authentication = "ldap2"\nVirtualHost "a.example"\n';
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };

  it(
    'are off, and come when they are switched on',
    session({ capabilities }, async (client, workspace) => {
      const uri = workspace.uri('prosody.cfg.lua');
      await client.open(uri, text);
      const hints = () => client.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri }, range });
      const lenses = () => client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
      assert.deepEqual([await hints(), await lenses()], [[], []]);
      client.settings = { inlayHints: { enabled: true }, codeLens: { enabled: true } };
      await client.notify('workspace/didChangeConfiguration', { settings: null });
      await client.take('workspace/inlayHint/refresh');
      await client.take('workspace/codeLens/refresh');
      const [hint] = await hints();
      assert.equal(hint?.label, 'authentication = "ldap2"');
      const { tooltip } = await client.request<InlayHint>('inlayHint/resolve', hint);
      assert.match(JSON.stringify(tooltip), /prosody\.cfg\.lua:1/);
      const shown = [];
      for (const lens of await lenses()) shown.push((await client.request<CodeLens>('codeLens/resolve', lens)).command?.title);
      assert.match(shown.join(' | '), /^\d+ modules \| 0 options \| Test the directory$/);
      client.takeAll('workspace/diagnostic/refresh');
    }),
  );
});
