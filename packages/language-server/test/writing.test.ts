import { strict as assert } from 'node:assert';
import { virtualUri } from '@prosodist/language-service';
import { ProgressType } from 'vscode-jsonrpc/node';
import type {
  ClientCapabilities,
  CodeAction,
  CompletionItem,
  CompletionList,
  Diagnostic,
  DocumentDiagnosticReport,
  SignatureHelp,
  TextDocumentContentResult,
  TextEdit,
  WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { type Client, PULL, type Transport } from './client.js';
import { session } from './session.js';
import { edited, MAIN, MEET, Workspace } from './workspace.js';

const FULL: ClientCapabilities = {
  ...PULL,
  window: { workDoneProgress: true },
  workspace: {
    ...PULL.workspace,
    textDocumentContent: { dynamicRegistration: false },
    workspaceEdit: { ...PULL.workspace?.workspaceEdit, changeAnnotationSupport: { groupsOnLabel: true } },
  },
  textDocument: {
    ...PULL.textDocument,
    completion: { completionItem: { snippetSupport: true, tagSupport: { valueSet: [1] } } },
    codeAction: { ...PULL.textDocument?.codeAction, dataSupport: true, resolveSupport: { properties: ['edit', 'command'] } },
  },
};

const at = (text: string, place: string) => {
  const before = text.slice(0, text.indexOf(place) + place.length);
  return { line: before.split('\n').length - 1, character: before.length - before.lastIndexOf('\n') - 1 };
};

async function complete(client: Client, uri: string, text: string, place: string): Promise<CompletionItem[]> {
  const { items } = await client.request<CompletionList>('textDocument/completion', {
    textDocument: { uri },
    position: at(text, place),
  });
  return items;
}

for (const transport of ['stdio', 'ipc'] as const satisfies readonly Transport[]) {
  describe(`writing over ${transport}`, function () {
    this.timeout(30_000);

    it(
      'completes in the text that is open, with what only another file has, and documents an item when asked',
      session({ transport, capabilities: FULL }, async (client, workspace) => {
        const uri = workspace.uri('conf.avail/meet.cfg.lua');
        const text = `${MEET}    main_muc = ""\n`;
        await client.open(uri, text);
        const item = (await complete(client, uri, text, 'main_muc = "')).find(
          ({ label }) => label === 'conference.meet.example.com',
        );
        assert.ok(item);
        assert.match(edited(text, [item.textEdit as TextEdit]), /main_muc = "conference\.meet\.example\.com"\n$/);
        const options = await complete(client, uri, `${text}c2s`, `${text}`.slice(-20));
        const option = options.find(({ label }) => label === 'storage');
        assert.equal(option?.documentation, undefined);
        assert.equal(option?.insertTextFormat, 2);
        const resolved = await client.request<CompletionItem>('completionItem/resolve', option);
        assert.match((resolved.documentation as { value: string }).value, /Where data is kept/);
        assert.deepEqual(resolved.textEdit, option?.textEdit);
      }),
    );

    it(
      'helps with the arguments of a call',
      session({ transport, capabilities: FULL }, async (client, workspace) => {
        const uri = workspace.uri('prosody.cfg.lua');
        const text = `${MAIN}Component "x" "`;
        await client.open(uri, text);
        const help = await client.request<SignatureHelp>('textDocument/signatureHelp', {
          textDocument: { uri },
          position: at(text, 'Component "x" "'),
        });
        assert.equal(help.signatures[0]?.label, 'Component "name" "module"');
        assert.equal(help.activeParameter, 1);
      }),
    );

    it(
      "makes an action's changes when it is chosen, over several files, and says why it cannot",
      session({ transport, capabilities: FULL }, async (client, workspace) => {
        const uri = workspace.uri('conf.avail/meet.cfg.lua');
        await client.open(uri, MEET);
        const position = { line: 1, character: 4 };
        const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
          textDocument: { uri },
          range: { start: position, end: position },
          context: { diagnostics: [], only: ['refactor'] },
        });
        const action = actions.find(({ title }) => title === 'Add ldap2 authentication to meet.example.com');
        assert.ok(action && action.edit === undefined);
        const resolved = await client.request<CodeAction>('codeAction/resolve', action);
        const labels = Object.values(resolved.edit?.changeAnnotations ?? {}).map(({ label }) => label);
        assert.ok(labels.length > 1 && labels.every(label => label === action.title));
        workspace.apply(resolved.edit);
        assert.match(workspace.read('conf.avail/meet.cfg.lua'), /authentication = "ldap2"/);
        const gone = { ...action, data: { ...action.data, argument: 'gone.example' } };
        await assert.rejects(
          client.request('codeAction/resolve', gone),
          /Add ldap2 authentication to meet\.example\.com: .*gone\.example/,
        );
        assert.deepEqual(await client.request('codeAction/resolve', { title: 'x' }), { title: 'x' });
      }),
    );

    it(
      'shows what holds for a host, and tells when that has changed',
      session({ transport, capabilities: FULL }, async (client, workspace) => {
        assert.deepEqual(client.initialized.capabilities.workspace?.textDocumentContent, {
          schemes: ['prosodist-effective', 'prosodist-preview'],
        });
        const uri = workspace.uri('conf.avail/meet.cfg.lua');
        await client.open(uri, MEET);
        const asked = virtualUri({ kind: 'effective', of: uri, scope: 'meet.example.com' });
        const ask = async () =>
          (await client.request<TextDocumentContentResult>('workspace/textDocumentContent', { uri: asked })).text;
        assert.match(await ask(), /authentication = "internal_hashed" -- meet\.cfg\.lua:2/);
        assert.doesNotMatch(await ask(), /hush/);
        await client.change(uri, MEET.replace('internal_hashed', 'anonymous'), 2);
        assert.deepEqual(await client.take('workspace/textDocumentContent/refresh'), { uri: asked });
        assert.match(await ask(), /authentication = "anonymous"/);
        const other = await client.request<TextDocumentContentResult>('workspace/textDocumentContent', {
          uri: 'prosodist-effective:/x',
        });
        assert.match(other.text, /Open a file/);
        client.takeAll('workspace/diagnostic/refresh');
      }),
    );

    it(
      'gives the diagnostics of the workspace in parts, with progress',
      session({ transport, capabilities: FULL, workspace: many }, async (client, workspace) => {
        await client.open(workspace.uri('prosody.cfg.lua'), workspace.read('prosody.cfg.lua'));
        const parts: number[] = [];
        const work: { kind: string }[] = [];
        client.connection.onProgress(
          new ProgressType<WorkspaceDiagnosticReport>(),
          'parts',
          ({ items }) => void parts.push(items.length),
        );
        client.connection.onProgress(new ProgressType<{ kind: string }>(), 'work', value => void work.push(value));
        const report = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', {
          previousResultIds: [],
          partialResultToken: 'parts',
          workDoneToken: 'work',
        });
        assert.deepEqual(report.items, []);
        assert.ok(parts.length >= 2 && parts.reduce((sum, count) => sum + count, 0) > 40, JSON.stringify(parts));
        await client.until('the end of the work', () => work.find(({ kind }) => kind === 'end'));
        assert.equal(work[0]?.kind, 'begin');
      }),
    );

    it(
      'follows prosodist.json: presets, rules, files that are left out, the version, also before it is saved',
      session({ transport, capabilities: FULL, workspace: settled }, async (client, workspace) => {
        const uri = workspace.uri('prosody.cfg.lua');
        await client.open(uri, workspace.read('prosody.cfg.lua'));
        const codes = async (): Promise<unknown[]> => {
          const report = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri } });
          return report.kind === 'full' ? report.items.map(({ code }: Diagnostic) => code) : [];
        };
        const settings = (value: unknown) => {
          workspace.write('prosodist.json', JSON.stringify(value));
          const changes = [{ uri: workspace.uri('prosodist.json'), type: 2 }];
          return client.notify('workspace/didChangeWatchedFiles', { changes });
        };
        assert.ok((await codes()).includes('misplaced-option'));
        await settings({ rules: { 'misplaced-option': 'off' } });
        assert.ok(!(await codes()).includes('misplaced-option'));
        await settings({ rules: { 'misplaced-option': 'info' } });
        assert.ok((await codes()).includes('misplaced-option'));
        await settings({ ignore: ['prosody.cfg.lua'] });
        assert.deepEqual(await codes(), []);
        await settings({ prosody: '0.12' });
        const text = workspace.read('prosody.cfg.lua');
        await client.change(uri, `${text}name = `, 2);
        assert.ok(!(await complete(client, uri, `${text}name = `, 'name = ')).some(({ label }) => label === 'FileLine'));
        await settings({ prosdy: '0.12' });
        const all = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
        const own = all.items.find(item => item.uri === workspace.uri('prosodist.json'));
        assert.ok(own?.kind === 'full' && /did you mean prosody/.test(String(own.items[0]?.message)), JSON.stringify(own));
        client.takeAll('workspace/diagnostic/refresh');
      }),
    );
  });
}

function many(): Workspace {
  const files = Array.from({ length: 45 }, (_, index) => [
    `conf.d/h${index}.cfg.lua`,
    `VirtualHost "h${index}.example"\nx = = 1\n`,
  ]);
  return new Workspace({ 'prosody.cfg.lua': 'Include "conf.d/*.cfg.lua"\n', ...Object.fromEntries(files) });
}

function settled(): Workspace {
  return new Workspace({
    'prosody.cfg.lua': 'modules_enabled = { "tls"; "saslauth" }\nVirtualHost "a.example"\n    pidfile = "/x"\n',
  });
}
