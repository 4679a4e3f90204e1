import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { VsCode } from '../support/vscode.js';
import { untilFound, untilText } from '../support/vscode-sight.js';
import { inVsCode } from '../support/vscode-suite.js';

/** A host with a fault that a finding names. */
const faulty = (name: string) => `VirtualHost "${name}.example.com"\n\tauthentication = "no_such_${name}"\n`;

const files: Readonly<Record<string, string>> = {
  'one/.vscode/settings.json': '{ "prosodist.prosodyVersion": "0.12" }',
  'one/prosody.cfg.lua': `modules_enabled = { "tls" }\n${faulty('first')}Include "conf.d/*.cfg.lua"\n`,
  'one/conf.d/gone.cfg.lua': faulty('gone'),
  'one/conf.d/moved.cfg.lua': faulty('moved'),
  'two/.vscode/settings.json': '{ "prosodist.prosodyVersion": "13.0", "prosodist.entryFile": "main.cfg.lua" }',
  'two/main.cfg.lua': `modules_enabled = { "tls" }\n${faulty('second')}Include "hosts/lab.cfg.lua"\n`,
  'two/hosts/lab.cfg.lua': `Component "rooms.example.com" "muc"\n${faulty('part')}`,
  'two/roles/prosody.cfg.lua.j2': `{% if domain %}
modules_enabled = { "tls", {% for module in modules %}"{{ module }}", {% endfor %} }
{% endif %}
VirtualHost "{{ domain }}"
	authentication = "no_such_template"
`,
  'two/etc/associated.asl.cfg.lua': faulty('associated'),
  'two/prosody/hosts.lua': faulty('content'),
  'two/prosody/module.lua': 'local host = module.host\nfunction module.load() VirtualHst = hots end\n',
  'two/elsewhere/vhosts.lua': faulty('switched'),
};

/** What kinds of documents there are, and whose they are. */
inVsCode(
  'VS Code: documents of all kinds',
  home => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
      writeFileSync(path.join(home, name), text);
    }
    const workspace = path.join(home, 'both.code-workspace');
    const settings = { 'files.associations': { '*.asl.cfg.lua': 'lua' } };
    writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'one' }, { path: 'two' }], settings }));
    return { workspace };
  },
  suite => {
    const open = async (name: string, language = 'Prosody configuration') => {
      await suite.code.openFile(path.join(suite.home, name));
      await suite.code.waitForLanguage(language);
    };

    it('takes each folder of a workspace with its own settings', async () => {
      const { code } = suite;
      await open('one/prosody.cfg.lua');
      await open('two/hosts/lab.cfg.lua');
      await untilFound(code, '`no_such_first` is no provider of accounts that Prosody 0.12', 1);
      await untilFound(code, '`no_such_part` is no provider of accounts that Prosody 13.0', 1);
      // a part leads to the main file that the settings name, whose findings are shown too
      await untilFound(code, '`no_such_second` is no provider of accounts that Prosody 13.0', 1);
    });

    it('follows files that are removed and renamed outside', async () => {
      const { code, home } = suite;
      await open('one/prosody.cfg.lua');
      for (const name of ['no_such_gone', 'no_such_moved']) await untilFound(code, name, 1);
      rmSync(path.join(home, 'one/conf.d/gone.cfg.lua'));
      await untilFound(code, 'no_such_gone', 0);
      renameSync(path.join(home, 'one/conf.d/moved.cfg.lua'), path.join(home, 'one/conf.d/renamed.cfg.lua'));
      await untilFound(code, 'no_such_moved', 1);
      const file = code.page.locator('.markers-panel .monaco-list-row[aria-level="1"]');
      await code.hands.seen('the finding under the new name', file.filter({ hasText: 'renamed.cfg.lua' }));
      renameSync(path.join(home, 'one/conf.d/renamed.cfg.lua'), path.join(home, 'one/conf.d/renamed.txt'));
      await untilFound(code, 'no_such_moved', 0);
    });

    it('reads a template, and finds in it what is no matter of the template', async () => {
      const { code } = suite;
      await open('two/roles/prosody.cfg.lua.j2');
      await untilFound(code, 'no_such_template', 1);
      await open('two/roles/prosody.cfg.lua.j2');
      assert.equal(await code.squiggles(), 1, 'the blocks of the template are no faults');
    });

    it('judges an untitled document by itself', async () => {
      const { code } = suite;
      await code.command('File: New Untitled Text File');
      await code.hands.seen('the untitled document', code.page.locator('.tab.active').filter({ hasText: 'Untitled' }));
      await switchLanguage(code, 'Prosody configuration');
      await code.page.keyboard.insertText('cross_domain_bosh = false\nVirtualHost "untitled.example.com"\n');
      await untilFound(code, '`cross_domain_bosh` is not read', 1);
      await code.command('View: Revert and Close Editor');
      await untilFound(code, '`cross_domain_bosh` is not read', 0);
    });

    it('takes Lua for what it is: Prosody’s by its name or what it says, else nobody’s business', async () => {
      const { code } = suite;
      await open('two/prosody/module.lua', 'Lua');
      await open('two/etc/associated.asl.cfg.lua', 'Lua');
      await untilFound(code, 'no_such_associated', 1);
      await open('two/prosody/hosts.lua', 'Lua');
      await untilFound(code, 'no_such_content', 1);
      await open('two/prosody/module.lua', 'Lua');
      assert.equal(await code.squiggles(), 0);
      await untilFound(code, 'VirtualHst', 0);
    });

    it('lets findings come and go with the language of a document', async () => {
      const { code } = suite;
      await open('two/elsewhere/vhosts.lua', 'Lua');
      assert.equal(await code.squiggles(), 0);
      for (const _ of ['once', 'again']) {
        await switchLanguage(code, 'Prosody configuration');
        await code.waitForSquiggles();
        await switchLanguage(code, 'Lua');
        await code.waitForSquiggles(0);
      }
      await untilText(code, 'the text', text => text.startsWith('VirtualHost'));
    });
  },
);

/** Gives the open document another language, as a person does. */
async function switchLanguage(code: VsCode, name: string): Promise<void> {
  await code.hands.press('Control+K', 'm');
  const row = code.page.locator('.quick-input-widget .monaco-list-row.focused').filter({ hasText: name });
  const input = code.page.locator('.quick-input-widget .quick-input-box input');
  await code.hands.seen('the languages', input);
  await input.fill(name);
  await code.hands.seen(`${name} among the languages`, row);
  await code.hands.press('Enter');
  await code.waitForLanguage(name);
}
