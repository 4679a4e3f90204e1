// The baseline of prosodist.json, over the protocol: what the command line writes the server honours.
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Diagnostic, DocumentDiagnosticReport, WorkspaceDiagnosticReport } from 'vscode-languageserver/node';
import { type Client, PULL } from './client.js';
import { session } from './session.js';
import { Workspace } from './workspace.js';

const CLI = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url));
const HOST = 'modules_enabled = { "tls"; "saslauth" }\nVirtualHost "a.example"\n    app_secret = "hunter2-Hunter2" -- short\n';
const ONE = `admins = { "a" }\n${HOST}`;
const PART = 'pidfile = "/x"\npidfile = "/y"\n';

const old = (): Workspace =>
  new Workspace({
    'prosody.cfg.lua': `${ONE}Include "conf.d/*.cfg.lua"\n`,
    'conf.d/part.cfg.lua': PART,
    'prosodist.json': '{\n  "baseline": "known-baseline.json"\n}',
  });

function write({ folder }: Workspace): void {
  execFileSync(process.execPath, ['--import=tsx', CLI, 'check', folder, '--write-baseline', '--prosody', '13.0'], {
    stdio: 'pipe',
  });
}

async function items(client: Client, uri: string): Promise<readonly Diagnostic[]> {
  const report = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri } });
  return report.kind === 'full' ? report.items : assert.fail(report.kind);
}

const changed = (client: Client, uri: string) =>
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });

describe('the baseline of the settings', function () {
  this.timeout(60_000);
  const options = { capabilities: PULL, workspace: old, settings: { prosodyVersion: '13.0' } };

  it(
    'hides what the command line has written down, in every file, and shows what is new',
    session(options, async (client, workspace) => {
      const uri = workspace.uri('prosody.cfg.lua');
      const text = workspace.read('prosody.cfg.lua');
      await client.open(uri, text);
      const before = await items(client, uri);
      assert.ok(before.length > 0);
      write(workspace);
      assert.doesNotMatch(workspace.read('known-baseline.json'), /hunter2/);
      await changed(client, workspace.uri('known-baseline.json'));
      assert.deepEqual(await items(client, uri), []);
      const all = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
      assert.deepEqual(
        all.items.flatMap(report => (report.kind === 'full' ? report.items : [])),
        [],
      );
      // a line above, and blanks in it, make nothing new of what is known
      await client.change(uri, `-- more\n${text.replace('{ "a" }', '{   "a" }')}`, 2);
      assert.deepEqual(await items(client, uri), []);
      await client.change(uri, `${text}x = = 1\n`, 3);
      const fresh = await items(client, uri);
      assert.ok(fresh.length > 0 && fresh.every(({ code }) => code === 'syntax-error'), JSON.stringify(fresh));
      client.takeAll('workspace/diagnostic/refresh');
    }),
  );

  it(
    'offers no quick fix for what it hides',
    session(options, async (client, workspace) => {
      const uri = workspace.uri('conf.d/part.cfg.lua');
      await client.open(uri, PART);
      const actions = () =>
        client.request<readonly { title: string; kind?: string }[]>('textDocument/codeAction', {
          textDocument: { uri },
          range: { start: { line: 0, character: 0 }, end: { line: 1, character: 5 } },
          context: { diagnostics: [], only: ['quickfix'] },
        });
      assert.ok((await items(client, uri)).length > 0);
      assert.ok((await actions()).length > 0);
      write(workspace);
      await changed(client, workspace.uri('known-baseline.json'));
      assert.deepEqual(await items(client, uri), []);
      assert.deepEqual(await actions(), []);
      client.takeAll('workspace/diagnostic/refresh');
    }),
  );

  it(
    'that is not there hides nothing, and is reported where the settings name it',
    session(options, async (client, workspace) => {
      const uri = workspace.uri('prosody.cfg.lua');
      await client.open(uri, workspace.read('prosody.cfg.lua'));
      assert.ok((await items(client, uri)).length > 0);
      const all = await client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
      const own = all.items.find(item => item.uri === workspace.uri('prosodist.json'));
      const [problem] = own?.kind === 'full' ? own.items : [];
      assert.match(String(problem?.message), /known-baseline\.json cannot be read; `prosodist check --write-baseline` writes it/);
      assert.deepEqual(problem?.range.start, { line: 1, character: 14 });
      client.takeAll('workspace/diagnostic/refresh');
    }),
  );
});
