import assert from 'node:assert/strict';
import { type CodeLens, ConfigurationTarget, commands, type InlayHint, Range, workspace } from 'vscode';
import { diagnosticsOf, MAIN, MEET, show, until, uriOf } from './tools.js';

/** A setting that is changed holds at once. */
export function settings(): void {
  describe('settings', () => {
    const set = (name: string, value: unknown) =>
      workspace.getConfiguration('prosodist').update(name, value, ConfigurationTarget.Workspace);
    afterEach(async () => {
      for (const name of ['prosodyVersion', 'inlayHints.enabled', 'codeLens.enabled', 'entryFile']) await set(name, undefined);
    });
    const says = (words: RegExp) => diagnosticsOf(uriOf(MAIN)).some(({ message }) => words.test(message));

    it('prosodyVersion: judges by the version', async () => {
      await show(MAIN);
      await until('finding of 13.0', () => says(/Prosody 13/) || undefined);
      await set('prosodyVersion', '0.12');
      await until('end of it', () => !says(/Prosody 13/) || undefined);
      await set('prosodyVersion', undefined);
      await until('finding of 13.0 again', () => says(/Prosody 13/) || undefined);
    });

    it('inlayHints.enabled: none, then some', async () => {
      const { document } = await show(MEET);
      const all = new Range(0, 0, document.lineCount, 0);
      const hints = () => commands.executeCommand<InlayHint[]>('vscode.executeInlayHintProvider', document.uri, all);
      assert.deepEqual(await hints(), []);
      await set('inlayHints.enabled', true);
      await until('hint', async () => (await hints()).length > 0 || undefined);
      await set('inlayHints.enabled', false);
      await until('end of hints', async () => (await hints()).length === 0 || undefined);
    });

    it('codeLens.enabled: none, then one above each host', async () => {
      const { document } = await show(MEET);
      const lenses = () => commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
      assert.deepEqual(await lenses(), []);
      await set('codeLens.enabled', true);
      const shown = await until('lens', async () => ((await lenses()).length > 0 ? lenses() : undefined));
      for (const { range, command } of shown) {
        assert.match(document.lineAt(range.start.line).text, /^(?:VirtualHost|Component) /);
        assert.ok(command?.title);
      }
    });
  });
}
