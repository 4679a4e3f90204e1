import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { axeViolations, chromiumLab } from '../support/chromium.js';
import { describeWith } from '../support/needing.js';
import { builtPlayground, openPlayground, showTab } from '../support/playground.js';

const pictures = fileURLToPath(new URL('../out/', import.meta.url));

describeWith('the playground looks well', chromiumLab(), lab => {
  let browser: Browser;
  before(async function () {
    this.timeout(60_000);
    mkdirSync(pictures, { recursive: true });
    await builtPlayground();
    browser = await lab.start();
  });
  after(() => browser?.close());

  for (const scheme of ['light', 'dark'] as const) {
    for (const width of [1280, 360]) {
      it(`in ${scheme}, ${width} wide: every tab and dialog, for eyes, ears and keys`, async function () {
        this.timeout(120_000);
        const { page, noise } = await openPlayground(browser, { width, scheme });
        const look = async (name: string) => {
          await page.waitForTimeout(150);
          await page.screenshot({ path: `${pictures}playground-${name}-${scheme}-${width}.png`, fullPage: width < 600 });
          assert.deepEqual(await axeViolations(page), [], name);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.equal(wide, 0, `${name} can be scrolled sideways`);
        };
        await look('findings');
        await page.getByRole('button', { name: 'Explain malformed-dn' }).click();
        await look('explain');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Fix all safe' }).click();
        await page.getByRole('dialog').waitFor();
        await look('fix-all');
        await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
        await page.getByText(/^Done: /).waitFor();
        for (const tab of ['Login', 'Effective', 'Change', 'Patch']) {
          await showTab(page, tab);
          await look(tab.toLowerCase());
        }
        await page.getByRole('button', { name: 'Share…' }).click();
        await page.locator('#share-link').waitFor();
        await look('share');
        assert.deepEqual(noise, []);
        await page.context().close();
      });
    }
  }

  it('can be used with keys alone', async () => {
    const { page } = await openPlayground(browser);
    await page.locator('#tab-findings').focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'tab-login');
    assert.ok(await page.locator('#panel-login').isVisible());
    await page.keyboard.press('End');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'tab-patch');
    // the editor does not keep the Tab key to itself
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Tab');
    assert.notEqual(await page.evaluate(() => document.activeElement?.className.includes('cm-content')), true);
    await page.context().close();
  });
});
