import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { axeViolations, chromiumLab } from '../support/chromium.js';
import { describeWith } from '../support/needing.js';
import { builtSite, siteFolder } from '../support/site.js';
import { serveFolder } from '../support/static-server.js';

/** Pages of every kind. */
const TYPICAL = ['/index.html', '/guide/ldap.html', '/rules/missing-ldap-key.html', '/options/l.html', '/api/cli.html'];

/** How people see the documentation site: in a real browser, with and without JavaScript, on a phone, in the dark. */
describeWith('reading the documentation site', chromiumLab(), lab => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serveFolder>>;

  before(async function () {
    this.timeout(300_000);
    await builtSite();
    site = await serveFolder(siteFolder);
    browser = await lab.start();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  /** A page in a window of its own; what it asks of others and what goes wrong in it is noise. */
  async function open(
    path: string,
    looks: BrowserContextOptions,
  ): Promise<{ page: Page; noise: string[]; close(): Promise<void> }> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...looks });
    const page = await context.newPage();
    const noise: string[] = [];
    page.on('request', request => {
      if (new URL(request.url()).origin !== site.origin && !request.url().startsWith('data:')) noise.push(request.url());
    });
    page.on('console', message => {
      if (['error', 'warning'].includes(message.type())) noise.push(message.text());
    });
    page.on('pageerror', error => noise.push(error.message));
    await page.goto(site.origin + path, { waitUntil: 'networkidle' });
    return { page, noise, close: () => context.close() };
  }

  for (const path of TYPICAL) {
    it(`${path} is read without JavaScript`, async () => {
      const { page, noise, close } = await open(path, { javaScriptEnabled: false });
      const text = await page.locator('main').innerText();
      assert.ok(text.length > 200, text);
      assert.ok(await page.locator('h1').isVisible());
      assert.ok(await page.locator('.doors a', { hasText: 'Options' }).isVisible());
      await page.locator('.doors a', { hasText: 'Rules' }).click();
      assert.match(await page.locator('h1').innerText(), /Rules/);
      assert.deepEqual(noise, []);
      await close();
    });

    it(`${path} has no sideways scroll on a phone`, async () => {
      for (const javaScriptEnabled of [true, false]) {
        const { page, close } = await open(path, { viewport: { width: 360, height: 740 }, javaScriptEnabled });
        const width = await page.locator('html').evaluate(html => html.scrollWidth);
        assert.ok(width <= 360, `${width} px`);
        await close();
      }
    });

    for (const colorScheme of ['light', 'dark'] as const)
      it(`${path} is clean for axe in the ${colorScheme}`, async () => {
        const { page, noise, close } = await open(path, { colorScheme });
        assert.equal(await page.locator('html.dark').count(), colorScheme === 'dark' ? 1 : 0);
        assert.deepEqual(await axeViolations(page), []);
        assert.deepEqual(noise, []);
        await close();
      });
  }

  it('the search finds a rule and an option', async () => {
    for (const [words, target] of [
      ['endless-ldap-wait', /\/rules\/endless-ldap-wait\.html/],
      ['consider_bosh_secure', /\/options\/c\.html#consider_bosh_secure/],
    ] as const) {
      const { page, noise, close } = await open('/index.html', {});
      await page.locator('#local-search button').first().click();
      await page.locator('#localsearch-input').fill(words);
      await page.locator('#localsearch-list a').first().waitFor();
      await page.locator(`#localsearch-list a`).first().click();
      await page.waitForURL(target);
      assert.ok((await page.locator('h1').innerText()).length > 0);
      assert.deepEqual(noise, []);
      await close();
    }
  });

  it('a finding in an example stands below its line, and its place is underlined', async () => {
    const { page, close } = await open('/rules/missing-ldap-key.html', { javaScriptEnabled: false });
    const [place, note] = await Promise.all([
      page.locator('.reported').first().boundingBox(),
      page.locator('.note').first().boundingBox(),
    ]);
    assert.ok(place && note && note.y >= place.y + place.height - 4, 'below');
    assert.equal(await page.locator('.reported').first().innerText(), 'ldap');
    assert.match(await page.locator('.note').first().innerText(), /^error: .ldap. has no .hostname./);
    await close();
  });
});
