import type { Locator, Page } from 'playwright-core';

/** What waiting and typing in a VS Code window have in common: one patience, and failures that tell what was waited for. */
export class Hands {
  /** Milliseconds; for a slow machine under load, not what anything takes. */
  readonly patience = Number(process.env.PATIENCE ?? 60_000);

  constructor(readonly page: Page) {
    page.setDefaultTimeout(this.patience);
  }

  /** Presses keys one after the other, `Control+K` and the like. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Opens the quick input with a key, types, waits until there is a wanted row, goes to it and takes it. */
  async pick(key: string, typed: string, wanted: (label: string) => boolean): Promise<void> {
    const input = this.page.locator('.quick-input-widget');
    await this.press(key);
    await this.seen('the quick input', input.locator('input:focus'));
    await this.page.keyboard.insertText(typed);
    const rows = input.locator('.quick-input-list .monaco-list-row');
    await this.until(`“${typed}” in the quick input`, async () => {
      const labels = await rows.evaluateAll(all => all.map(row => row.getAttribute('aria-label') ?? ''));
      const chosen = await rows.evaluateAll(all => all.findIndex(row => row.classList.contains('focused')));
      if (wanted(labels[chosen] ?? '')) return true;
      if (labels.some(wanted)) await this.press('ArrowDown');
      return false;
    });
    await this.press('Enter');
    // what was chosen may ask something in its turn, in the same place
    const box = input.locator('input:visible').first();
    await this.until('the end of the quick input', async () => {
      if ((await input.filter({ visible: true }).count()) === 0) return true;
      return !(await box.inputValue({ timeout: 500 }).catch(() => '')).endsWith(typed);
    });
  }

  /** Waits until something is visible. */
  async seen(what: string, locator: Locator): Promise<void> {
    await locator.waitFor().catch(() => this.#fail(what));
  }

  /** Waits until something is not visible any more. */
  async gone(what: string, locator: Locator): Promise<void> {
    await this.until(`the end of ${what}`, async () => (await locator.filter({ visible: true }).count()) === 0);
  }

  /** Waits until a condition holds. */
  async until(what: string, condition: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + this.patience;
    while (!(await condition())) {
      if (Date.now() > end) await this.#fail(what);
      await this.page.waitForTimeout(25);
    }
  }

  async #fail(what: string): Promise<never> {
    const messages = await this.page.locator('.notification-toast').allInnerTexts();
    throw new Error([`VS Code did not show ${what} within ${this.patience / 1000} s`, ...messages].join('\nIt says: '));
  }
}
