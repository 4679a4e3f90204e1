import assert from 'node:assert/strict';
import { commands, extensions, type Hover, languages, Position, window, workspace } from 'vscode';
import { home, MAIN, ours, show, until, uriOf } from './tools.js';

/** When VS Code wakes the extension. These are the first tests of the window. */
export function activation(): void {
  describe('activation', () => {
    it('is the installed extension, asleep', () => {
      assert.ok(ours(), extensions.all.map(({ id }) => id).join('\n'));
      assert.ok(!ours().extensionPath.startsWith(home()) && ours().extensionPath.includes('/extensions/'));
      assert.equal(ours().isActive, false);
    });

    for (const [name, language] of [
      ['other/init.lua', 'lua'],
      ['other/prosody.lua', 'lua'],
      ['other/cfg.json', 'json'],
      ['other/notes.md', 'markdown'],
    ] as const)
      it(`sleeps on while ${name} is shown`, async () => {
        const { document } = await window.showTextDocument(await workspace.openTextDocument(uriOf(name)));
        assert.equal(document.languageId, language);
        // whoever would answer is awake afterwards
        await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, new Position(0, 0));
        await new Promise(resolve => setTimeout(resolve, 500));
        assert.equal(ours().isActive, false);
        assert.deepEqual(
          languages.getDiagnostics(document.uri).filter(({ source }) => source === 'prosodist'),
          [],
        );
      });

    it('wakes when a Prosody configuration is opened', async () => {
      const { document } = await show(MAIN);
      assert.equal(document.languageId, 'prosody');
      await until('awake extension', () => ours().isActive || undefined);
    });
  });
}
