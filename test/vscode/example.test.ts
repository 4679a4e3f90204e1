import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../support/eventually.js';
import { describeWith } from '../support/needing.js';
import { type VsCode, vscodeLab } from '../support/vscode.js';

const top = fileURLToPath(new URL('../..', import.meta.url));
/** Where pictures go: `npm run pictures` puts them into the documentation. */
const pictures = process.env.PROSODIST_PICTURES ?? path.join(top, 'test/out');

describeWith('VS Code with the packed extension', vscodeLab(), lab => {
  let home = '';
  let folder = '';
  let vsix = '';
  let code: VsCode;

  before(async function () {
    this.timeout(300_000);
    execFileSync('node', ['scripts/package-extension.mjs'], { cwd: top, stdio: ['ignore', 'ignore', 'inherit'] });
    const { version } = JSON.parse(readFileSync(path.join(top, 'extension/package.json'), 'utf8')) as { version: string };
    vsix = path.join(top, `extension/prosodist-${version}.vsix`);
    home = realpathSync(mkdtempSync(path.join(tmpdir(), 'prosodist-')));
    folder = path.join(home, 'prosody');
    cpSync(path.join(top, 'examples/jitsi-active-directory'), folder, { recursive: true, verbatimSymlinks: true });
    mkdirSync(pictures, { recursive: true });
    code = await lab.start({ workspace: folder, vsix });
  });

  after(async function () {
    this.timeout(60_000);
    await code?.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('shows the findings of the example where they are', async () => {
    await code.openFile(path.join(folder, 'conf.avail/ldap.cfg.lua'));
    await code.waitForSquiggles();
    const problems = await code.problems(6);
    for (const words of [
      /`host` is not a key of `ldap`/,
      /sAMAccountName` is not in quotes/,
      /is not a filter/,
      /is the root of the domain/,
    ]) {
      assert.ok(
        problems.some(problem => words.test(problem)),
        `${words} among:\n${problems.join('\n')}`,
      );
    }
    await code.screenshot(path.join(pictures, 'vscode-findings.png'));
  }).timeout(300_000);

  it('adds ldap2 authentication to the host, in all files at once', async () => {
    const meet = path.join(folder, 'conf.avail/meet.example.com.cfg.lua');
    const line =
      readFileSync(meet, 'utf8')
        .split('\n')
        .findIndex(text => text.startsWith('VirtualHost "meet.example.com"')) + 1;
    await code.openFile(meet);
    await code.goto(line, 3);
    const title = 'Add ldap2 authentication to meet.example.com';
    assert.ok((await code.quickFixes()).some(fix => fix.includes(title)));
    await code.applyQuickFix(title);
    // the link is made behind the edit, so that all buffers are changed when it is there
    const link = path.join(folder, 'conf.d/ldap.cfg.lua');
    await eventually(() => lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() === true);
    assert.equal(realpathSync(link), path.join(folder, 'conf.avail/ldap.cfg.lua'));
    const main = path.join(folder, 'prosody.cfg.lua');
    const isSaved = () => {
      const text = readFileSync(main, 'utf8');
      const switched = /authentication = "ldap2" -- do not delete me/.test(readFileSync(meet, 'utf8'));
      return (
        switched &&
        text.includes('consider_bosh_secure = true') &&
        text.indexOf('consider_bosh_secure = true') < text.indexOf('VirtualHost "localhost"')
      );
    };
    // VS Code shows a file that was changed in the background a moment later, and saves only what it shows
    for (let tries = 0; tries < 20 && !isSaved(); tries++) await code.command('File: Save All Files');
    assert.ok(isSaved(), 'both files are saved, and the option stands in the global section');
    assert.match(readFileSync(meet, 'utf8'), /VirtualHost "auth\.meet\.example\.com"[^V]*authentication = "internal_hashed"/);
    await code.screenshot(path.join(pictures, 'vscode-ldap2.png'));
  }).timeout(300_000);

  it('is awake for Prosody configurations only', async () => {
    assert.ok((await code.activeExtensions()).includes('prosodist'));
    const elsewhere = realpathSync(mkdtempSync(path.join(tmpdir(), 'lua-')));
    writeFileSync(path.join(elsewhere, 'init.lua'), 'local x = 1\nreturn x\n');
    const other = await lab.start({ workspace: elsewhere, vsix });
    try {
      await other.openFile(path.join(elsewhere, 'init.lua'));
      await other.waitForLanguage('Lua');
      assert.ok(!(await other.activeExtensions()).includes('prosodist'));
    } finally {
      await other.close();
      rmSync(elsewhere, { recursive: true, force: true });
    }
  }).timeout(300_000);
});
