import { strict as assert } from 'node:assert';
import { lstatSync, readlinkSync, statSync } from 'node:fs';
import type { CodeAction, DocumentSymbol, Hover, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { ASKED, type Client, PULL } from './client.js';
import { session } from './session.js';
import { edited, MAIN, MEET } from './workspace.js';

const MISSING_COMMA = 'admins = {\n  "a@example.com"\n  "b@example.com"\n}\n';
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

function actions(client: Client, uri: string, line: number, only?: string[]): Promise<CodeAction[]> {
  const at = { line, character: 4 };
  const range = line < 0 ? WHOLE : { start: at, end: at };
  return client.request('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [], only } });
}

describe('code actions', function () {
  this.timeout(30_000);

  for (const only of ['quickfix', 'source.fixAll']) {
    it(
      `${only} repairs the text that is open, not the one that is saved`,
      session({ capabilities: PULL }, async (client, workspace) => {
        const uri = workspace.uri('prosody.cfg.lua');
        await client.open(uri, `-- new line\n${MISSING_COMMA}`, 9);
        const [action] = await actions(client, uri, -1, [only]);
        const [edit] = (action?.edit?.documentChanges ?? []) as TextDocumentEdit[];
        assert.deepEqual(edit?.textDocument, { uri, version: 9 });
        assert.equal(
          edited(`-- new line\n${MISSING_COMMA}`, edit?.edits as TextEdit[]),
          `-- new line\n${MISSING_COMMA.replace('m"\n  "b', 'm",\n  "b')}`,
        );
      }),
    );
  }

  it(
    'edit the document that is open, not the link or target that it goes by elsewhere',
    session({ capabilities: PULL }, async (client, workspace) => {
      const uri = workspace.uri('conf.d/meet.cfg.lua');
      await client.open(uri, `${MEET}${MISSING_COMMA}`, 2);
      const [action] = await actions(client, uri, -1, ['quickfix']);
      const [edit] = (action?.edit?.documentChanges ?? []) as TextDocumentEdit[];
      assert.deepEqual(edit?.textDocument, { uri, version: 2 });
    }),
  );

  it(
    'add ldap2 authentication across files, with the link on disk',
    session({ capabilities: PULL }, async (client, workspace) => {
      const uri = workspace.uri('conf.avail/meet.cfg.lua');
      await client.open(uri, MEET);
      const [action] = await actions(client, uri, 1, ['refactor']);
      assert.equal(action?.title, 'Add ldap2 authentication to meet.example.com');
      workspace.apply(action.edit);
      assert.match(workspace.read('conf.avail/meet.cfg.lua'), /authentication = "ldap2"/);
      assert.match(workspace.read('conf.avail/ldap.cfg.lua'), /^ldap = \{/m);
      assert.match(workspace.read('prosody.cfg.lua'), /consider_bosh_secure = true/);
      const run = () => client.request('workspace/executeCommand', action.command);
      assert.deepEqual(await run(), { ok: true });
      assert.equal(readlinkSync(workspace.path('conf.d/ldap.cfg.lua')), '../conf.avail/ldap.cfg.lua');
      assert.equal(statSync(workspace.path('conf.avail/ldap.cfg.lua')).mode & 0o007, 0, 'others cannot read the password');
      assert.deepEqual(await run(), { ok: true }, 'twice is not wrong');
      await client.change(uri, workspace.read('conf.avail/meet.cfg.lua'), 2);
      const left = (await actions(client, uri, 1, ['refactor'])).map(({ title }) => title);
      assert.ok(
        left.includes('Migrate meet.example.com to core ldap') && !left.some(title => /^Add .*ldap/.test(title)),
        'nothing is left to add',
      );
    }),
  );

  it(
    'make links only behind an edit that the client has made',
    session({ capabilities: ASKED }, async (client, workspace) => {
      let applied = false;
      client.connection.onRequest('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
        if (applied) workspace.apply(edit);
        return { applied };
      });
      const uri = workspace.uri('conf.avail/meet.cfg.lua');
      await client.open(uri, MEET);
      const [action] = await actions(client, uri, 1, ['refactor']);
      assert.equal(action?.edit, undefined);
      const run = () => client.request<{ ok: boolean }>('workspace/executeCommand', action?.command);
      assert.equal((await run()).ok, false);
      await client.take('window/showMessage');
      assert.equal(lstatSync(workspace.path('conf.d/ldap.cfg.lua'), { throwIfNoEntry: false }), undefined);
      applied = true;
      assert.deepEqual(await run(), { ok: true });
      assert.match(workspace.read('conf.avail/meet.cfg.lua'), /authentication = "ldap2"/);
      assert.equal(readlinkSync(workspace.path('conf.d/ldap.cfg.lua')), '../conf.avail/ldap.cfg.lua');
      assert.equal(statSync(workspace.path('conf.avail/ldap.cfg.lua')).mode & 0o007, 0);
    }),
  );

  it(
    'make no link that overwrites something or leads out of the folder',
    session({ capabilities: PULL }, async (client, workspace) => {
      await client.open(workspace.uri('prosody.cfg.lua'), MAIN);
      await client.request('textDocument/diagnostic', { textDocument: { uri: workspace.uri('prosody.cfg.lua') } });
      const outside = `${workspace.folder}-outside`;
      for (const link of [
        { path: workspace.path('prosody.cfg.lua'), target: 'conf.avail/meet.cfg.lua' },
        { path: workspace.path('conf.d/meet.cfg.lua'), target: '../prosody.cfg.lua' },
        { path: workspace.path('conf.d/shadow.cfg.lua'), target: '/etc/shadow' },
        { path: workspace.path('conf.d/up.cfg.lua'), target: '../../up' },
        { path: outside, target: workspace.path('prosody.cfg.lua') },
        { path: 'conf.d/x.cfg.lua', target: 'y' },
        { path: workspace.path('conf.d/x\0.cfg.lua'), target: 'y' },
        { protect: '/etc/passwd' },
        { protect: workspace.path('../x') },
        'conf.d',
        null,
      ]) {
        const links = typeof link === 'object' && link !== null && 'protect' in link ? [] : [link];
        const protect = typeof link === 'object' && link !== null && 'protect' in link ? [link.protect] : [];
        const answer = await client.request<{ ok: boolean }>('workspace/executeCommand', {
          command: 'prosodist.apply',
          arguments: [{ label: 'x', edit: null, links, protect }],
        });
        assert.equal(answer.ok, false, JSON.stringify(link));
        await client.take('window/showMessage');
      }
      assert.equal(workspace.read('prosody.cfg.lua'), MAIN);
      assert.equal(readlinkSync(workspace.path('conf.d/meet.cfg.lua')), '../conf.avail/meet.cfg.lua');
      for (const path of [workspace.path('conf.d/shadow.cfg.lua'), workspace.path('conf.d/up.cfg.lua'), outside]) {
        assert.equal(lstatSync(path, { throwIfNoEntry: false }), undefined);
      }
    }),
  );
});

describe('hover and symbols', function () {
  this.timeout(30_000);

  it(
    'know the whole tree',
    session({ capabilities: PULL, transport: 'ipc' }, async (client, workspace) => {
      const uri = workspace.uri('conf.d/meet.cfg.lua');
      await client.open(uri, MEET.replace('    authentication = "internal_hashed"\n', ''));
      await client.open(workspace.uri('prosody.cfg.lua'), `authentication = "ldap2"\n${MAIN}`);
      const hover = await client.request<Hover>('textDocument/hover', {
        textDocument: { uri },
        position: { line: 0, character: 15 },
      });
      const { value } = hover.contents as { value: string };
      assert.match(value, /`"ldap2"`, set in \[prosody\.cfg\.lua:1\].*from the global section/);
      assert.doesNotMatch(value, /hush/);
      const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
      assert.deepEqual(
        symbols.map(({ name }) => name),
        ['meet.example.com', 'conference.meet.example.com'],
      );
    }),
  );

  it(
    'are plain for a client that shows no more',
    session({ capabilities: { textDocument: { hover: { contentFormat: ['plaintext'] } } } }, async (client, workspace) => {
      const uri = workspace.uri('prosody.cfg.lua');
      await client.open(uri, MAIN);
      await client.published(uri, 1);
      const hover = await client.request<Hover>('textDocument/hover', {
        textDocument: { uri },
        position: { line: 0, character: 2 },
      });
      assert.match((hover.contents as { value: string }).value, /^admins: option\n/);
      client.takeAll('textDocument/publishDiagnostics');
    }),
  );
});

describe('settings', function () {
  this.timeout(30_000);

  it(
    'name the main file and the version, and hold as soon as they change',
    session({ capabilities: PULL, settings: { entryFile: 'other.lua', prosodyVersion: '0.12' } }, async (client, workspace) => {
      workspace.write('other.lua', 'authentication = "ldap2"\nInclude "conf.d/*.cfg.lua"\n');
      const uri = workspace.uri('conf.d/meet.cfg.lua');
      await client.open(uri, MEET.replace('    authentication = "internal_hashed"\n', ''));
      const ask = async () => {
        const hover = await client.request<Hover>('textDocument/hover', {
          textDocument: { uri },
          position: { line: 0, character: 15 },
        });
        return (hover.contents as { value: string }).value;
      };
      assert.match(await ask(), /set in \[other\.lua:1\]/);
      client.settings = {};
      await client.notify('workspace/didChangeConfiguration', { settings: null });
      assert.match(await ask(), /not set/);
    }),
  );

  it(
    'may come with the start, from editors that cannot be asked',
    session(
      {
        capabilities: { textDocument: PULL.textDocument ?? {} },
        initializationOptions: { prosodist: { entryFile: 'other.lua' } },
      },
      async (client, workspace) => {
        workspace.write('other.lua', 'authentication = "ldap2"\nInclude "conf.d/*.cfg.lua"\n');
        const uri = workspace.uri('conf.d/meet.cfg.lua');
        await client.open(uri, 'VirtualHost "a.example"\n');
        const hover = await client.request<Hover>('textDocument/hover', {
          textDocument: { uri },
          position: { line: 0, character: 15 },
        });
        assert.match((hover.contents as { value: string }).value, /other\.lua:1/);
      },
    ),
  );
});
