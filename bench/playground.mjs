// The playground in a real browser: how long somebody waits for the first finding, from an empty window and after a paste.
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import { buildPlayground, servePlayground } from '../scripts/playground.mjs';
import { ordinary } from './configuration.mjs';
import { figure, median } from './median.mjs';

const BROWSER = process.env.PROSODIST_CHROMIUM ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-dev-shm-usage',
];

/** Runs in the page before its own scripts: when something that is looked for is drawn, in milliseconds since the navigation. */
const WATCH = `
  globalThis.drawn = (isThere, from = 0) => new Promise(resolve => {
    const look = () => {
      if (!document.body || !isThere()) return requestAnimationFrame(look);
      // the frame that has it has been handed on when the next task runs
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - from);
      port2.postMessage(null);
    };
    requestAnimationFrame(look);
  });
`;
const SAY = 'first drawn after ';
const FIRST = `drawn(() => document.querySelector('.finding .what')).then(time => console.log('${SAY}' + time));`;
const BLANK = `drawn(() => document.querySelector('#end')).then(time => console.log('${SAY}' + time));`;

/**
 * Measures and reports in Markdown.
 * @param rounds how often each page is opened, each time with nothing kept from before
 */
export async function playgroundReport(rounds) {
  const packed = await buildPlayground();
  const server = await servePlayground(0);
  const address = `http://localhost:${server.address().port}/`;
  const page = await (await fetch(address)).text();
  const blank = await serveText(blankPage(page.length));
  const browser = await chromium.launch({ executablePath: BROWSER, args: ARGUMENTS });
  const results = [];
  try {
    // the first page of a browser waits for the browser
    for (let round = -1; round < rounds; round++) {
      const base = await visit(browser, `http://localhost:${blank.address().port}/`, BLANK);
      const own = await visit(browser, address, FIRST, { text: ordinary(26).replace('authentication', 'authenticaton') });
      if (round >= 0) results.push({ base, own });
    }
  } finally {
    await browser.close();
    server.close();
    blank.close();
  }
  const of = read => results.map(read);
  const row = (what, values, ratios) =>
    `| ${what} | ${figure(median(values))} | ${figure(Math.max(...values))} | ${ratios ? figure(median(ratios)) : ''} |`;
  const kib = bytes => Math.ceil(bytes / 1024);
  return `From the start of the navigation to the frame that shows it, in Chromium ${browser.version()}; medians of ${rounds} rounds, a window with nothing in its
caches each. The page is one file of ${kib(page.length)} KiB, ${kib(packed.page)} KiB as servers send it packed; the blank page has as many letters in it, and
no script.

| | ms | longest | ratio |
|---|---|---|---|
${[
  row(
    'a blank page of that size',
    of(({ base }) => base.first),
    [1],
  ),
  row(
    'the example, its first finding',
    of(({ own }) => own.first),
    of(({ base, own }) => own.first / base.first),
  ),
  row(
    'from a paste of 14 KB to its findings',
    of(({ own }) => own.pasted),
  ),
].join('\n')}
`;
}

/** Opens a page. @param paste what is pasted once it is there */
async function visit(browser, address, script, paste) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(WATCH + script);
    // to ask the page for it would have a large script of Playwright's run there first
    const said = page.waitForEvent('console', message => message.text().startsWith(SAY));
    await page.goto(address, { waitUntil: 'commit' });
    const first = Number((await said).text().slice(SAY.length));
    return { first, ...(paste && { pasted: await page.evaluate(pasteInto, paste) }) };
  } finally {
    await context.close();
  }
}

/** In the page: puts a text in place of all that the editor has, as a paste does, and waits for the finding that it has. */
async function pasteInto({ text }) {
  const editor = document.querySelector('.cm-content');
  editor.focus();
  getSelection().selectAllChildren(editor);
  await new Promise(resolve => setTimeout(resolve, 300));
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  const start = performance.now();
  editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  return globalThis.drawn(
    () => [...document.querySelectorAll('.finding .what')].some(node => node.textContent.includes('authenticaton')),
    start,
  );
}

/** A page of this many letters that does nothing: what the browser takes to read them. */
function blankPage(length) {
  const [head, end] = ['<!doctype html><title>blank</title><script type="text/plain">', '</script><p id="end">.</p>'];
  return head + 'x'.repeat(Math.max(0, length - head.length - end.length)) + end;
}

function serveText(text) {
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(text),
  );
  return new Promise((resolve, reject) => server.once('error', reject).listen(0, 'localhost', () => resolve(server)));
}
