import assert from 'node:assert/strict';
import { secretsInText } from '@prosodist/core';
import { prosodist, withTree } from './support/run.js';

/** Texts that would take for ever if something were not linear. */
const TEXTS: Record<string, string> = {
  'a comment of one word': `--${'a'.repeat(1_000_000)}`,
  'a comment of assignments': `--${'a='.repeat(500_000)}`,
  'a comment of secrets': `--${'app_secret="'.repeat(80_000)}`,
  'a comment of brackets': `--${'a=[['.repeat(200_000)}`,
  'a comment of blanks': `--a${' '.repeat(1_000_000)}`,
  'secrets in secrets': `${'app_secret = { '.repeat(50_000)}`,
  'secrets of secrets': `${'app_secret = '.repeat(50_000)}`,
  'one variable again and again': `${'x = "y"\n'.repeat(50_000)}app_secret = x\n`,
};

describe('looking for secrets is linear', () => {
  for (const [name, text] of Object.entries(TEXTS)) {
    it(name, function () {
      this.timeout(10_000);
      secretsInText(text);
    });
  }
});

describe('a line that is a whole file', () => {
  it('is cut around the place', () => {
    const list = `{ ${'"x", '.repeat(100_000)} }`;
    return withTree({ 'prosody.cfg.lua': `VirtualHost "a.example" a = ${list} x = = 1 b = ${list}` }, async cwd => {
      const { status, stdout } = await prosodist(['check', '--fail-on', 'error', '.'], { cwd, env: { COLUMNS: '80' } });
      assert.equal(status, 1);
      const frames = stdout.split('\n').filter(line => /^ *1 \|/.test(line));
      assert.ok(frames.length > 0);
      for (const line of frames) assert.ok(line.length <= 80, line);
      assert.ok(frames.some(line => line.includes('= =')));
    });
  });
});
