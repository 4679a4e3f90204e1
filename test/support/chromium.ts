// A page in a real browser: Debian's Chromium, without a network.
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Frame, type Page } from 'playwright-core';

const browserFile = process.env.PROSODIST_CHROMIUM ?? '/usr/bin/chromium';
const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-dev-shm-usage',
];

/** The browser of this machine, or what is missing for it. */
export function chromiumLab(): { start(): Promise<Browser> } | { missing: string } {
  try {
    accessSync(browserFile, constants.X_OK);
  } catch {
    return { missing: `${browserFile} is not there: install Debian's chromium, or set PROSODIST_CHROMIUM` };
  }
  return { start: () => chromium.launch({ executablePath: browserFile, args: browserArguments }) };
}

/** What somebody sees a page with. */
export interface Looks {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

/**
 * Opens a file in a window of its own.
 * @returns the page, and what it asked for from elsewhere or complained of
 */
export async function openFile(
  browser: Browser,
  file: string,
  { width, scheme }: Looks,
): Promise<{ page: Page; noise: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: false });
  const page = await context.newPage();
  const noise: string[] = [];
  const own = pathToFileURL(file).href;
  page.on('request', request => {
    if (request.url().split('#')[0] !== own) noise.push(`asked for ${request.url()}`);
  });
  page.on('console', message => noise.push(`said ${message.text()}`));
  page.on('pageerror', error => noise.push(`threw ${error.message}`));
  await page.goto(own);
  return { page, noise };
}

/** What axe finds against the page, or a frame of it, as `RULE: SELECTOR`. Its script is evaluated by the browser's own debugger, which no policy keeps out. */
export async function axeViolations(page: Page | Frame): Promise<string[]> {
  const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  const { readFileSync } = await import('node:fs');
  await page.evaluate(readFileSync(source, 'utf8'));
  const found =
    await page.evaluate(`axe.run(document, { resultTypes: ['violations', 'incomplete'] }).then(({ violations, incomplete }) => [
    ...violations,
    // a text in the colour of its ground is no violation to axe, since it may be hidden on purpose
    ...incomplete.map(({ id, nodes }) => ({ id, nodes: nodes.filter(({ any }) => any.some(({ data }) => data?.messageKey === 'equalRatio')) })),
  ])`);
  return (found as { id: string; nodes: { target: unknown[]; failureSummary: string }[] }[]).flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
