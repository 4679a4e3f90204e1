import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { codeOf, diagnosticsOf, MAIN, ours, show, until, untilFound, uriOf } from './tools.js';

/** A server that a person starts again. */
export function restart(): void {
  describe('restart', () => {
    it('gives the findings of what is open, and of nothing else', async () => {
      await show(MAIN);
      await untilFound(uriOf(MAIN), 'deprecated-module');
      const before = diagnosticsOf(uriOf(MAIN)).map(codeOf);
      await commands.executeCommand('prosodist.restart');
      await until('finding', () => diagnosticsOf(uriOf(MAIN)).length > 0 || undefined);
      assert.deepEqual(diagnosticsOf(uriOf(MAIN)).map(codeOf).sort(), before.sort());
      assert.ok(ours().isActive);
    });
  });
}
