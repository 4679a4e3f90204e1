// The playground in a real browser, opened from the disk: it is one file.
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { buildPlayground, PAGE } from '../../scripts/playground.mjs';
import type { Looks } from './chromium.js';

let built: ReturnType<typeof buildPlayground> | undefined;

/** Builds the page once for all tests; the bytes of its parts, packed. */
export function builtPlayground(): ReturnType<typeof buildPlayground> {
  built ??= buildPlayground();
  return built;
}

export interface OpenPlayground {
  readonly page: Page;
  /** What it asked for beside itself, complained of, or threw. */
  readonly noise: readonly string[];
  /** Milliseconds from the start of the page to its first findings. */
  readonly first: number;
}

/**
 * Opens the playground in a window of its own, and waits for its first findings.
 * @param fragment what stands behind `#`
 * @param address where the page is, if not on the disk
 */
export async function openPlayground(
  browser: Browser,
  { width = 1280, scheme = 'light' }: Partial<Looks> = {},
  fragment = '',
  address = pathToFileURL(PAGE).href,
): Promise<OpenPlayground> {
  await builtPlayground();
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, acceptDownloads: true });
  const page = await context.newPage();
  const noise: string[] = [];
  page.on('request', request => {
    const url = request.url();
    if (url.split('#')[0] !== address && !url.startsWith('blob:')) noise.push(`asked for ${url}`);
  });
  page.on('console', message => noise.push(`said ${message.text()}`));
  page.on('pageerror', error => noise.push(`threw ${error.message}`));
  await page.goto(address + fragment);
  await page.waitForFunction(
    () => /Findings \(\d+\)/.test(document.getElementById('tab-findings')?.textContent ?? ''),
    undefined,
    {
      polling: 20,
    },
  );
  return { page, noise, first: await page.evaluate(() => performance.now()) };
}

/** The rules of the findings in the list. */
export async function findingsShown(page: Page): Promise<string[]> {
  return page.locator('.finding .rule').allTextContents();
}

/** Puts another text in place of what is in the editor, as somebody would who types. */
export async function replaceText(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
  // the editor reads what was put into the page a moment later; no hand is quicker
  await page.evaluate(
    () => new Promise(resolve => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(resolve)), 60)),
  );
}

/** Waits until the list of findings is as it should be. */
export async function untilFindings(page: Page, isRight: (rules: string[]) => boolean): Promise<string[]> {
  const end = Date.now() + 10_000;
  for (;;) {
    const rules = await findingsShown(page);
    if (isRight(rules)) return rules;
    if (Date.now() > end) throw new Error(`the findings are ${rules.join(', ') || 'none'}`);
    await page.waitForTimeout(50);
  }
}

/** Shows a tab of the results. */
export async function showTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click();
}
