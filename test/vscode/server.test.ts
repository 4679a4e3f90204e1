import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { choose, notified } from '../support/vscode-input.js';
import { serversOfOurs } from '../support/vscode-servers.js';
import { shownText, untilFound } from '../support/vscode-sight.js';
import { inVsCode, type Suite } from '../support/vscode-suite.js';

/** The language server behind the window: it may die, be told to start again, and be asked for another version. */
inVsCode(
  'VS Code: the language server',
  home => {
    writeFileSync(
      path.join(home, 'prosody.cfg.lua'),
      '-- main file\nmodules_enabled = { "tls" }\nVirtualHost "a.example.com"\n\tauthentication = "no_such_provider"\n',
    );
    return { workspace: home, settings: { 'prosodist.prosodyVersion': '13.0' } };
  },
  suite => {
    const finding = (version: string) => `no provider of accounts that Prosody ${version}`;
    const main = () => path.join(suite.home, 'prosody.cfg.lua');
    const toasts = () => suite.code.page.locator('.notification-toast');

    it('comes back after it was killed, with the text as it is in the editor', async () => {
      const { code } = suite;
      await code.openFile(main());
      await untilFound(code, finding('13.0'), 1);
      await code.openFile(main());
      await code.hands.press('Control+End');
      await code.page.keyboard.insertText('VirtualHost "b.example.com"\n\tauthentication = "no_such_second"\n');
      await untilFound(code, 'no_such_second', 1);
      const killed = await kill(suite);
      await code.hands.until('another server', async () => serversOfOurs().some(pid => pid !== killed));
      await code.openFile(main());
      await code.hands.press('Control+End');
      await code.page.keyboard.insertText('VirtualHost "c.example.com"\n\tauthentication = "no_such_third"\n');
      await untilFound(code, 'no_such_third', 1);
      await untilFound(code, 'no_such_second', 1);
      await untilFound(code, finding('13.0'), 3);
      await code.openFile(main());
      assert.match(await shownText(code), /VirtualHost "c\.example\.com"/);
      assert.ok(!readFileSync(main(), 'utf8').includes('no_such_second'), 'nothing was saved');
      assert.equal(await toasts().count(), 0, 'nobody has to do anything, so nobody is told');
    });

    it('says in the output what happened', async () => {
      const { code } = suite;
      await code.command('Prosodist: Show output');
      const output = code.page.locator('.output-view .view-lines');
      // the filter is that of the problems until the view has changed
      const filter = code.page.locator('.pane-composite-part.panel .viewpane-filter input:visible');
      await code.hands.until('all that the output says', async () => {
        await filter.fill('');
        return (await output.innerText()).trim() !== '';
      });
      await code.hands.seen('what the server ended with', output.filter({ hasText: /exited.with.signal.SIGKILL/ }));
      await code.hands.seen('that it is started again', output.filter({ hasText: /it.is.started.again/ }));
    });

    it('is left alone where it ends again and again, and started when somebody asks', async () => {
      const { code } = suite;
      for (let ends = 1; ends < 5; ends++) await kill(suite);
      const said = await notified(code.page, /ended 5 times in three minutes and is not started again/);
      assert.match(said, /Prosodist: Restart server/);
      await untilFound(code, finding('13.0'), 0);
      await code.hands.press('Escape');
      await code.command('Prosodist: Restart server');
      await untilFound(code, finding('13.0'), 3);
      assert.equal(serversOfOurs().length, 1);
      // what was before counts no more: another end is the first one
      const killed = await kill(suite);
      await code.hands.until('another server', async () => serversOfOurs().some(pid => pid !== killed));
      await untilFound(code, finding('13.0'), 3);
    });

    it('judges by the version that is chosen', async () => {
      const { code } = suite;
      await code.command('Prosodist: Choose Prosody version');
      await choose(code.page, /version that the configuration is for/, /Prosody 0\.12/);
      await untilFound(code, finding('0.12'), 3);
      const settings = JSON.parse(readFileSync(path.join(suite.home, '.vscode/settings.json'), 'utf8')) as object;
      assert.deepEqual(settings, { 'prosodist.prosodyVersion': '0.12' });
      await code.command('Prosodist: Choose Prosody version');
      await choose(code.page, /version that the configuration is for/, /Prosody 13\.0/);
      await untilFound(code, finding('13.0'), 3);
    });
  },
);

/** Ends the server as a fault would, once there is one that serves. */
async function kill({ code }: Suite): Promise<number> {
  await code.hands.until('a server', async () => serversOfOurs().length === 1);
  const [pid = 0] = serversOfOurs();
  process.kill(pid, 'SIGKILL');
  await code.hands.until('its end', async () => !serversOfOurs().includes(pid));
  return pid;
}
