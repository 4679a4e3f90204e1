import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { notified } from '../support/vscode-input.js';
import { openFolder, untilFound } from '../support/vscode-sight.js';
import { inVsCode } from '../support/vscode-suite.js';

/** A configuration whose directory is the test's own listener. */
const configuration = (port: number) => `modules_enabled = { "tls", "saslauth" }
cross_domain_bosh = false
VirtualHost "meet.example.com"
	authentication = "ldap"
	ldap_server = "127.0.0.1:${port}"
	ldap_base = "OU=Staff,DC=example,DC=com"
`;

/** Whether somebody trusts a folder is asked by VS Code itself; here the question is answered both ways. */
describe('the question of trust', () => {
  let listener: Server;
  let connections = 0;
  before(done => {
    listener = createServer(socket => {
      connections += 1;
      socket.destroy();
    });
    listener.listen(0, '127.0.0.1', done);
  });
  after(() => void listener.close());

  inVsCode(
    'VS Code: trust',
    home => {
      const address = listener.address();
      assert.ok(address && typeof address === 'object');
      for (const folder of ['strange', 'known']) {
        mkdirSync(path.join(home, folder));
        writeFileSync(path.join(home, folder, 'prosody.cfg.lua'), configuration(address.port));
      }
      const settings = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'always' };
      return { workspace: path.join(home, 'strange'), settings };
    },
    suite => {
      const main = (folder: string) => path.join(suite.home, folder, 'prosody.cfg.lua');
      const answer = async (button: RegExp) => {
        const { page, hands } = suite.code;
        const dialog = page.locator('.monaco-dialog-box').filter({ hasText: /Do you trust the authors/ });
        await hands.seen('the question of trust', dialog);
        await dialog.getByRole('button', { name: button }).click();
        await hands.gone('the question of trust', dialog);
      };

      it('answered with no: all is checked and explained, and nothing is contacted', async () => {
        const { code } = suite;
        await answer(/^No/);
        await code.openFile(main('strange'));
        await untilFound(code, '`cross_domain_bosh` is not read any more', 1);
        await code.openFile(main('strange'));
        await code.goto(2, 2);
        assert.match(await code.hover('cross_domain_bosh'), /obsolete|not read|deprecated/i);
        await code.hands.press('Escape');
        await code.applyQuickFix('Remove `cross_domain_bosh`');
        await untilFound(code, '`cross_domain_bosh` is not read any more', 0);
        for (const command of ['Check the directory', 'Rehearse a login…']) {
          await code.command(`Prosodist: ${command}`);
          const said = await notified(code.page, /This folder is not trusted/);
          assert.match(said, /Workspaces: Manage Workspace Trust/);
          await code.command('Notifications: Clear All Notifications');
        }
        await code.command('Prosodist: Show the path of a login');
        const panel = code.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
        await panel.getByText('no directory was asked').first().waitFor();
        assert.equal(connections, 0);
      });

      it('granted later: the directory is asked without a new start', async () => {
        const { code } = suite;
        await code.command('Workspaces: Manage Workspace Trust');
        const editor = code.page.locator('.workspace-trust-editor');
        await editor.getByRole('button', { name: 'Trust', exact: true }).click();
        await code.hands.seen('that it is trusted', editor.getByText('You trust this folder'));
        await code.command('Prosodist: Check the directory');
        await notified(code.page, /meet\.example\.com: /);
        assert.ok(connections > 0);
      });

      it('answered with yes: the directory is asked', async () => {
        const { code } = suite;
        const before = connections;
        await openFolder(code, path.join(suite.home, 'known'));
        await answer(/^Yes/);
        await code.openFile(main('known'));
        await untilFound(code, '`cross_domain_bosh` is not read any more', 1);
        assert.equal(connections, before, 'only a command contacts anything');
        await code.command('Prosodist: Check the directory');
        await notified(code.page, /meet\.example\.com: /);
        assert.ok(connections > before);
      });
    },
  );
});
