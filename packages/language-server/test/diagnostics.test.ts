import { strict as assert } from 'node:assert';
import type { DocumentDiagnosticReport, WorkspaceDiagnosticReport } from 'vscode-languageserver/node';
import { type Client, PULL } from './client.js';
import { session } from './session.js';
import { MAIN, MEET, Workspace } from './workspace.js';

const BROKEN = MEET.replace('"internal_hashed"', '= "internal_hashed"');
const MAIN_URI = 'prosody.cfg.lua';
const codes = (found: readonly { code?: unknown }[]) => found.map(({ code }) => code);
/** What an untroubled text has; other rules may have things to say about the examples. */
const hasSyntaxError = (found: readonly { code?: unknown }[]) => codes(found).includes('syntax-error');

describe('diagnostics that are sent', function () {
  this.timeout(30_000);

  it(
    'come with the version of the document, and go with the mistake',
    session({}, async (client, workspace) => {
      const uri = workspace.uri('conf.d/meet.cfg.lua');
      await client.open(uri, BROKEN, 3);
      assert.ok(hasSyntaxError(await client.published(uri, 3)));
      await client.change(uri, MEET, 4);
      assert.ok(!hasSyntaxError(await client.published(uri, 4)));
      client.takeAll('textDocument/publishDiagnostics');
    }),
  );

  it(
    'come for the other files of the tree too, under the name of the file itself, and are cleared',
    session({ transport: 'ipc' }, async (client, workspace) => {
      workspace.write('conf.avail/meet.cfg.lua', BROKEN);
      const [main, meet] = [workspace.uri(MAIN_URI), workspace.uri('conf.avail/meet.cfg.lua')];
      await client.open(main, MAIN);
      assert.ok(hasSyntaxError(await client.published(meet, null)));
      await client.published(main, 1);
      await client.change(main, 'VirtualHost "a.example"\n', 2);
      assert.deepEqual(await client.published(meet, null), []);
      await client.published(main, 2);
      await client.notify('textDocument/didClose', { textDocument: { uri: main } });
      assert.deepEqual(await client.published(main, null), []);
    }),
  );

  it(
    'follow an included file that is not saved, and one that is saved elsewhere',
    session({}, async (client, workspace) => {
      const [main, meet] = [workspace.uri(MAIN_URI), workspace.uri('conf.avail/meet.cfg.lua')];
      await client.open(meet, MEET);
      await client.open(main, MAIN);
      await client.published(main, 1);
      await client.change(meet, BROKEN, 2);
      assert.ok(hasSyntaxError(await client.published(meet, 2)));
      await client.notify('textDocument/didClose', { textDocument: { uri: meet } });
      await client.published(meet, null);
      workspace.write('conf.avail/meet.cfg.lua', BROKEN);
      await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: meet, type: 2 }] });
      assert.ok(hasSyntaxError(await client.published(meet, null)));
      client.takeAll('textDocument/publishDiagnostics');
    }),
  );

  it(
    'come for untitled documents, and not for Lua that is no configuration',
    session({}, async client => {
      await client.open('file:///tmp/mod_other.lua', 'local x = = module:get_option("modules_enabled")\n', 1, 'lua');
      await client.open('untitled:Untitled-1', 'admins = = {}\n');
      assert.ok(hasSyntaxError(await client.published('untitled:Untitled-1', 1)));
      await client.open('untitled:Untitled-2', 'VirtualHost "a.example"\nx = = 1\n', 1, 'lua');
      assert.ok(hasSyntaxError(await client.published('untitled:Untitled-2', 1)));
      await client.open('untitled:Untitled-3', 'Include "conf.d/*.cfg.lua"\nInclude "other.cfg.lua"\n');
      assert.deepEqual(await client.published('untitled:Untitled-3', 1), [], 'nobody knows what it includes');
    }),
  );

  it(
    'come for a file that only an open, unsaved main file includes, whatever its name',
    session({}, async (client, workspace) => {
      workspace.write('extra.lua', '-- nothing yet\n');
      const [main, extra] = [workspace.uri(MAIN_URI), workspace.uri('extra.lua')];
      await client.open(extra, 'x = = 1\n', 1, 'lua');
      await client.open(main, `Include "extra.lua"\n${MAIN}`);
      assert.ok(hasSyntaxError(await client.published(extra, 1)));
      await client.change(main, MAIN, 2);
      await client.published(main, 2);
      assert.deepEqual(await client.published(extra, null), []);
      client.takeAll('textDocument/publishDiagnostics');
    }),
  );

  it(
    'are few for many changes',
    session({}, async (client, workspace) => {
      const uri = workspace.uri('prosody.cfg.lua');
      await client.open(uri, MAIN, 0);
      for (let version = 1; version <= 100; version++) await client.change(uri, `${MAIN}x = = ${version}\n`, version);
      assert.ok(hasSyntaxError(await client.published(uri, 100)));
      assert.ok(client.takeAll('textDocument/publishDiagnostics').length < 50);
    }),
  );
});

function pull(client: Client, uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
  return client.request('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
}

function items(report: DocumentDiagnosticReport) {
  assert.equal(report.kind, 'full');
  return report.kind === 'full' ? report.items : [];
}

describe('diagnostics that are asked for', function () {
  this.timeout(30_000);

  it(
    'are not sent, and are not given twice',
    session({ capabilities: PULL }, async (client, workspace) => {
      const uri = workspace.uri('conf.avail/meet.cfg.lua');
      await client.open(uri, BROKEN);
      const first = await pull(client, uri);
      assert.ok(hasSyntaxError(items(first)));
      assert.deepEqual(await pull(client, uri, first.resultId), { kind: 'unchanged', resultId: first.resultId });
      await client.change(uri, MEET, 2);
      assert.ok(!hasSyntaxError(items(await pull(client, uri, first.resultId))));
    }),
  );

  it(
    'are asked for again when an included file has changed what they say',
    session({ capabilities: PULL, transport: 'ipc', workspace: twins }, async (client, workspace) => {
      const [main, other] = [workspace.uri(MAIN_URI), workspace.uri('conf.d/other.cfg.lua')];
      await client.open(main, workspace.read(MAIN_URI));
      await client.open(other, workspace.read('conf.d/other.cfg.lua'));
      const first = await pull(client, main);
      await pull(client, other);
      await client.change(other, 'admins = { "b@example.com" }\n', 2);
      await pull(client, other);
      await client.take('workspace/diagnostic/refresh');
      const second = await pull(client, main, first.resultId);
      assert.notEqual(second.resultId, first.resultId);
    }),
  );

  it(
    'are asked for again by a client that asked before it opened the document, as one does that is started again',
    session({ capabilities: PULL }, async (client, workspace) => {
      const uri = workspace.uri('conf.avail/meet.cfg.lua');
      const early = await pull(client, uri);
      assert.deepEqual(items(early), []);
      await client.open(uri, BROKEN);
      await client.take('workspace/diagnostic/refresh');
      assert.ok(hasSyntaxError(items(await pull(client, uri, early.resultId))));
    }),
  );

  it(
    'of the workspace know a file by whatever form of its URI',
    session({ capabilities: PULL, workspace: odd }, async (client, workspace) => {
      await client.open(workspace.uri(MAIN_URI), workspace.read(MAIN_URI));
      const ask = (previousResultIds: { uri: string; value: string }[]) =>
        client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds });
      const [found] = (await ask([])).items.filter(({ uri }) => uri !== workspace.uri(MAIN_URI));
      assert.match(found?.uri ?? '', /\/a%2B%28b%29%20c\.cfg\.lua$/);
      const again = await ask([{ uri: workspace.uri('conf.d/a+(b) c.cfg.lua'), value: found?.resultId ?? '' }]);
      assert.deepEqual(
        again.items.filter(({ uri }) => uri !== workspace.uri(MAIN_URI)).map(({ uri, kind }) => [uri, kind]),
        [[found?.uri, 'unchanged']],
      );
    }),
  );

  it(
    'of the workspace have the closed files of the tree too, and forget what is repaired',
    session({ capabilities: PULL }, async (client, workspace) => {
      workspace.write('conf.avail/meet.cfg.lua', BROKEN);
      const [main, meet] = [workspace.uri(MAIN_URI), workspace.uri('conf.avail/meet.cfg.lua')];
      await client.open(main, MAIN, 5);
      const ask = (previousResultIds: { uri: string; value: string }[]) =>
        client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds });
      const first = await ask([]);
      const about = (report: WorkspaceDiagnosticReport, uri: string) => report.items.find(item => item.uri === uri);
      const found = about(first, meet);
      assert.ok(found?.kind === 'full' && found.version === null && hasSyntaxError(found.items));
      assert.equal(about(first, main)?.version, 5);
      const known = first.items.map(({ uri, resultId = '' }) => ({ uri, value: resultId }));
      assert.ok((await ask(known)).items.every(({ kind }) => kind === 'unchanged'));
      await client.change(main, '-- nothing\n', 6);
      const gone = about(await ask(known), meet);
      assert.ok(gone?.kind === 'full' && gone.items.length === 0);
    }),
  );

  it(
    'are taken back from a client that forgets what it shows of a document when it closes it',
    session({ capabilities: PULL }, async (client, workspace) => {
      const uri = workspace.uri('elsewhere/hosts.lua');
      await client.open(uri, BROKEN);
      const last = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri } });
      assert.ok(last.kind === 'full' && hasSyntaxError(last.items));
      await client.notify('textDocument/didClose', { textDocument: { uri } });
      const ask = () => client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
      const told = (await ask()).items.find(item => item.uri === uri);
      assert.ok(told?.kind === 'full' && told.items.length === 0);
      assert.deepEqual((await ask()).items, [], 'once is enough');
    }),
  );

  it(
    'follow the buffer that was changed last, where a file is open under two names',
    session({ capabilities: PULL }, async (client, workspace) => {
      const [main, file, link] = [MAIN_URI, 'conf.avail/meet.cfg.lua', 'conf.d/meet.cfg.lua'].map(name => workspace.uri(name));
      const ask = async (uri: string) => {
        const report = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri } });
        return report.kind === 'full' && hasSyntaxError(report.items);
      };
      await client.open(main!, MAIN);
      await client.open(link!, workspace.read('conf.avail/meet.cfg.lua'));
      await client.open(file!, workspace.read('conf.avail/meet.cfg.lua'));
      for (const [uri, text, broken] of [
        [file!, BROKEN, true],
        [link!, '-- mended\n', false],
        [file!, `${BROKEN}\n`, true],
      ] as const) {
        await client.change(uri, text, Date.now());
        assert.equal(await ask(link!), broken);
        assert.equal(await ask(file!), broken);
      }
    }),
  );
});

/** `+` and brackets can stand in a URI as they are or escaped. */
function odd(): Workspace {
  return new Workspace({ [MAIN_URI]: 'Include "conf.d/*.cfg.lua"\n', 'conf.d/a+(b) c.cfg.lua': BROKEN });
}

/** An included file that sets what the main file has set before. */
function twins(): Workspace {
  return new Workspace({
    [MAIN_URI]: 'admins = { "a@example.com" }\nInclude "conf.d/*.cfg.lua"\nVirtualHost "a.example"\n',
    'conf.d/other.cfg.lua': '-- nothing yet\n',
  });
}
