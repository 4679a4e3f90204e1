import { basename } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { Hands } from './vscode-hands.js';

/** A VS Code window, used as a person would. Methods return when what they did can be seen. */
export class VsCode {
  /** Keys and waiting, for what has no method here. */
  readonly hands: Hands;

  private constructor(
    /** The browser's page, for what has no method here. */
    readonly page: Page,
    /** Closes the window, unsaved files and all, and stops everything that was started for it. */
    readonly close: () => Promise<void>,
  ) {
    this.hands = new Hands(page);
  }

  /** Opens the address in the page and waits until the workbench can be used. */
  static async open(page: Page, address: string, close: () => Promise<void>): Promise<VsCode> {
    const code = new VsCode(page, close);
    await page.goto(address, { waitUntil: 'commit', timeout: 60_000 });
    await page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor({ timeout: 60_000 });
    return code;
  }

  /** Opens a file (absolute path) and waits until its text is there and has the focus. */
  async openFile(path: string): Promise<void> {
    await this.hands.pick('Control+P', path, label => label.startsWith(basename(path)));
    const editor = `.editor-group-container.active .monaco-editor.focused[data-uri$=${JSON.stringify(encodeURI(path))}]`;
    await this.hands.seen(`the editor of ${path}`, this.page.locator(`${editor} .view-line`).first());
  }

  /** Waits until the open file has a language, by its name in the status bar; extensions bring theirs a while after start. */
  async waitForLanguage(name: string): Promise<void> {
    const language = this.page.locator('[id="status.editor.mode"]').getByText(name, { exact: true });
    await this.hands.seen(`the language ${name}`, language);
  }

  /** The squiggles in sight, one for each line that they touch. */
  squiggles(): Promise<number> {
    return this.#squiggles.count();
  }

  /** Waits until there are as many squiggles, or at least one. */
  async waitForSquiggles(count?: number): Promise<void> {
    if (count === undefined) return this.hands.seen('a squiggle', this.#squiggles.first());
    await this.hands.until(`${count} squiggles`, async () => (await this.squiggles()) === count);
  }

  get #squiggles(): Locator {
    return this.page.locator(['error', 'warning', 'info', 'hint'].map(kind => `.view-overlays .squiggly-${kind}`).join());
  }

  /**
   * All findings in the Problems panel (which is opened for that), as it reads them out: severity, message, line, column.
   * Waits until there are `atLeast` so many.
   */
  async problems(atLeast = 0): Promise<string[]> {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.hands.press('Control+Shift+M');
    await this.hands.seen('the Problems panel', panel);
    await panel.hover();
    // Only the rows in sight exist, so the list is scrolled to and fro until it has shown as many findings as it says it has.
    const summary = panel.locator('#markers-panel-arialabel');
    const found = new Map<number, string>();
    let announced: string | null = null;
    let notch = 1;
    await this.hands.until(`${atLeast} problems`, async () => {
      const now = await summary.getAttribute('aria-label');
      if (now !== announced) found.clear();
      announced = now;
      await this.page.evaluate(nextFrame); // the rows are drawn after the sum is told
      const rows = await panel.locator('.monaco-list-row').evaluateAll(describeRows);
      for (const { index, level, label } of rows) if (level === 2) found.set(index, label); // level 1 is files, 3 what is related
      const total = Number(/\d+/.exec(announced ?? '')?.[0] ?? 0);
      if (rows.some(row => row.last)) notch = -1;
      else if (rows.some(row => row.index === 1)) notch = 1;
      if (found.size < total) await this.page.mouse.wheel(0, notch);
      return found.size === total && total >= atLeast;
    });
    return [...found].sort(([a], [b]) => a - b).map(([, label]) => label);
  }

  /** Puts the cursor at a line and column, both from 1. */
  async goto(line: number, column: number): Promise<void> {
    await this.hands.pick('Control+G', `${line}:${column}`, () => true);
    // the column that is shown counts a tab for as many as it is wide
    const position = this.page.locator('[id="status.editor.selection"]').filter({ hasText: new RegExp(`Ln ${line}, Col`) });
    await this.hands.seen(`the cursor at ${line}:${column}`, position);
  }

  /** What Ctrl+. offers at the cursor; empty if there is nothing. */
  async quickFixes(): Promise<string[]> {
    const titles = await this.#openQuickFixes();
    if (titles.length > 0) await this.hands.press('Escape');
    await this.hands.gone('the quick fixes', this.page.locator('.action-widget'));
    return titles;
  }

  /** Chooses one of the quick fixes at the cursor and waits until it has changed something that can be seen. */
  async applyQuickFix(title: string): Promise<void> {
    const before = await this.#editState();
    const titles = await this.#openQuickFixes();
    if (!titles.includes(title))
      throw new Error(`VS Code does not offer “${title}” here, only: ${titles.join(' · ') || 'nothing'}`);
    const chosen = this.page.locator('.action-widget .monaco-list-row.focused');
    for (let row = 0; row < titles.length && (await chosen.allInnerTexts()).join().trim() !== title; row++)
      await this.hands.press('ArrowDown');
    await this.hands.press('Enter');
    await this.hands.gone('the quick fixes', this.page.locator('.action-widget'));
    await this.hands.until(`the change by “${title}”`, async () => (await this.#editState()) !== before);
  }

  // Soon after the cursor moved VS Code may say “none” without having asked the server, so only the third “none” counts.
  async #openQuickFixes(): Promise<string[]> {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    const none = this.page.locator('.monaco-editor-overlaymessage');
    for (let tries = 0; tries < 3; tries++) {
      await this.hands.press('Control+.');
      await this.hands.seen('an answer to Ctrl+.', rows.or(none).first());
      const titles = (await rows.allInnerTexts()).map(title => title.trim());
      if (titles.length > 0) return titles;
      await this.hands.press('Escape');
      await this.hands.gone('“No code actions available”', none);
    }
    return [];
  }

  // Everything in sight that an applied fix can alter: the text, and which files are unsaved.
  async #editState(): Promise<string> {
    const lines = await this.page.locator('.editor-group-container.active .view-lines').allInnerTexts();
    const unsaved = await this.page.locator('.tab.dirty, .activitybar .badge').allInnerTexts();
    return JSON.stringify([lines, unsaved]);
  }

  /** Saves all files and waits until none is unsaved. */
  async saveAll(): Promise<void> {
    await this.command('File: Save All Files');
    await this.hands.gone('the mark of unsaved files', this.page.locator('.tab.dirty'));
  }

  /** Runs a command by its whole title in the command palette, such as “Prosodist: Show Output”. */
  async command(title: string): Promise<void> {
    await this.hands.pick('F1', title, label => label === title || label.startsWith(`${title}, `));
  }

  /** The text of the hover at the cursor, once it includes what is given: its parts come one after the other. */
  async hover(including = ''): Promise<string> {
    await this.hands.press('Control+K', 'Control+I');
    const parts = this.page.locator('.monaco-hover:not(.hidden) .hover-row:not(.status-bar)');
    const wanted = parts.filter({ hasText: including, hasNotText: /^\s*Loading\.\.\.\s*$/ });
    await this.hands.seen(including ? `a hover with “${including}”` : 'a hover', wanted.first());
    return (await parts.allInnerTexts()).join('\n').trim();
  }

  /** The extensions that are active by now, by the name in their package.json. */
  async activeExtensions(): Promise<string[]> {
    await this.command('Developer: Show Running Extensions');
    const rows = this.page.locator('.runtime-extensions-editor .monaco-list-row');
    await this.hands.seen('the running extensions', rows.first());
    const names = await rows.evaluateAll(all => all.map(row => row.getAttribute('aria-label') ?? ''));
    await this.command('View: Close Editor');
    return names;
  }

  /** Writes a PNG of the window, or of a part of it. */
  async screenshot(
    file: string,
    options: { clip?: { x: number; y: number; width: number; height: number } } = {},
  ): Promise<void> {
    await this.page.screenshot({ path: file, style: UNASKED, ...options });
  }
}

// What the lab's VS Code complains of by itself: it has no TypeScript for the .js files that it shows.
const UNASKED = '.notification-toast-container:has([aria-label*="tsserver"]) { visibility: hidden }';

function nextFrame(): Promise<number> {
  return new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

function describeRows(rows: Element[]): { index: number; level: number; label: string; last: boolean }[] {
  return rows.map(row => ({
    index: Number(row.getAttribute('data-index')),
    level: Number(row.getAttribute('aria-level')),
    label: row.getAttribute('aria-label') ?? '',
    last: row.getAttribute('data-last-element') === 'true',
  }));
}
