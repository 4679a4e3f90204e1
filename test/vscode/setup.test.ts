import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { login } from '../support/bosh.js';
import { activeDirectory } from '../support/directory/ad.js';
import type { DirectoryServer } from '../support/directory/server.js';
import { eventually } from '../support/eventually.js';
import { HOST, type JitsiMachine, jitsiMachine } from '../support/jitsi-machine.js';
import { describeWith } from '../support/needing.js';
import { prosodyLab } from '../support/prosody.js';
import { type VsCode, vscodeLab } from '../support/vscode.js';
import { answer, choose, notified } from '../support/vscode-input.js';

const top = fileURLToPath(new URL('../..', import.meta.url));
const pictures = process.env.PROSODIST_PICTURES ?? path.join(top, 'test/out');

const [code, prosody, ad] = [vscodeLab(), prosodyLab('13.0'), activeDirectory()];
const missing = [code, prosody, ad].find(lab => 'missing' in lab);
const labs = missing && 'missing' in missing ? missing : { code, prosody, ad };

/** The whole way in the editor: from Jitsi's files as they are installed to people of a real directory at a real Prosody. */
describeWith('VS Code: LDAP for a Jitsi Meet', labs, labs => {
  let directory: DirectoryServer;
  let machine: JitsiMachine;
  let editor: VsCode;
  const secrets = () => [directory.service.password, directory.accounts.alice!.password];
  const frame = () => editor.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');

  before(async function () {
    this.timeout(240_000);
    if (!('start' in labs.ad) || !('tree' in labs.prosody) || !('start' in labs.code)) throw new Error('no labs');
    mkdirSync(pictures, { recursive: true });
    directory = await labs.ad.start({ certificate: 'with-address' });
    machine = await jitsiMachine(labs.prosody, directory);
    const { version } = JSON.parse(readFileSync(path.join(top, 'extension/package.json'), 'utf8')) as { version: string };
    execFileSync('node', ['scripts/package-extension.mjs'], { cwd: top, stdio: ['ignore', 'ignore', 'inherit'] });
    const vsix = path.join(top, `extension/prosodist-${version}.vsix`);
    editor = await labs.code.start({
      workspace: path.join(machine.root, 'etc/prosody'),
      vsix,
      settings: { 'prosodist.prosodyVersion': '13.0' },
    });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot(path.join(pictures, 'failed.png'));
  });

  after(async function () {
    this.timeout(60_000);
    await editor?.close();
    await directory?.stop();
  });

  it('asks step by step, shows the plan, and applies it as one edit', async () => {
    const { page } = editor;
    await editor.openFile(path.join(machine.root, 'etc/prosody/prosody.cfg.lua'));
    await editor.waitForLanguage('Prosody configuration');
    await editor.waitForSquiggles();
    await editor.command('Prosodist: Set up LDAP authentication…');
    await choose(page, /module of Prosody that asks/, /mod_auth_ldap, part of Prosody/);
    await answer(page, /directory server/, `ldaps://${directory.address}`);
    await choose(page, /Where the answers come from/, /Ask the directory/);
    await answer(page, /does not trust the directory's certificate/, machine.ca);
    await answer(page, /account that searches/, directory.service.dn);
    await answer(page, /Its password/, directory.service.password);
    await answer(page, /container with the people/, directory.people);
    await answer(page, /attribute with the name/);
    await choose(page, /Who may log in/, /CN=Jitsi-Users/);
    await choose(page, /Guests/, /Guests may join/);
    await page.locator('.quick-input-widget').getByText('Apply', { exact: true }).waitFor();
    await page.locator('.multiDiffEntry').first().waitFor();
    await editor.screenshot(path.join(pictures, 'vscode-setup.png'));
    const shown = await page.locator('body').innerText();
    for (const secret of secrets()) assert.ok(!shown.includes(secret), 'no secret is shown');
    // paths as the machine of the folder has them, short enough for a row
    assert.match(shown, /2\. \/etc\/ldap\/ldap\.conf names \/etc\/ldap\/corp\.pem/);
    await choose(page, /LDAP for/, /Apply/);
    await notified(page, /done, and not saved yet/, 'Save');
    const settings = path.join(machine.root, 'etc/prosody/conf.avail/ldap.cfg.lua');
    await eventually(() => readFileSync(settings, 'utf8').includes('ldap_server'));
    const web = path.join(machine.root, `etc/jitsi/meet/${HOST}-config.js`);
    await eventually(() => /^\s*anonymousdomain: /m.test(readFileSync(web, 'utf8')));
    await eventually(() =>
      /authentication = "ldap"/.test(readFileSync(path.join(machine.root, `etc/prosody/conf.avail/${HOST}.cfg.lua`), 'utf8')),
    );
  }).timeout(120_000);

  it('rehearses a login against the real directory and shows its path', async () => {
    const { page } = editor;
    await editor.command('Prosodist: Rehearse a login…');
    await answer(page, /User name/, 'alice');
    await answer(page, /Password/, directory.accounts.alice!.password);
    await notified(page, /Prosody lets this user in/);
    await frame().getByText('Prosody lets this user in').waitFor();
    // what was said lies over the panel
    await editor.command('Notifications: Clear All Notifications');
    await editor.screenshot(path.join(pictures, 'vscode-path.png'));
    const text = await frame().locator('body').innerText();
    for (const secret of secrets()) assert.ok(!text.includes(secret));
    assert.match(text, new RegExp(HOST));
  }).timeout(120_000);

  it('is what the real Prosody lets people in with', async () => {
    const served = await machine.start();
    try {
      const as = (name: string, password = directory.accounts[name]!.password) =>
        login({ address: machine.address, web: HOST, host: HOST, user: { name, password } });
      assert.equal(await as('alice'), 'success', served.output);
      assert.equal(await as('alice', 'Wr0ng-pass!'), 'not-authorized');
    } finally {
      await served.stop();
    }
  }).timeout(60_000);
});
