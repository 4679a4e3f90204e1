import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { servePlayground } from '../../scripts/playground.mjs';
import { chromiumLab } from '../support/chromium.js';
import { describeWith } from '../support/needing.js';
import { builtPlayground, findingsShown, openPlayground, replaceText, showTab, untilFindings } from '../support/playground.js';

const example = fileURLToPath(new URL('../../examples/jitsi-active-directory', import.meta.url));

describeWith('the playground reads and judges', chromiumLab(), lab => {
  let browser: Browser;
  before(async function () {
    this.timeout(60_000);
    await builtPlayground();
    browser = await lab.start();
  });
  after(() => browser?.close());

  it('the example, with nothing asked for beside the page itself', async () => {
    const { page, noise } = await openPlayground(browser);
    const rules = await findingsShown(page);
    for (const rule of ['insecure-bosh', 'malformed-dn', 'malformed-filter', 'unquoted-word', 'unlinked-ldap-file'])
      assert.ok(rules.includes(rule), `${rule} is missing of ${rules.join(', ')}`);
    assert.deepEqual(noise, []);
    await page.context().close();
  });

  it('the example at once, and as the worker reads it', async () => {
    const { page } = await openPlayground(browser);
    const list = page.locator('.findings');
    const [atOnce, label] = [await list.innerText(), await page.getByRole('tab', { name: 'Findings' }).innerText()];
    await page.getByRole('button', { name: 'Example', exact: true }).click();
    await page.getByText('The example is open.').waitFor();
    assert.equal(await list.innerText(), atOnce);
    assert.equal(await page.getByRole('tab', { name: 'Findings' }).innerText(), label);
    assert.match(atOnce, /insecure-bosh/);
    await page.context().close();
  });

  it('under a policy that lets no script in and nothing out', async () => {
    const { page, noise } = await openPlayground(browser);
    const tried = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.intruder = true';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="http://127.0.0.1:9/x.png" onerror="window.intruder = true">');
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => 'came through',
        () => 'kept out',
      );
      await new Promise(resolve => setTimeout(resolve, 100));
      return { fetched, intruder: 'intruder' in window };
    });
    assert.deepEqual(tried, { fetched: 'kept out', intruder: false });
    const said = noise.join('\n');
    for (const directive of ['connect-src', 'script-src', 'img-src'])
      assert.match(
        said,
        new RegExp(`violates the following Content Security Policy directive.*(?:${directive}|default-src)`, 's'),
      );
    await page.context().close();
  });

  it('with a script below 250 KiB, packed', async () => {
    const { script, worker } = await builtPlayground();
    assert.ok(script < 250 * 1024, `the page's script has ${script} bytes, the worker ${worker}`);
  });

  it('what is typed', async () => {
    const { page, noise } = await openPlayground(browser);
    await replaceText(page, 'authentication = internal_plain\nVirtualHost "example.com"\n');
    const rules = await untilFindings(page, shown => !shown.includes('insecure-bosh'));
    assert.ok(rules.includes('unquoted-word'));
    assert.ok((await page.locator('.cm-lintRange').count()) > 0, 'the editor marks the place');
    await page.getByRole('button', { name: 'prosody.cfg.lua:1', exact: true }).click();
    assert.equal(await page.evaluate(() => getSelection()?.toString()), 'internal_plain');
    assert.deepEqual(noise, []);
    await page.context().close();
  });

  it('what is pasted, for the chosen version', async () => {
    const { page } = await openPlayground(browser);
    await page.getByRole('button', { name: 'Paste…' }).click();
    await page.getByLabel('Text of a file').fill('modules_enabled = { "posix" }\nVirtualHost "example.com"\n');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await untilFindings(page, rules => rules.includes('deprecated-module'));
    await page.getByLabel('Version', { exact: true }).selectOption('0.12');
    await untilFindings(page, rules => !rules.includes('deprecated-module'));
    await page.context().close();
  });

  it('a folder that was chosen', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'prosodist-playground-'));
    try {
      cpSync(example, path.join(folder, 'prosody'), { recursive: true, dereference: true });
      const { page, noise } = await openPlayground(browser);
      await page.locator('#folder-input').setInputFiles(path.join(folder, 'prosody'));
      await page.getByText('The folder is open.').waitFor();
      const rules = await untilFindings(page, shown => shown.includes('malformed-dn'));
      assert.ok(rules.includes('insecure-bosh'));
      // the browser has followed the link, and does not tell of it
      assert.ok(await page.locator('.files').getByText('conf.d/meet.example.com.cfg.lua → ../conf.avail').isVisible());
      assert.ok(!rules.includes('detached-file'));
      assert.deepEqual(noise, []);
      await page.context().close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('a tree that was dropped; which links it had is asked, for this browser leaves them out', async () => {
    const server = await servePlayground(0);
    const { page, noise } = await openPlayground(browser, {}, '', `http://localhost:${(server.address() as AddressInfo).port}/`);
    const before = await findingsShown(page);
    // as from a file manager: the browser's own input of drags
    const session = await page.context().newCDPSession(page);
    const data = { items: [], files: [example], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: 300, y: 400, data });
    assert.ok(await page.locator('#drop').isHidden());
    const dialog = page.getByRole('dialog', { name: 'Which files are in use?' });
    await dialog.getByLabel('ldap.cfg.lua').uncheck();
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByText('What was dropped is open.').waitFor();
    assert.deepEqual(await untilFindings(page, rules => rules.length === before.length), before);
    assert.deepEqual(noise, []);
    await page.context().close();
    server.close();
  });

  it('nothing where there is no configuration, and says so', async () => {
    const { page } = await openPlayground(browser);
    await page.locator('#files-input').setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from([1, 2, 3]) });
    await page.getByText('There is no configuration of Prosody in it').waitFor();
    assert.ok((await findingsShown(page)).includes('malformed-dn'), 'what was open stays');
    await page.context().close();
  });

  it('the way of a login, the effective configuration, and why a rule is there', async () => {
    const { page, noise } = await openPlayground(browser);
    await showTab(page, 'Login');
    await page.getByText('In doubt.').waitFor();
    assert.deepEqual(await page.locator('.stop .name').allTextContents(), [
      'User',
      'Web server',
      'Prosody',
      'mod_auth_jitsi-anonymous',
      'Directory',
      'Answer',
    ]);
    await showTab(page, 'Effective');
    await page.locator('#panel-effective').getByLabel('Section', { exact: true }).selectOption('*');
    await page.getByText('external_service_secret = "•••"').waitFor();
    await page.locator('#panel-effective').getByLabel('Section', { exact: true }).selectOption('meet.example.com');
    await page.getByText('authentication = "jitsi-anonymous" -- meet.example.com.cfg.lua:').waitFor();
    assert.ok(!(await page.locator('#results').innerText()).includes('cZ5nWq0kTbUe8xRm'));
    await showTab(page, 'Findings');
    await page.getByRole('button', { name: 'Explain malformed-dn' }).click();
    await page.getByRole('dialog').getByRole('heading', { name: 'Why it matters' }).waitFor();
    await page.keyboard.press('Escape');
    assert.deepEqual(noise, []);
    await page.context().close();
  });
});
