import assert from 'node:assert/strict';
import { lstatSync, readFileSync } from 'node:fs';
import { workspace } from 'vscode';
import { actionsAt, changed, MAIN, MEET, placeOf, show, take, until, untilFound, uriOf } from './tools.js';

/** What changes the tree. It comes last. */
export function changes(): void {
  describe('changes', () => {
    it('“Add ldap2 authentication” changes the host and the main file, makes the link, and nothing else', async () => {
      const saved = (name: string) => readFileSync(uriOf(name).fsPath, 'utf8');
      const main = (await show(MAIN)).document;
      const { document } = await show(MEET);
      await untilFound(main.uri, 'duplicate-option');
      const words = 'VirtualHost "meet.example.com"';
      await take(await actionsAt(document, words), 'Add ldap2 authentication to meet.example.com');
      const link = uriOf('meet/conf.d/ldap.cfg.lua').fsPath;
      await until('link', () => lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() || undefined);
      const here = changed(saved(MEET), document.getText());
      assert.deepEqual(here.gone, ['    authentication = "jitsi-anonymous" -- do not delete me']);
      assert.ok(here.come.includes('    authentication = "ldap2" -- do not delete me'), here.come.join('\n'));
      const there = changed(saved(MAIN), main.getText());
      assert.deepEqual(there.gone, []);
      assert.ok(placeOf(main, 'consider_bosh_secure = true').line < placeOf(main, 'VirtualHost "localhost"').line);
      assert.ok(await workspace.saveAll());
      assert.match(saved(MEET), /authentication = "ldap2" -- do not delete me/);
      assert.ok((await actionsAt(document, words)).every(({ title }) => !title.startsWith('Add ldap2 authentication')));
    });
  });
}
