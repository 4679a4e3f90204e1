import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { axeViolations } from '../support/chromium.js';
import { misfits, panelFrame, THEMES, takeTheme } from '../support/vscode-panel.js';
import { untilAt } from '../support/vscode-sight.js';
import { inVsCode, pictures } from '../support/vscode-suite.js';

const example = fileURLToPath(new URL('../../examples/jitsi-active-directory', import.meta.url));

/** The panel with the path of a login, in the frame where VS Code shows it. */
inVsCode(
  'VS Code: the panel',
  home => {
    cpSync(example, home, { recursive: true, verbatimSymlinks: true });
    return { workspace: home, settings: { 'prosodist.prosodyVersion': '13.0' } };
  },
  suite => {
    const ldap = () => path.join(suite.home, 'conf.avail/ldap.cfg.lua');

    it('opens from the command palette', async () => {
      const { code } = suite;
      await code.openFile(path.join(suite.home, 'prosody.cfg.lua'));
      await code.waitForSquiggles();
      await code.command('Prosodist: Show the path of a login');
      const frame = await panelFrame(code);
      assert.match(await frame.locator('h1').innerText(), /meet\.example\.com/);
      assert.ok((await frame.locator('section').count()) >= 4);
    });

    for (const theme of THEMES) {
      it(`is legible, and fits in every width: ${theme.theme}`, async () => {
        const { code } = suite;
        const { page } = code;
        await takeTheme(code, suite.home, theme);
        try {
          for (const [name, width] of [
            // of the window; the panel has 780, 470 and 280 of it, with the files beside it
            ['broad', 1900],
            ['wide', 1280],
            ['narrow', 900],
          ] as const) {
            await page.setViewportSize({ width, height: 900 });
            const frame = await panelFrame(code);
            if (name === 'wide') assert.deepEqual(await axeViolations(frame), []);
            assert.deepEqual(await misfits(frame), []);
            await code.screenshot(path.join(pictures, `panel-${name}-${theme.kind}.png`));
          }
        } finally {
          await page.setViewportSize({ width: 1280, height: 800 });
        }
      });
    }

    it('is used by keyboard alone: everything in its order, and Enter goes to the line', async () => {
      const { code } = suite;
      const frame = await panelFrame(code);
      const wanted = await frame.locator('button:visible, select:visible').evaluateAll(all => all.map(({ id }) => id));
      assert.ok(wanted.length > 8 && wanted.every(id => id !== ''), wanted.join());
      await frame.locator(`#${wanted[0]}`).focus();
      const reached: string[] = [];
      for (const _ of wanted) {
        reached.push(await frame.evaluate(() => document.activeElement?.id ?? ''));
        const { outline, border } = await frame.evaluate(() => {
          const { outlineStyle, outlineWidth, borderStyle } = getComputedStyle(document.activeElement!);
          return { outline: `${outlineStyle} ${outlineWidth}`, border: borderStyle };
        });
        assert.doesNotMatch(outline, /^none| 0px$/, `${reached.at(-1)} shows that it has the focus (${border})`);
        await code.hands.press('Tab');
      }
      assert.deepEqual(reached, wanted);
      // a station's button leads to its section, from where the next Tab is inside of it
      const stop = frame.locator('.stop button').nth(1);
      await stop.focus();
      await code.hands.press('Enter');
      const station = await stop.getAttribute('data-to');
      assert.equal(await frame.evaluate(() => document.activeElement?.id), station);
      const link = frame.locator('button[data-go]').filter({ hasText: 'ldap.cfg.lua' }).first();
      const [, line] = /:(\d+)$/.exec(await link.innerText()) ?? [];
      assert.ok(readFileSync(ldap(), 'utf8').split('\n').length >= Number(line));
      await link.focus();
      await code.hands.press('Enter');
      await untilAt(code, 'ldap.cfg.lua', Number(line));
    });

    it('runs its own script and loads nothing', async () => {
      const frame = await panelFrame(suite.code);
      const policy = await frame.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
      assert.match(
        policy!,
        /^default-src 'none'; style-src 'nonce-(\w{36})'; script-src 'nonce-\1'; base-uri 'none'; form-action 'none'$/,
      );
      const tried = await frame.evaluate(async () => {
        const missing = new Set(['script-src-elem', 'script-src-attr', 'img-src', 'connect-src']);
        const allBlocked = new Promise<void>(resolve => {
          document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
            missing.delete(effectiveDirective);
            if (missing.size === 0) resolve();
          });
        });
        const script = document.createElement('script');
        script.textContent = 'globalThis.ran = true';
        document.body.append(script);
        const handler = document.createElement('div');
        handler.setAttribute('onclick', 'globalThis.ran = true');
        document.body.append(handler);
        handler.click();
        const picture = new Image();
        const noPicture = new Promise(resolve => picture.addEventListener('error', resolve));
        picture.src = 'https://127.0.0.1:1/x.png';
        await noPicture;
        const answer = await fetch('https://127.0.0.1:1/').catch((error: Error) => error.name);
        await allBlocked;
        script.remove();
        handler.remove();
        return { ran: 'ran' in globalThis, answer };
      });
      assert.deepEqual(tried, { ran: false, answer: 'TypeError' });
    });
  },
);
