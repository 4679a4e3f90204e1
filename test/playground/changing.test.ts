import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { chromiumLab } from '../support/chromium.js';
import { describeWith } from '../support/needing.js';
import { builtPlayground, findingsShown, openPlayground, replaceText, showTab, untilFindings } from '../support/playground.js';

const example = fileURLToPath(new URL('../../examples/jitsi-active-directory', import.meta.url));

describeWith('the playground changes', chromiumLab(), lab => {
  let browser: Browser;
  before(async function () {
    this.timeout(60_000);
    await builtPlayground();
    browser = await lab.start();
  });
  after(() => browser?.close());

  it('one finding, which can be taken back', async () => {
    const { page, noise } = await openPlayground(browser);
    const before = await findingsShown(page);
    await page.locator('.finding', { hasText: 'malformed-dn' }).getByRole('button', { name: /^Fix/ }).click();
    await untilFindings(page, rules => !rules.includes('malformed-dn'));
    await openFile(page, 'conf.avail/ldap.cfg.lua');
    assert.match(await page.locator('.cm-content').innerText(), /CN=svc-jitsi,OU=Service Accounts/);
    await page.getByRole('button', { name: 'Undo' }).click();
    assert.deepEqual(await untilFindings(page, rules => rules.includes('malformed-dn')), before);
    assert.match(await page.locator('.cm-content').innerText(), /CN=svc-jitsi;OU=Service Accounts/);
    assert.deepEqual(noise, []);
    await page.context().close();
  });

  it('all findings, shown first, as a patch that patch(1) takes', async () => {
    const { page } = await openPlayground(browser);
    await page.getByRole('button', { name: 'Fix all safe' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('+    hostname = "ldaps://dc1.corp.example"').waitFor();
    assert.ok(!(await dialog.innerText()).includes('n3ver-the-Same'));
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await untilFindings(page, rules => !rules.includes('unknown-ldap-key'));
    await showTab(page, 'Patch');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the patch' }).click();
    const folder = mkdtempSync(path.join(tmpdir(), 'prosodist-playground-'));
    try {
      cpSync(example, folder, { recursive: true, verbatimSymlinks: true });
      const patch = path.join(folder, 'it.patch');
      await (await saved).saveAs(patch);
      execFileSync('patch', ['-p1', '-s', '-i', patch], { cwd: folder });
      assert.match(readFileSync(path.join(folder, 'conf.avail/ldap.cfg.lua'), 'utf8'), /hostname = "ldaps:.*\n.*CN=svc-jitsi,OU/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    await page.context().close();
  });

  it('a comment that hides a finding', async () => {
    const { page } = await openPlayground(browser);
    const finding = page.locator('.finding', { hasText: 'malformed-dn' });
    await finding.getByText('Hide…').click();
    await finding.getByRole('button', { name: 'at this place' }).click();
    await untilFindings(page, rules => !rules.includes('malformed-dn'));
    await page.getByText('1 hidden by comments.').waitFor();
    await openFile(page, 'conf.avail/ldap.cfg.lua');
    assert.match(await page.locator('.cm-content').innerText(), /-- prosodist: ignore\[malformed-dn\]/);
    await page.context().close();
  });

  it('by an operation, after its diff', async () => {
    const { page, noise } = await openPlayground(browser);
    await showTab(page, 'Change');
    await page.locator('#panel-operations').getByLabel('Section', { exact: true }).selectOption('meet.example.com');
    await page.getByLabel('Option', { exact: true }).fill('authentication');
    await page.getByLabel('Value', { exact: true }).fill('ldap2');
    await page.getByRole('button', { name: 'Show the diff' }).click();
    await page.getByText('A text needs quotes: "ldap2".').waitFor();
    await page.getByLabel('Value', { exact: true }).fill('"ldap2"');
    await page.getByRole('button', { name: 'Show the diff' }).click();
    await page.getByText('+    authentication = "ldap2" -- do not delete me').waitFor();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText(/^Done: /).waitFor();
    await openFile(page, 'conf.avail/meet.example.com.cfg.lua');
    await showTab(page, 'Effective');
    await page.getByText('authentication = "ldap2" -- meet.example.com.cfg.lua:').waitFor();
    assert.deepEqual(noise, []);
    await page.context().close();
  });

  it('nothing that is refused', async () => {
    const { page } = await openPlayground(browser);
    await showTab(page, 'Change');
    await page.getByLabel('Operation').selectOption('enable.file');
    await page.getByLabel('File', { exact: true }).fill('nobody.cfg.lua');
    await page.getByRole('button', { name: 'Show the diff' }).click();
    await page.getByText(/^Refused: /).waitFor();
    await page.context().close();
  });

  it('no line end that nobody has touched', async () => {
    const { page } = await openPlayground(browser);
    const text = '-- one\r\nadmins = { }\n-- three\r\nVirtualHost "a.example"\r\n';
    await page
      .locator('#files-input')
      .setInputFiles({ name: 'prosody.cfg.lua', mimeType: 'text/plain', buffer: Buffer.from(text) });
    await page.getByText('The files are open.').waitFor();
    await page.locator('.cm-line', { hasText: '-- three' }).click();
    await page.keyboard.press('End');
    await page.keyboard.type(' and more');
    await page.keyboard.press('Enter');
    await page.keyboard.type('-- four');
    await showTab(page, 'Patch');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save this file' }).click();
    const file = await (await saved).path();
    assert.equal(readFileSync(file, 'utf8'), text.replace('-- three\r\n', '-- three and more\r\n-- four\r\n'));
    await page.context().close();
  });

  it('the text by what is proposed, and says what stands there', async () => {
    const { page, noise } = await openPlayground(browser);
    await replaceText(page, 'VirtualHost "a.example"\n    authentica');
    // what was typed has been read
    await untilFindings(page, rules => !rules.includes('malformed-dn'));
    await page.keyboard.press('Control+Space');
    await page.locator('.cm-tooltip-autocomplete').getByText('authentication', { exact: true }).waitFor();
    // the list takes no key at once, so that nobody takes by mistake what has just come up
    await page.waitForTimeout(200);
    await page.keyboard.press('Enter');
    await page.locator('.cm-line', { hasText: 'authentication = ' }).waitFor();
    await page.getByText('authentication', { exact: true }).first().hover();
    await page.locator('.cm-tooltip-hover').getByText('authentication').first().waitFor();
    assert.deepEqual(noise, []);
    await page.context().close();
  });
});

async function openFile(page: Page, name: string): Promise<void> {
  await page
    .locator('.files')
    .getByRole('button', { name: new RegExp(`^${name.replaceAll('.', '\\.')}`) })
    .click();
}
