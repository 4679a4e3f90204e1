import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { shownText, untilAt } from '../support/vscode-sight.js';
import { inVsCode, pictures } from '../support/vscode-suite.js';

const example = fileURLToPath(new URL('../../examples/jitsi-active-directory', import.meta.url));

inVsCode(
  'VS Code: the view of the configuration',
  home => {
    const folder = path.join(home, 'jitsi');
    cpSync(example, folder, { recursive: true, verbatimSymlinks: true });
    return {
      workspace: folder,
      settings: { 'prosodist.prosodyVersion': '13.0', 'workbench.colorTheme': 'Default Dark Modern' },
    };
  },
  suite => {
    const pane = () =>
      suite.code.page.locator('.pane').filter({ has: suite.code.page.locator('[aria-label="Prosody Section"]') });
    const row = (label: string) =>
      pane()
        .locator('.monaco-list-row')
        .filter({ has: suite.code.page.locator('.label-name').getByText(label, { exact: true }) })
        .first();
    /** By the arrow: a click on the name goes to where it was written. */
    const unfold = async (label: string) => {
      await suite.code.hands.seen(`${label} in the view`, row(label));
      await row(label).locator('.monaco-tl-twistie').click();
    };

    it('has hosts, components, modules and options, and goes to where one was written', async () => {
      const { code } = suite;
      await code.openFile(path.join(suite.home, 'jitsi/prosody.cfg.lua'));
      await code.waitForSquiggles();
      await code.hands.seen('the view', pane());
      // the files make place for it
      await code.page.locator('.pane-header[aria-label="Explorer Section: jitsi"]').click();
      await pane().locator('.pane-header').click();
      await code.hands.seen('the components', row('conference.meet.example.com'));
      await unfold('meet.example.com');
      await unfold('Modules');
      await code.hands.seen('the module of BOSH', row('bosh'));
      await unfold('Modules');
      await unfold('Options');
      await code.hands.seen('an option', row('authentication'));
      await row('authentication').click();
      const text = readFileSync(path.join(suite.home, 'jitsi/conf.avail/meet.example.com.cfg.lua'), 'utf8');
      const line = text.slice(0, text.indexOf('authentication = ')).split('\n').length;
      await untilAt(code, 'meet.example.com.cfg.lua', line);
      assert.match(await row('authentication').innerText(), /jitsi-anonymous/);
    });

    it('opens what holds for a host, in the end', async () => {
      const { code } = suite;
      let looks = 0;
      let text = '';
      await code.hands.until('the effective configuration', async () => {
        // the view may be drawn anew between the two, and the click is lost with the row
        if (looks++ % 400 === 0) {
          await row('meet.example.com').hover();
          await row('meet.example.com').locator('.action-label').first().click();
        }
        text = await shownText(code);
        return text.includes('uses for virtual host meet.example.com');
      });
      assert.match(text, /authentication = "jitsi-anonymous"/);
      await code.screenshot(path.join(pictures, 'vscode-effective.png'));
    });
  },
);
