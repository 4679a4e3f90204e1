// What can be seen in a VS Code window, waited for.
import type { VsCode } from './vscode-window.js';

/** The text of the editor that is open, as far as it is in sight. */
export async function shownText({ page }: VsCode): Promise<string> {
  const lines = await page
    .locator('.editor-group-container.active .editor-container .monaco-editor .view-line')
    .evaluateAll(all => all.map(line => ({ top: Number.parseFloat((line as HTMLElement).style.top), text: line.textContent })));
  const inOrder = lines.sort((one, other) => one.top - other.top).map(({ text }) => text ?? '');
  // the editor draws blanks as others that do not collapse
  return inOrder
    .join('\n')
    .replace(/\u00a0/g, ' ')
    .replace(/\u200c/g, '');
}

/** Waits until the text in sight is as wanted. */
export async function untilText(code: VsCode, what: string, holds: (text: string) => boolean): Promise<string> {
  let text = '';
  await code.hands.until(`${what} in the editor`, async () => {
    text = await shownText(code);
    return holds(text);
  });
  return text;
}

/**
 * Waits until the Problems panel has so many findings with some words, at least one or none; asks for them by the panel's filter, so
 * that all of them are in sight. The panel has the focus afterwards.
 * @param words no commas: they part filters
 */
export async function untilFound({ hands, page }: VsCode, words: string, count: number | 'some' = 'some'): Promise<void> {
  const panel = page.locator('.markers-panel');
  const filter = page.locator('.pane-composite-part.panel .viewpane-filter input');
  let looks = 0;
  let none = 0;
  await hands.until(`${count} findings with “${words}”`, async () => {
    if (!(await panel.isVisible())) {
      // something else may take the panel's place meanwhile, such as a terminal
      await hands.press('Control+Shift+M');
      await hands.seen('the Problems panel', panel);
      looks = 0;
    }
    // VS Code may leave out what came while it filtered, until the filter changes
    if (looks % 80 === 0) {
      await filter.fill('');
      await filter.fill(words);
      none = 0;
    }
    looks += 1;
    const rows = await panel
      .locator('.monaco-list-row')
      .evaluateAll(all => all.map(row => [row.getAttribute('aria-level'), row.getAttribute('aria-label') ?? '']));
    const findings = rows.filter(([level]) => level === '2').map(([, label]) => label!);
    // while the list is drawn anew it is empty for a moment
    none = findings.length === 0 ? none + 1 : 0;
    if (none > 0) return count === 0 && none > 20;
    return findings.every(label => label.includes(words)) && (count === 'some' || findings.length === count);
  });
}

/** Waits until the editor shows a file, and its cursor is in a line (from 1). */
export async function untilAt({ hands, page }: VsCode, name: string, line: number): Promise<void> {
  await hands.seen(`the tab ${name}`, page.locator('.tab.active').filter({ hasText: name }));
  const position = page.locator('[id="status.editor.selection"]').filter({ hasText: new RegExp(`^Ln ${line},`) });
  await hands.seen(`the cursor in line ${line} of ${name}`, position);
}

/** Opens another folder in the same window, as `File: Open Folder…` does. */
export async function openFolder({ page }: VsCode, folder: string): Promise<void> {
  const address = new URL(page.url());
  address.search = '';
  address.searchParams.set('folder', folder);
  await page.goto(address.href, { waitUntil: 'commit' });
  await page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor();
}
