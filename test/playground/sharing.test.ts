import assert from 'node:assert/strict';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { chromiumLab } from '../support/chromium.js';
import { describeWith } from '../support/needing.js';
import { builtPlayground, findingsShown, openPlayground, replaceText, untilFindings } from '../support/playground.js';

describeWith('a link of the playground', chromiumLab(), lab => {
  let browser: Browser;
  before(async function () {
    this.timeout(60_000);
    await builtPlayground();
    browser = await lab.start();
  });
  after(() => browser?.close());

  it('holds the configuration, without its secrets unless they are wanted', async () => {
    const { page } = await openPlayground(browser);
    const rules = await findingsShown(page);
    await page.getByRole('button', { name: 'Share…' }).click();
    await page.getByText('There are secrets in it, in 3 lines.').waitFor();
    const masked = await linkIn(page);
    await page.getByLabel('Put the secrets into the link all the same').check();
    await page.waitForFunction(old => document.querySelector<HTMLInputElement>('#share-link')?.value !== old, masked);
    const whole = await linkIn(page);
    await page.context().close();

    const other = await openPlayground(browser, {}, new URL(whole).hash);
    await other.page.getByText('The configuration of the link is open.').waitFor();
    assert.deepEqual(await findingsShown(other.page), rules);
    await other.page
      .locator('.files')
      .getByRole('button', { name: /^conf\.avail\/ldap/ })
      .click();
    assert.match(await other.page.locator('.cm-content').innerText(), /bind_password = "n3ver-the-Same"/);
    await other.page.context().close();

    const safe = await openPlayground(browser, {}, new URL(masked).hash);
    await safe.page
      .locator('.files')
      .getByRole('button', { name: /^conf\.avail\/ldap/ })
      .click();
    assert.match(await safe.page.locator('.cm-content').innerText(), /bind_password = "•••"/);
    assert.deepEqual(safe.noise, []);
    await safe.page.context().close();
  });

  it('has what was typed, the version, and letters of every kind', async () => {
    const { page } = await openPlayground(browser);
    await page.getByLabel('Version').selectOption('0.12');
    await replaceText(page, 'admins = { "müller-木@a.example" }\nVirtualHost "a.example"\n');
    await page.getByRole('button', { name: 'Share…' }).click();
    const link = await linkIn(page);
    await page.context().close();
    const other = await openPlayground(browser, {}, new URL(link).hash);
    assert.match(await other.page.locator('.cm-content').innerText(), /müller-木@a\.example/);
    assert.equal(await other.page.getByLabel('Version').inputValue(), '0.12');
    await other.page.context().close();
  });

  it('hides what is named like a secret by a slip, in a comment, and where a text is broken', async () => {
    const { page } = await openPlayground(browser);
    const secrets = ['Hush-one-1', 'Hush-two-2', 'Hush-three-3', 'Hush-four-4'];
    await replaceText(
      page,
      `ldap = { bind_pasword = "${secrets[0]}" }
-- was: component_secert = "${secrets[1]}"
local word = "${secrets[2]}"
app_secret = word
ldap_passwrod = "${secrets[3]}
VirtualHost "a.example"
`,
    );
    await page.getByRole('button', { name: 'Share…' }).click();
    const text = inflateRawSync(Buffer.from(new URL(await linkIn(page)).hash.slice('#p='.length), 'base64url')).toString();
    assert.match(text, /bind_pasword = \\"•••\\"/);
    for (const secret of secrets) assert.ok(!text.includes(secret), secret);
    await page.context().close();
  });

  const pack = (text: string | Buffer) => `#p=${deflateRawSync(text).toString('base64url')}`;
  for (const [what, fragment, said] of [
    [
      'is cut off',
      pack(JSON.stringify({ files: { '/a.cfg.lua': 'x = 1' }, entry: '/a.cfg.lua', version: '13.0' })).slice(0, -9),
      /is damaged/,
    ],
    ['is of something else', pack('{"entry":1}'), /holds no configuration/],
    ['names a main file that it has not', pack('{"files":{},"entry":"/x","version":"13.0"}'), /holds no configuration/],
    ['unpacks without end', pack(Buffer.alloc(50_000_000)), /too large for a link/],
  ] as const) {
    it(`that ${what} is told, and the example opened`, async () => {
      const { page, noise } = await openPlayground(browser, {}, fragment);
      assert.match(await page.locator('#status').innerText(), said);
      await untilFindings(page, rules => rules.includes('malformed-dn'));
      assert.deepEqual(noise, []);
      await page.context().close();
    });
  }
});

async function linkIn(page: Page): Promise<string> {
  return page.locator('#share-link').inputValue();
}
