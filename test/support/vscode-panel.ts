// The page inside of a webview of VS Code, and the looks that it takes from the editor.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import type { VsCode } from './vscode-window.js';

/** A theme of VS Code, and how it tells a page of it. */
export const THEMES = [
  { theme: 'Default Light Modern', kind: 'vscode-light' },
  { theme: 'Default Dark Modern', kind: 'vscode-dark' },
  { theme: 'Default High Contrast', kind: 'vscode-high-contrast' },
  { theme: 'Default High Contrast Light', kind: 'vscode-high-contrast-light' },
] as const;

/** The frame of the webview's page, once it has something for people. The page is drawn anew with each change. */
export async function panelFrame({ page, hands }: VsCode): Promise<Frame> {
  const inner = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await hands.seen('the panel', inner.locator('main'));
  const element = await inner.locator('main').elementHandle();
  const frame = await element!.ownerFrame();
  if (!frame) throw new Error('the panel was closed while it was looked at');
  return frame;
}

/** Gives the folder a theme, as somebody does in its settings, and waits until the panel has it. */
export async function takeTheme(code: VsCode, folder: string, { theme, kind }: (typeof THEMES)[number]): Promise<void> {
  mkdirSync(path.join(folder, '.vscode'), { recursive: true });
  writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }));
  const inner = code.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await code.hands.seen(`the theme ${theme} in the panel`, inner.locator(`body[data-vscode-theme-kind="${kind}"]`));
}

/**
 * What of the page does not fit: it must not scroll sideways, nothing may be cut off, no two texts may lie on each other, and in the
 * stations' names no short word may be broken. As sentences; none where all is well.
 */
export async function misfits(frame: Frame): Promise<string[]> {
  return (await frame.evaluate(MISFITS)) as string[];
}

// a text, because the browser gets it as it stands
const MISFITS = `(() => {
  const wrong = [];
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) wrong.push('the page is ' + page.scrollWidth + ' wide in ' + page.clientWidth);
  const seen = [...document.querySelectorAll('main *')].filter(each => !each.closest('.hidden') && each.getClientRects().length > 0);
  const named = each => each.tagName.toLowerCase() + ' "' + each.textContent.trim().slice(0, 40) + '"';
  for (const each of seen) {
    const { left, right } = each.getBoundingClientRect();
    if (left < -0.5 || right > page.clientWidth + 0.5) wrong.push(named(each) + ' reaches from ' + left + ' to ' + right);
  }
  const texts = seen.flatMap(each => [...each.childNodes].filter(node => node.nodeType === 3 && node.data.trim() !== '').map(node => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return { of: each, node, boxes: [...range.getClientRects()] };
  }));
  for (const { of, node } of texts.filter(({ of }) => of.matches('.name, .word, .label')))
    for (const { 0: word, index } of node.data.matchAll(/[A-Za-z]+/g)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const tops = [...range.getClientRects()].map(({ top }) => top);
      // a first letter has a box of its own, in the same line
      if (word.length <= 12 && Math.max(...tops) - Math.min(...tops) > 6) wrong.push('"' + word + '" is broken in ' + named(of));
    }
  const meet = (one, other) =>
    one.left + 1 < other.right && other.left + 1 < one.right && one.top + 2 < other.bottom && other.top + 2 < one.bottom;
  texts.forEach((one, index) => {
    for (const other of texts.slice(index + 1))
      if (one.boxes.some(box => other.boxes.some(another => meet(box, another))))
        wrong.push(named(one.of) + ' lies on ' + named(other.of));
  });
  return wrong;
})()`;
