import assert from 'node:assert/strict';
import { progress } from '../src/check/progress.js';

/** What is written while three trees are checked, one second each. */
function written(io: { stderrIsTTY: boolean; env?: Record<string, string> }, total = 3): string {
  let text = '';
  let now = 0;
  const stderr = { write: (chunk: string | Uint8Array) => (text += chunk.toString()) };
  const surroundings = { stdout: stderr, stdin: [] as unknown as AsyncIterable<string>, cwd: '/', isTTY: true, env: {}, ...io };
  const line = progress({ ...surroundings, stderr }, total, () => now);
  for (let at = 0; at < total; at++) {
    line.at(at, `tree${at}\u001b[31m`);
    now += 1000;
  }
  line.clear();
  return text;
}

describe('progress', () => {
  it('is one line of a terminal that goes again, after a while', () =>
    assert.equal(
      written({ stderrIsTTY: true }),
      'prosodist: 2 of 3: tree1<1B>[31m\r\x1b[Kprosodist: 3 of 3: tree2<1B>[31m\r\x1b[K',
    ));
  it('is nothing elsewhere', () => assert.equal(written({ stderrIsTTY: false }), ''));
  it('is nothing on a terminal that cannot', () => assert.equal(written({ stderrIsTTY: true, env: { TERM: 'dumb' } }), ''));
  it('is nothing for one tree', () => assert.equal(written({ stderrIsTTY: true }, 1), ''));
});
