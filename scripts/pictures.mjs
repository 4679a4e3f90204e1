#!/usr/bin/env node
// The pictures of the READMEs, made from the running program: the terminal's by Chromium from the real output, the editor's by
// the tests in the real VS Code. Needs Debian's chromium and the labs (test/labs).
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const top = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const images = path.join(top, 'docs/images');
const COLOURS = {
  30: '#484f58',
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#56d4dd',
  37: '#c9d1d9',
  90: '#8b949e',
};

await picture('check.png', ['check', 'conf.avail/ldap.cfg.lua'], 44);
await picture('doctor.png', ['doctor', '--offline', '--prosody', '13.0', '.'], 46);

if (process.argv.includes('--terminal')) process.exit(); // the editor's take minutes

// The tests take more pictures than are shown; those that a README names are kept.
const taken = mkdtempSync(path.join(tmpdir(), 'prosodist-pictures-'));
const tests = ['example', 'setup', 'panel', 'walkthrough', 'views'].map(name => `test/vscode/${name}.test.ts`);
const { status } = spawnSync('node', ['node_modules/mocha/bin/mocha.js', '--no-config', '--import=tsx', ...tests], {
  cwd: top,
  stdio: 'inherit',
  env: { ...process.env, PROSODIST_PICTURES: taken },
});
const readmes = ['README.md', 'extension/README.md'].map(file => readFileSync(path.join(top, file), 'utf8')).join('\n');
const named = new Set([...readmes.matchAll(/docs\/images\/(vscode-[\w-]+\.png)/g)].map(([, name]) => name));
const missing = [...named].filter(name => !existsSync(path.join(taken, name)));
for (const name of named) if (!missing.includes(name)) copyFileSync(path.join(taken, name), path.join(images, name));
rmSync(taken, { recursive: true });
if (missing.length > 0) console.error(`pictures: no test has made ${missing.join(', ')}`);
process.exitCode = status || (missing.length > 0 ? 1 : 0);

/** What a command prints in the example, as far as `lines`, as a PNG. */
async function picture(name, command, lines) {
  const { stdout } = spawnSync('node', [path.join(top, 'packages/cli/dist/prosodist.cjs'), ...command], {
    cwd: path.join(top, 'examples/jitsi-active-directory'),
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '1', COLUMNS: '100' },
  });
  const output = `$ prosodist ${command.join(' ')}\n${stdout}`;
  const body = html(output.split('\n').slice(0, lines).join('\n'));
  const browser = await chromium.launch({
    executablePath: process.env.PROSODIST_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const page = await browser.newPage({ deviceScaleFactor: 2 });
  await page.setContent(
    `<pre style="display:inline-block;margin:0;padding:18px 22px;background:#0d1117;color:#c9d1d9;font:14px/1.45 'DejaVu Sans Mono',monospace">${body}</pre>`,
  );
  await page.locator('pre').screenshot({ path: path.join(images, name) });
  await browser.close();
}

/** ANSI colours and bold as HTML. */
function html(output) {
  let open = 0;
  const text = output.replace(/[&<>]/g, unit => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[unit]);
  const body = text.replace(/\u001b\[([0-9;]*)m/g, (_, codes) =>
    codes
      .split(';')
      .map(code => {
        if (code === '' || ['0', '22', '39'].includes(code)) {
          const close = open > 0 ? '</span>' : '';
          open = Math.max(0, open - 1);
          return close;
        }
        open += 1;
        return code === '1' ? '<span style="font-weight:bold">' : `<span style="color:${COLOURS[code] ?? 'inherit'}">`;
      })
      .join(''),
  );
  return body + '</span>'.repeat(open);
}
