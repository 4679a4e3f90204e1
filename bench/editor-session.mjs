// One window of the real VS Code with the packed extension: node --import=tsx bench/editor-session.mjs OUT writes what it took, as JSON.
// Times are taken in the page, frame by frame, since what asks from outside would ask too late.
import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packedExtension } from '../test/support/packed-extension.ts';
import { vscodeLab } from '../test/support/vscode.ts';

const SQUIGGLES = ['error', 'warning', 'info', 'hint'].map(kind => `.view-overlays .squiggly-${kind}`).join();
/** Milliseconds in which VS Code comes to rest: after it has started (its own extensions, their host), and between measurements. */
const START = 15_000;
const REST = 3000;

let watches = 0;
const lab = vscodeLab();
if ('missing' in lab) throw new Error(lab.missing);
const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'prosodist-bench-')));
// not at the top, where the extension would be awake before a file is opened
const folder = path.join(home, 'sites/meet');
cpSync('examples/jitsi-active-directory', folder, { recursive: true, verbatimSymlinks: true });
const settings = { 'prosodist.prosodyVersion': '13.0' };
const code = await lab.start({ workspace: home, vsix: packedExtension(), settings });
try {
  writeFileSync(process.argv[2], JSON.stringify(await measure()));
} finally {
  await code.close();
  rmSync(home, { recursive: true, force: true });
}

async function measure() {
  const { page, hands } = code;
  // what VS Code itself still does at its start is not ours
  await page.waitForTimeout(START);
  const first = await open('conf.avail/ldap.cfg.lua');
  await page.waitForTimeout(REST);
  // between the two something without squiggles, so that none are taken for those of the second
  await code.openFile(path.join(folder, 'README.md'));
  await code.waitForSquiggles(0);
  const second = await open('conf.avail/meet.example.com.cfg.lua');
  await page.waitForTimeout(REST);
  await code.goto(1, 1);
  const before = await code.squiggles();
  const keys = [];
  for (let key = 0; key < 5; key++) {
    const changed = await watch(`all.length ${key % 2 === 0 ? '!==' : '==='} ${before}`);
    // a word without a value is an error, and its end is none
    await (key % 2 === 0 ? page.keyboard.insertText('(') : page.keyboard.press('Backspace'));
    const { from, to } = await changed();
    keys.push(to - from);
    await page.waitForTimeout(500);
  }
  await code.command('Developer: Show Running Extensions');
  const rows = page.locator('.runtime-extensions-editor .monaco-list-row');
  await hands.seen('the running extensions', rows.filter({ hasText: 'prosodist' }).first());
  const [said] = await rows.filter({ hasText: 'prosodist' }).allInnerTexts();
  const activation = Number(/(\d+)\s*ms/.exec(said)?.[1]);
  if (Number.isNaN(activation)) throw new Error(`VS Code tells no time of activation: ${said}`);
  return {
    activation,
    opened: first.text,
    squiggles: first.squiggles,
    second: second.squiggles,
    key: keys.sort((a, b) => a - b)[2],
  };
}

/** Opens a file from the list of files. @returns milliseconds from Enter to its text, and from there to its squiggles */
async function open(name) {
  const { page, hands } = code;
  const file = path.join(folder, name);
  const input = page.locator('.quick-input-widget');
  await hands.press('Control+P');
  await hands.seen('the quick input', input.locator('input:focus'));
  await page.keyboard.insertText(file);
  await hands.seen(name, input.locator('.monaco-list-row.focused').filter({ hasText: path.basename(name) }));
  const editor = `.editor-group-container.active .monaco-editor[data-uri$=${JSON.stringify(encodeURI(file))}]`;
  const text = await watch(`document.querySelector(${JSON.stringify(`${editor} .view-line`)})`);
  const found = await watch(`document.querySelector(${JSON.stringify(`${editor} .view-line`)}) && all.length > 0`);
  await hands.press('Enter');
  const [shown, squiggly] = [await text(), await found()];
  return { text: shown.to - shown.from, squiggles: squiggly.to - shown.to };
}

/**
 * Has the page look at itself, from the next key on, until a condition holds; `all` are the squiggles.
 * @returns once it looks, a function that waits for the end and gives both times by the page's clock
 */
async function watch(condition) {
  watches += 1;
  const name = `globalThis.watched${watches}`;
  await code.page.evaluate(`void (${name} = new Promise((resolve, reject) => {
    let from;
    const key = () => { from ??= performance.now(); };
    for (const kind of ['keydown', 'beforeinput']) addEventListener(kind, key, { capture: true, once: true });
    const end = performance.now() + 30000;
    const look = () => {
      const all = document.querySelectorAll(${JSON.stringify(SQUIGGLES)});
      if (from !== undefined && (${condition})) return resolve({ from, to: performance.now() });
      if (performance.now() > end) return reject(new Error('VS Code did not come to: ' + ${JSON.stringify(condition)}));
      requestAnimationFrame(look);
    };
    look();
  }))`);
  return () => code.page.evaluate(name);
}
