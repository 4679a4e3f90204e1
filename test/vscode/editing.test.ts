import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { shownText, untilAt, untilFound, untilText } from '../support/vscode-sight.js';
import { inVsCode } from '../support/vscode-suite.js';

const example = fileURLToPath(new URL('../../examples/jitsi-active-directory', import.meta.url));

/** What somebody does all day in the files of a Jitsi Meet. */
inVsCode(
  'VS Code: working in a configuration',
  home => {
    cpSync(example, home, { recursive: true, verbatimSymlinks: true });
    const main = path.join(home, 'prosody.cfg.lua');
    writeFileSync(main, readFileSync(main, 'utf8').replace('admins = { }', 'admins = { "admin@meet.example.com" }'));
    return { workspace: home, settings: { 'editor.codeActionsOnSave': { 'source.fixAll.prosodist': 'explicit' } } };
  },
  suite => {
    const file = (name: string) => path.join(suite.home, name);
    const main = () => file('prosody.cfg.lua');
    const meet = () => file('conf.avail/meet.example.com.cfg.lua');
    const ldap = () => file('conf.avail/ldap.cfg.lua');
    const saved = (name: string) => readFileSync(name, 'utf8');
    /** Where some words are in what is saved, line and column from 1. */
    const placeOf = (name: string, words: string) => {
      const before = saved(name).slice(0, saved(name).indexOf(words)).split('\n');
      return { line: before.length, column: before.at(-1)!.length + 1 };
    };
    const open = async (name: string, words: string) => {
      await suite.code.openFile(name);
      const { line, column } = placeOf(name, words);
      await suite.code.goto(line, column + 1);
    };

    it('shows the card of an option: what it is, what holds, where it is explained', async () => {
      const { code } = suite;
      await open(main(), 'c2s_require_encryption');
      await code.waitForSquiggles();
      const card = await code.hover('c2s_require_encryption');
      for (const words of [/boolean/, /default/i, /mod_saslauth/]) assert.match(card, words);
      await code.hands.press('Escape');
    });

    it('goes from an address to its host in another file', async () => {
      const { code } = suite;
      await open(main(), 'meet.example.com');
      await code.hands.press('F12');
      await untilAt(code, 'meet.example.com.cfg.lua', placeOf(meet(), 'VirtualHost "meet.example.com"').line);
    });

    it('finds anew when the buffer of another file changes, saved or not', async () => {
      const { code } = suite;
      const words = '`plugin_paths` is set twice';
      await code.openFile(main());
      await untilFound(code, words);
      await open(meet(), 'plugin_paths');
      await code.hands.press('Home', 'Shift+End', 'Delete');
      await untilFound(code, words, 0);
      await code.openFile(meet());
      await code.hands.press('Control+Z');
      await untilText(code, 'the option again', text => text.includes('plugin_paths'));
      await untilFound(code, words);
    });

    it('hides a finding by a comment in its line, and in its file', async () => {
      const { code } = suite;
      const unlinked = 'settings of this file are not read';
      await open(ldap(), 'DC=corp,DC=example",\n        --');
      await code.applyQuickFix('Ignore domain-root-base on this line');
      assert.match(await shownText(code), / {8}-- prosodist: ignore\[domain-root-base\]\n {8}basedn = /);
      await untilFound(code, 'is the root of the domain', 0);
      await untilFound(code, unlinked);
      await open(ldap(), 'ldap = {');
      await code.applyQuickFix('Ignore unlinked-ldap-file in this file');
      await untilFound(code, unlinked, 0);
      await untilFound(code, 'is not a key of `ldap`');
      await code.openFile(ldap());
      await code.hands.press('Control+Z');
      await untilFound(code, unlinked);
    });

    it('makes the safe fixes when a file is saved, and leaves the others', async () => {
      const { code } = suite;
      await code.openFile(ldap());
      await code.hands.press('Control+S');
      await code.hands.until('the saved file', async () => /filter = "[^"]*\)\)",/.test(saved(ldap())));
      const text = saved(ldap());
      for (const fixed of [
        /hostname = "ldaps/,
        /use_tls = false/,
        /bind_dn = "CN=svc-jitsi,OU=/,
        /usernamefield = "sAMAccountName"/,
      ])
        assert.match(text, fixed);
      await open(meet(), 'restrict_room_creation');
      await code.hands.press('Control+S');
      await code.hands.until('the saved file', async () => !saved(meet()).includes('cross_domain_bosh'));
      assert.ok(!saved(meet()).includes('component_admins_as_room_owners'), 'an unsafe fix is for a person to make');
      await open(meet(), 'focus.meet.example.com');
      const fixes = await code.quickFixes();
      assert.ok(fixes.includes('Make administrators owners of rooms (unsafe)'), fixes.join('\n'));
    });

    it('completes an option, a module and a host to well-formed text', async () => {
      const { code } = suite;
      const { keyboard } = code.page;
      const complete = async (label: string) => {
        const row = code.page.locator('.suggest-widget.visible .monaco-list-row.focused').filter({ hasText: label });
        await code.hands.seen(`${label} in the list`, row);
        await code.hands.press('Enter');
        await code.hands.gone('the list', code.page.locator('.suggest-widget.visible'));
      };
      await open(main(), '"uptime"; --');
      await code.hands.press('End', 'Enter');
      await keyboard.type('"csi_simp');
      await complete('csi_simple');
      await code.hands.press('End');
      await keyboard.type(';');
      await code.saveAll();
      await open(main(), 'pidfile =');
      await code.hands.press('End', 'Enter');
      await keyboard.type('archive_expires_a');
      await complete('archive_expires_after');
      await keyboard.type('1w');
      await code.saveAll();
      await open(main(), 'VirtualHost "localhost"');
      await code.hands.press('End', 'Enter');
      await keyboard.type('http_host = "mee');
      await complete('meet.example.com');
      await code.saveAll();
      const lines = saved(main()).split('\n');
      const after = (line: string) => lines[lines.findIndex(each => each.startsWith(line)) + 1];
      assert.equal(after('\t\t"uptime";'), '\t\t"csi_simple";');
      assert.equal(after('pidfile ='), 'archive_expires_after = "1w"');
      assert.equal(after('VirtualHost "localhost"'), 'http_host = "meet.example.com"');
    });

    it('renames a host with all that is named after it, in all files', async () => {
      const { code } = suite;
      await open(main(), 'meet.example.com');
      await code.hands.press('F2');
      const box = code.page.locator('.rename-box input');
      await code.hands.seen('the box for the new name', box);
      await box.fill('talk.example.com');
      await code.hands.press('Enter');
      await untilText(code, 'the new name', text => text.includes('admin@talk.example.com'));
      await code.saveAll();
      const after = saved(meet()).replace(/--.*/g, '');
      for (const words of [
        'VirtualHost "talk.example.com"',
        'Component "conference.talk.example.com"',
        '"focus@auth.talk.example.com"',
      ])
        assert.ok(after.includes(words), words);
      assert.ok(!/"[^"/]*\bmeet\.example\.com"/.test(after), after);
      assert.match(saved(main()), /admins = \{ "admin@talk\.example\.com" \}/);
    });
  },
);
