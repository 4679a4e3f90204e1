import type { Page } from 'playwright-core';

/** Answers a text question of the quick input, recognised by words of its prompt. `undefined` takes what is proposed. */
export async function answer(page: Page, prompt: RegExp, text?: string): Promise<void> {
  const widget = page.locator('.quick-input-widget:visible').filter({ hasText: prompt });
  await widget.waitFor();
  const input = widget.locator('.quick-input-box input');
  await input.focus();
  if (text !== undefined) await input.fill(text);
  await page.keyboard.press('Enter');
}

/** Chooses a row of the quick input, recognised by its title or placeholder and by words of the row. */
export async function choose(page: Page, question: RegExp, row: RegExp): Promise<void> {
  const widget = page.locator('.quick-input-widget:visible');
  await page.waitForFunction(
    ([source]) => {
      const shown = [...document.querySelectorAll<HTMLElement>('.quick-input-widget')].filter(each => each.offsetParent);
      return shown.some(each => {
        const placeholders = [...each.querySelectorAll('input')].map(input => input.placeholder);
        return new RegExp(source!).test([each.innerText, ...placeholders].join('\n'));
      });
    },
    [question.source],
  );
  await widget.locator('.monaco-list-row').filter({ hasText: row }).first().click();
}

/** How long a notification may take: what it tells of has been done by then. */
const PATIENCE = 60_000;

/**
 * Waits for a notification with these words, and presses one of its buttons. VS Code hides one after some seconds, or shows none while it
 * is busy; all are kept behind the bell.
 * @returns what it says
 */
export async function notified(page: Page, words: RegExp, button?: string): Promise<string> {
  const bell = page.locator('[id="status.notifications"]');
  const end = Date.now() + PATIENCE;
  let opened = false;
  for (let look = 1; Date.now() < end; look++) {
    const shown = page.locator('.notification-list-item:visible').filter({ hasText: words }).first();
    // it may be hidden between two looks
    const said = await shown.innerText({ timeout: 500 }).catch(() => undefined);
    if (said !== undefined) {
      if (button) await shown.getByRole('button', { name: button, exact: true }).click();
      if (opened && (await page.locator('.notifications-center.visible').count()) > 0) await bell.click();
      return said;
    }
    if (look % 4 !== 0 || (await page.locator('.notifications-center.visible').count()) > 0) continue;
    await bell.click();
    opened = true;
  }
  throw new Error(`VS Code did not say ${words} within ${PATIENCE / 1000} s`);
}
