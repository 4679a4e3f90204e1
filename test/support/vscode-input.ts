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

/** Waits for a notification with these words, and presses one of its buttons. @returns what it says */
export async function notified(page: Page, words: RegExp, button?: string): Promise<string> {
  const toast = page.locator('.notification-toast').filter({ hasText: words }).first();
  await toast.waitFor();
  const said = await toast.innerText();
  if (button) await toast.getByRole('button', { name: button, exact: true }).click();
  return said;
}
