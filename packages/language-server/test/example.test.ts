import { strict as assert } from 'node:assert';
import { cpSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import { type Client, PULL } from './client.js';
import { session } from './session.js';
import { Workspace } from './workspace.js';

const EXAMPLE = fileURLToPath(new URL('../../../examples/jitsi-active-directory', import.meta.url));

function example(): Workspace {
  const workspace = new Workspace({});
  cpSync(EXAMPLE, workspace.folder, { recursive: true, verbatimSymlinks: true });
  return workspace;
}

function names(): string[] {
  const all = readdirSync(EXAMPLE, { recursive: true, encoding: 'utf8' });
  return all.filter(name => name.endsWith('.cfg.lua') && statSync(`${EXAMPLE}/${name}`).isFile());
}

async function diagnostics(client: Client, uri: string): Promise<Diagnostic[]> {
  return (await client.request<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })).items;
}

describe('the example with Active Directory', function () {
  this.timeout(30_000);

  for (const name of names()) {
    it(
      `${name}: after the safe fixes, fewer findings and no safe fix are left`,
      session({ capabilities: PULL, workspace: example }, async (client, workspace) => {
        const uri = workspace.uri(name);
        await client.open(uri, workspace.read(name));
        const before = await diagnostics(client, uri);
        const range = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };
        const ask = () =>
          client.request<CodeAction[]>('textDocument/codeAction', {
            textDocument: { uri },
            range,
            context: { diagnostics: [], only: ['source.fixAll'] },
          });
        const [action] = await ask();
        if (!action) return;
        workspace.apply(action.edit);
        await client.change(uri, workspace.read(name), 2);
        const after = await diagnostics(client, uri);
        assert.ok(after.length < before.length, JSON.stringify(after));
        assert.deepEqual(await ask(), []);
        client.takeAll('workspace/diagnostic/refresh');
      }),
    );
  }
});
