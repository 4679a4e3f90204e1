import assert from 'node:assert/strict';
import { commands, languages, tasks, workspace } from 'vscode';
import { manifest, uriOf } from './tools.js';

/** Commands that are no one's to choose: the server's lenses and actions, the tree's and the panel's. */
const UNLISTED = ['prosodist.goTo', 'prosodist.testDirectory'];

/** What package.json promises is what is there. */
export function contributions(): void {
  describe('package.json', () => {
    it('lists the commands that are registered, and no others', async () => {
      const all = await commands.getCommands(true);
      const registered = all.filter(name => name.startsWith('prosodist.') && !name.startsWith('prosodist.configuration.'));
      const listed = manifest().contributes.commands.map(({ command }) => command);
      assert.ok(listed.length >= 10);
      // the server's own, by which the edits of its actions are made, is told by the server
      const served = registered.filter(name => !listed.includes(name) && !UNLISTED.includes(name));
      assert.deepEqual(served, ['prosodist.apply']);
      assert.deepEqual(registered.sort(), [...listed, ...UNLISTED, ...served].sort());
    });

    it('has the defaults of the settings', () => {
      const properties = Object.entries(manifest().contributes.configuration.properties);
      assert.ok(properties.length >= 6);
      const settings = workspace.getConfiguration();
      const known = properties.map(([name]) => [name, settings.inspect(name)?.defaultValue]);
      assert.deepEqual(
        known,
        properties.map(([name, { default: value }]) => [name, value]),
      );
    });

    it('gives files of these names the language', async () => {
      assert.ok((await languages.getLanguages()).includes('prosody'));
      for (const [name, language] of [
        ['names/any.cfg.lua', 'prosody'],
        ['names/prosody/conf.d/host.lua', 'prosody'],
        ['names/prosody.cfg.lua.j2', 'prosody'],
        ['names/prosody/modules/mod_own.lua', 'lua'],
      ] as const)
        assert.equal((await workspace.openTextDocument(uriOf(name))).languageId, language, name);
    });

    it('has tasks of its type', async () => {
      const found = await tasks.fetchTasks({ type: 'prosodist' });
      assert.deepEqual(
        found.map(({ name, source, problemMatchers }) => [name, source, problemMatchers]),
        ['check', 'doctor'].map(name => [name, 'prosodist', ['$prosodist']]),
      );
    });
  });
}
