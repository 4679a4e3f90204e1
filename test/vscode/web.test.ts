import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type {
  CodeAction,
  CompletionItem,
  CompletionList,
  Diagnostic,
  Hover,
  InitializeResult,
  TextDocumentEdit,
  TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { chromiumLab } from '../support/chromium.js';
import { describeWith } from '../support/needing.js';
import { serveFolder } from '../support/static-server.js';
import { startWorker, type Tree, type WorkerSession } from '../support/web-worker.js';

const worker = fileURLToPath(new URL('../../extension/dist/server.worker.js', import.meta.url));

/** A repository of GitHub, as the web client addresses it. */
const TOP = '/~vscode-vfs/github/owner/meet';
const MAIN = `admins = {}
modules_enabled = { "saslauth"; "tls"; "bosh" }
consider_bosh_secure = true
Include "conf.d/*.cfg.lua"
`;
const MEET = `-- the host of the meetings
VirtualHost "meet.example.com"
    authenticaton = "internal_hashed" -- people
`;
const FILES: Tree = {
  [TOP]: ['prosody.cfg.lua', 'conf.d'],
  [`${TOP}/prosody.cfg.lua`]: MAIN,
  [`${TOP}/conf.d`]: ['meet.cfg.lua', 'other.cfg.lua'],
  [`${TOP}/conf.d/meet.cfg.lua`]: MEET,
  [`${TOP}/conf.d/other.cfg.lua`]: 'Component "conference.meet.example.com" "muc"\n    restrict_room_creaton = true\n',
};
const uriOf = (name: string) => `file://${TOP}/${name}`;

const CAPABILITIES = {
  workspace: {
    configuration: true,
    applyEdit: true,
    workspaceEdit: { documentChanges: true },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    diagnostic: { relatedDocumentSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source'] } } },
    hover: { contentFormat: ['markdown'] },
  },
};

describeWith('the server of VS Code for the Web', chromiumLab(), lab => {
  let folder = '';
  let site: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  let page: Page;
  const noise: string[] = [];

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'prosodist-web-'));
    writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>editor</title><link rel="icon" href="data:,">');
    copyFileSync(worker, path.join(folder, 'server.worker.js'));
    site = await serveFolder(folder);
    browser = await lab.start();
    page = await browser.newPage();
    page.on('request', request => noise.push(request.url()));
    await page.goto(`${site.origin}/`);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A test with a worker of its own, in which nothing fails and which asks for nothing from elsewhere. */
  const session = (files: Tree, test: (server: WorkerSession, started: InitializeResult) => Promise<void>) => async () => {
    const server = await startWorker(page, '/server.worker.js', files);
    const started = await server.request<InitializeResult>('initialize', {
      processId: null,
      rootUri: `file://${TOP}`,
      capabilities: CAPABILITIES,
    });
    await server.notify('initialized', {});
    await test(server, started);
    assert.deepEqual(await server.failures(), []);
    await server.end();
    assert.deepEqual([...new Set(noise)].sort(), [`${site.origin}/`, `${site.origin}/server.worker.js`]);
  };
  const open = (server: WorkerSession, uri: string, text: string) =>
    server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'prosody', version: 1, text } });
  const diagnosed = async (server: WorkerSession, uri: string) =>
    (await server.request<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })).items;
  const codes = async (server: WorkerSession, uri: string) => (await diagnosed(server, uri)).map(({ code }) => code);

  it(
    'starts, and says what it does',
    session(FILES, async (_, { capabilities }) => {
      assert.ok(capabilities.diagnosticProvider && capabilities.hoverProvider && capabilities.completionProvider);
      assert.ok(capabilities.renameProvider && capabilities.definitionProvider && capabilities.semanticTokensProvider);
    }),
  );

  it(
    'judges an open part in its tree, which it fetches through the editor',
    session(FILES, async server => {
      const uri = uriOf('conf.d/meet.cfg.lua');
      await open(server, uri, MEET);
      const [finding, ...others] = await diagnosed(server, uri);
      assert.deepEqual(others, []);
      assert.equal(finding!.code, 'unknown-option');
      assert.deepEqual(finding!.range, { start: { line: 2, character: 4 }, end: { line: 2, character: 17 } });
      const { entry, complete } = await server.request<{ entry: string; complete: boolean }>('prosodist/overview', {
        textDocument: { uri },
      });
      assert.deepEqual([entry, complete], [uriOf('prosody.cfg.lua'), true]);
      // many paths in one request, none twice
      const asked = await server.asked();
      const paths = asked.flat();
      assert.ok(paths.includes(`${TOP}/conf.d/other.cfg.lua`));
      assert.equal(new Set(paths).size, paths.length, paths.join('\n'));
      assert.ok(asked.length <= 6, `${asked.length} requests`);
    }),
  );

  it(
    'reports what is wrong in files that no editor shows',
    session(FILES, async server => {
      await open(server, uriOf('prosody.cfg.lua'), MAIN);
      const { items } = await server.request<{ items: { uri: string; items: Diagnostic[] }[] }>('workspace/diagnostic', {
        previousResultIds: [],
      });
      const found = items.map(({ uri, items }) => [uri, items.map(({ code }) => code)]);
      assert.deepEqual(found.filter(([, list]) => list!.length > 0).sort(), [
        [uriOf('conf.d/meet.cfg.lua'), ['unknown-option']],
        [uriOf('conf.d/other.cfg.lua'), ['unknown-option']],
      ]);
    }),
  );

  it(
    'reads again what has changed',
    session(FILES, async server => {
      const uri = uriOf('conf.d/meet.cfg.lua');
      await open(server, uri, MEET.replace('authenticaton', 'authentication'));
      assert.deepEqual(await codes(server, uri), []);
      await server.become({ ...FILES, [`${TOP}/prosody.cfg.lua`]: MAIN.replace('"tls"; ', '') });
      await server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('prosody.cfg.lua'), type: 2 }] });
      assert.deepEqual(await codes(server, uri), ['encryption-without-tls']);
    }),
  );

  it(
    'has fixes that give the text that is meant',
    session(FILES, async server => {
      const uri = uriOf('conf.d/meet.cfg.lua');
      await open(server, uri, MEET);
      const [finding] = await diagnosed(server, uri);
      const actions = await server.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range: finding!.range,
        context: { diagnostics: [finding] },
      });
      const fix = actions.find(({ title }) => title.startsWith('Rename to `authentication`'))!;
      const [change] = fix.edit!.documentChanges as TextDocumentEdit[];
      const document = TextDocument.create(uri, 'prosody', 1, MEET);
      const after = TextDocument.applyEdits(document, change!.edits as TextEdit[]);
      assert.equal(after, MEET.replace('authenticaton', 'authentication'));
      await server.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: after }] });
      assert.deepEqual(await codes(server, uri), []);
    }),
  );

  it(
    'completes and explains',
    session(FILES, async server => {
      const uri = uriOf('conf.d/meet.cfg.lua');
      const text = `${MEET}    authentication = ""\n`;
      await open(server, uri, text);
      const position = { line: 3, character: '    authentication = "'.length };
      const { items } = await server.request<CompletionList>('textDocument/completion', { textDocument: { uri }, position });
      assert.ok(items.some(({ label }: CompletionItem) => label === 'internal_hashed'));
      const hover = await server.request<Hover>('textDocument/hover', {
        textDocument: { uri },
        position: { line: 3, character: 6 },
      });
      assert.match(JSON.stringify(hover.contents), /authentication/);
    }),
  );

  it(
    'judges documents without a place',
    session({}, async server => {
      await open(server, 'untitled:Untitled-1', 'admins = { admin@example.com }\nVirtualHost "example.com"\n');
      assert.deepEqual(await codes(server, 'untitled:Untitled-1'), ['syntax-error']);
      assert.deepEqual(await server.asked(), []);
    }),
  );

  it(
    'keeps to prosodist.json',
    session(
      {
        ...FILES,
        [`${TOP}/prosodist.json`]:
          '{\n  // for the old server\n  "prosody": "0.12",\n  "rules": { "unknown-option": "info", },\n  "ignore": ["conf.d/o*"]\n}\n',
      },
      async server => {
        const uri = uriOf('conf.d/meet.cfg.lua');
        await open(server, uri, MEET);
        assert.deepEqual(
          (await diagnosed(server, uri)).map(({ code, severity }) => [code, severity]),
          [['unknown-option', 3]],
        );
        const { version } = await server.request<{ version: string }>('prosodist/overview', { textDocument: { uri } });
        assert.equal(version, '0.12');
        const other = uriOf('conf.d/other.cfg.lua');
        await open(server, other, FILES[`${TOP}/conf.d/other.cfg.lua`] as string);
        assert.deepEqual(await codes(server, other), []);
      },
    ),
  );

  it(
    'says what is wrong in prosodist.json, where it is',
    session({ ...FILES, [`${TOP}/prosodist.json`]: '{\n  "presett": "strict"\n}\n' }, async server => {
      await open(server, uriOf('conf.d/meet.cfg.lua'), MEET);
      const { items } = await server.request<{ items: { uri: string; items: Diagnostic[] }[] }>('workspace/diagnostic', {
        previousResultIds: [],
      });
      const [problem] = items.find(({ uri }) => uri === uriOf('prosodist.json'))!.items;
      assert.deepEqual(problem!.range.start, { line: 1, character: 2 });
      assert.match(String(problem!.message), /no setting `presett`; did you mean preset/);
    }),
  );

  it(
    'draws the path of a login, and reaches no directory',
    session(FILES, async server => {
      const uri = uriOf('conf.d/meet.cfg.lua');
      await open(server, uri, MEET);
      const asked = { textDocument: { uri }, host: 'meet.example.com' };
      const { stations, looked } = await server.request<{ stations: object[]; looked: { directory: boolean } }>(
        'prosodist/path',
        asked,
      );
      assert.ok(stations.length > 0 && !looked.directory);
      await assert.rejects(server.request('prosodist/path', { ...asked, directory: true }), /A web page reaches no directory/);
    }),
  );
});
