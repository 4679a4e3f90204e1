import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('../..', import.meta.url));

describe('docs/api', function () {
  this.timeout(120_000);

  it('is what the packages offer', () => {
    const { status, stderr } = spawnSync('node', ['scripts/api.mjs', '--check'], { cwd: top, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  });
});
