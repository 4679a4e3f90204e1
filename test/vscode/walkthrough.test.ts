import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { choose } from '../support/vscode-input.js';
import { inVsCode, pictures } from '../support/vscode-suite.js';

const top = fileURLToPath(new URL('../..', import.meta.url));
const HOST = 'meet.corp.example';

/** What dpkg says of installed packages; only what the steps look for. */
const INSTALLED = ['prosody', 'lua-ldap', 'libldap-common', 'prosody-modules']
  .map(name => `Package: ${name}\nStatus: install ok installed\nVersion: 1\n`)
  .join('\n');

const STEPS = ['packages', 'trust', 'settings', 'host', 'guests', 'secure', 'jitsi', 'restart'];
const NOTHING = Object.fromEntries(STEPS.map(name => [name, false]));

inVsCode(
  'VS Code: the walkthrough',
  home => {
    cpSync(path.join(top, 'test/fixtures/setup/jitsi/etc'), path.join(home, 'etc'), { recursive: true });
    const prosody = path.join(home, 'etc/prosody');
    mkdirSync(path.join(prosody, 'conf.d'));
    symlinkSync(`../conf.avail/${HOST}.cfg.lua`, path.join(prosody, `conf.d/${HOST}.cfg.lua`));
    writeFileSync(
      path.join(prosody, 'prosody.cfg.lua'),
      'modules_enabled = { "saslauth"; "tls"; "bosh" }\nInclude "conf.d/*.cfg.lua"\n',
    );
    mkdirSync(path.join(home, 'var/lib/dpkg'), { recursive: true });
    writeFileSync(path.join(home, 'var/lib/dpkg/status'), INSTALLED);
    return { workspace: prosody, settings: { 'prosodist.prosodyVersion': '13.0' } };
  },
  suite => {
    const step = (name: string) => `[data-step-id="prosodist.prosodist#ldap#${name}"]`;
    const marked = async () => {
      const done = await suite.code.page
        .locator('[data-done-step-id]')
        .evaluateAll(all =>
          all.map(mark => [mark.getAttribute('data-done-step-id')!.split('#').at(-1)!, mark.classList.contains('complete')]),
        );
      return Object.fromEntries(done) as Record<string, boolean>;
    };
    const untilMarked = async (wanted: Readonly<Record<string, boolean>>) => {
      let now = {};
      const told = () => `the marks ${JSON.stringify(wanted)} in the place of ${JSON.stringify(now)}`;
      await suite.code.hands
        .until('the marks', async () => {
          now = await marked();
          return isDeepStrictEqual(now, wanted);
        })
        .catch(error => assert.fail(`${error.message}: ${told()}`));
    };

    it('has eight steps, and marks those that are done already', async () => {
      const { code } = suite;
      await code.openFile(path.join(suite.home, 'etc/prosody/prosody.cfg.lua'));
      await code.waitForLanguage('Prosody configuration');
      // by hand: this command answers with a list in the place of the palette
      await code.hands.press('F1');
      await code.page.keyboard.insertText('Welcome: Open Walkthrough...');
      const row = code.page.locator('.quick-input-list .monaco-list-row.focused');
      await code.hands.seen('the command', row.filter({ hasText: 'Open Walkthrough...' }));
      await code.hands.press('Enter');
      await choose(code.page, /walkthrough/i, /Log people in with LDAP/);
      await code.hands.seen('the walkthrough', code.page.locator(step('packages')));
      await untilMarked({ ...NOTHING, packages: true });
      await code.screenshot(path.join(pictures, 'vscode-walkthrough.png'));
    });

    it('marks what is done meanwhile', async () => {
      const password = path.join(suite.home, 'password');
      writeFileSync(password, 'Geheim-1234!\n');
      const choices = ['--way', 'ldap', '--server', 'ldaps://dc1.corp.example', '--bind-name', 'prosody@corp.example'];
      const people = ['--base', 'OU=Staff,DC=corp,DC=example', '--guests', '--jitsi', '--no-discover'];
      const ca = path.join(suite.home, 'etc/ldap/corp.pem');
      writeFileSync(ca, '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n');
      execFileSync(
        'node',
        [
          'packages/cli/dist/prosodist.cjs',
          '--prosody',
          '13.0',
          'setup',
          'ldap',
          '--yes',
          '--write',
          ...choices,
          ...people,
        ].concat('--ca', ca, '--password-file', password, path.join(suite.home, 'etc/prosody')),
        { cwd: top, stdio: 'ignore' },
      );
      await untilMarked(Object.fromEntries(Object.keys(NOTHING).map(name => [name, true])));
      await suite.code.screenshot(path.join(pictures, 'vscode-walkthrough-done.png'));
    });
  },
);
