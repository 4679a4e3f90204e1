import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DirectoryServer } from '../support/directory/server.js';
import { openLdap } from '../support/directory/slapd.js';
import { choose, notified } from '../support/vscode-input.js';
import { untilAt, untilFound, untilText } from '../support/vscode-sight.js';
import { inVsCode } from '../support/vscode-suite.js';

const cli = fileURLToPath(new URL('../../packages/cli/dist/prosodist.cjs', import.meta.url));

/** A machine whose users are looked up by ldap2, with two harmless faults. */
const configuration = ({ address, service, people }: DirectoryServer) => `modules_enabled = { "saslauth", "tls", "posix" }
cross_domain_bosh = false
VirtualHost "meet.example.org"
	authentication = "ldap2"
	ldap = {
		hostname = "ldaps://${address}",
		bind_dn = "${service.dn}",
		bind_password = "${service.password}",
		user = {
			basedn = "${people}",
			filter = "(objectClass=inetOrgPerson)",
			usernamefield = "uid",
			namefield = "cn",
		},
	}
Component "rooms.meet.example.org" "muc"
	name = "Rooms"
`;

const lab = openLdap();

/** Every command but those of the wizard and of a rehearsed login, which have their own test; a directory is a real OpenLDAP. */
describe('the commands', () => {
  let directory: DirectoryServer | undefined;
  after(() => directory?.stop());

  inVsCode(
    'VS Code: commands',
    async home => {
      if ('missing' in lab) throw new Error(lab.missing);
      directory = await lab.start({ certificate: 'with-address' });
      for (const folder of ['etc/prosody', 'etc/ldap', 'bin']) mkdirSync(path.join(home, folder), { recursive: true });
      writeFileSync(path.join(home, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/bash\n');
      copyFileSync(directory.ca, path.join(home, 'etc/ldap/authority.pem'));
      writeFileSync(path.join(home, 'etc/ldap/ldap.conf'), 'TLS_CACERT /etc/ldap/authority.pem\n');
      writeFileSync(path.join(home, 'etc/prosody/prosody.cfg.lua'), configuration(directory));
      mkdirSync(path.join(home, 'etc/prosody/.vscode'));
      const task = { type: 'prosodist', command: 'check', label: 'prosodist: check', problemMatcher: ['$prosodist'] };
      writeFileSync(path.join(home, 'etc/prosody/.vscode/tasks.json'), JSON.stringify({ version: '2.0.0', tasks: [task] }));
      symlinkSync(cli, path.join(home, 'bin/prosodist'));
      const settings = {
        'prosodist.prosodyVersion': '13.0',
        'prosodist.codeLens.enabled': true,
        'terminal.integrated.env.linux': { PATH: `${path.join(home, 'bin')}:${process.env.PATH}` },
      };
      return { workspace: path.join(home, 'etc/prosody'), settings };
    },
    suite => {
      const main = () => path.join(suite.home, 'etc/prosody/prosody.cfg.lua');
      const panel = () => suite.code.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
      const secret = () => directory!.service.password;
      /** An item of the language status, which opens from the braces in the status bar. */
      const status = async (words: RegExp) => {
        const { code } = suite;
        await code.openFile(main());
        await code.page.mouse.move(640, 300);
        await code.page.locator('[id="status.languageStatus"]').first().hover();
        await code.hands.seen(
          `${words} in the language status`,
          code.page.locator('.hover-language-status').filter({ hasText: words }),
        );
        await code.hands.press('Escape');
      };

      it('Fix all safe findings', async () => {
        const { code } = suite;
        await code.openFile(main());
        await untilFound(code, '`cross_domain_bosh` is not read any more', 1);
        await code.openFile(main());
        await code.command('Prosodist: Fix all safe findings');
        const text = await untilText(code, 'the repaired text', all => !all.includes('cross_domain_bosh'));
        assert.match(text, /modules_enabled = \{ "saslauth", "tls" \}/);
        await code.hands.press('Control+Z');
        await untilText(code, 'the text before', all => all.includes('cross_domain_bosh'));
        await code.saveAll();
      });

      it('Show effective configuration, without secrets', async () => {
        const { code } = suite;
        await code.command('Prosodist: Show effective configuration');
        await choose(code.page, /Of which host/, /meet\.example\.org.*ldap2/);
        await code.hands.seen('its tab', code.page.locator('.tab.active').filter({ hasText: 'meet.example.org.cfg.lua' }));
        const text = await untilText(code, 'what holds for the host', all => all.includes('bind_password'));
        assert.match(text, /bind_password = "?•••/);
        assert.ok(!text.includes(secret()));
        await code.command('View: Close Editor');
      });

      it('the view shows hosts with what they load and set, and leads there', async () => {
        const { code } = suite;
        await code.openFile(main());
        await code.command('Explorer: Focus on Prosody View');
        const row = (words: RegExp) => code.page.locator('.pane .monaco-list-row[aria-level]').filter({ hasText: words });
        for (const words of [/Global section/, /^meet\.example\.org/, /^rooms\.meet\.example\.org/])
          await code.hands.seen(`${words} in the view`, row(words).first());
        await row(/^rooms\.meet\.example\.org/).click();
        await untilAt(code, 'prosody.cfg.lua', 16);
        await row(/^rooms\.meet\.example\.org/)
          .locator('.monaco-tl-twistie')
          .click();
        await row(/^Options/)
          .locator('.monaco-tl-twistie')
          .click();
        await row(/^name/).click();
        await untilAt(code, 'prosody.cfg.lua', 17);
      });

      it('lenses tell what a host has, and try its directory', async () => {
        const { code } = suite;
        await code.openFile(main());
        await code.goto(1, 1);
        const lens = (words: RegExp) => code.page.locator('.codelens-decoration').filter({ hasText: words }).first();
        await code.hands.seen('a lens with modules', lens(/\d+ modules/));
        await code.hands.seen('a lens with options', lens(/options/));
        await lens(/Test the directory/)
          .locator('a')
          .filter({ hasText: 'Test the directory' })
          .click();
        await notified(code.page, /meet\.example\.org: /);
        await panel().getByText('The directory was asked.').first().waitFor();
        assert.ok(!(await panel().locator('body').innerText()).includes(secret()));
        await code.command('View: Close All Editors');
        await code.command('Notifications: Clear All Notifications');
      });

      it('a task checks, and gives the findings of what is not open', async () => {
        const { code } = suite;
        const words = '`cross_domain_bosh` is not read any more';
        await code.command('View: Close All Editors');
        await untilFound(code, words, 0);
        await code.hands.pick('Control+P', 'task prosodist: check', label => label.startsWith('prosodist: check'));
        await code.hands.seen('its output', code.page.locator('.panel .xterm'));
        await untilFound(code, words, 1);
        await code.openFile(main());
        await code.waitForSquiggles();
        await untilFound(code, words, 1);
      });

      it('Migrate to core ldap, and the directory answers as before', async () => {
        const { code } = suite;
        await code.openFile(main());
        await code.command('Prosodist: Migrate to core ldap');
        await code.page.locator('.multiDiffEntry').first().waitFor();
        assert.ok(!(await code.page.locator('body').innerText()).includes(secret()));
        await choose(code.page, /ldap/i, /Apply/);
        await notified(code.page, /done, and not saved yet/, 'Save');
        await code.hands.until('the saved configuration', async () =>
          /authentication = "ldap"/.test(readFileSync(main(), 'utf8')),
        );
        const text = readFileSync(main(), 'utf8');
        for (const words of [`ldap_server = "ldaps://${directory!.address}"`, `ldap_base = "${directory!.people}"`])
          assert.ok(text.includes(words), text);
        await code.command('View: Close All Editors');
        await code.openFile(main());
        await code.command('Prosodist: Check the directory');
        await notified(code.page, /meet\.example\.org: /);
        await panel().getByText('The directory was asked.').first().waitFor();
        await code.command('View: Close All Editors');
        await code.command('Notifications: Clear All Notifications');
      });

      it('the language status tells what there is, and how the directory was', async () => {
        const { code } = suite;
        await status(/\d+ errors, \d+ warnings, \d+ remarks/);
        await status(/Prosody 13\.0/);
        await status(/Directory: answers/);
        await directory?.stop();
        await code.command('Prosodist: Check the directory');
        await panel().getByText('The directory was asked.').first().waitFor();
        await status(/Directory: does not answer as it should/);
      });
    },
    lab,
  );
});
