import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { keptFiles } from '@prosodist/machine';

describe('files that are kept', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kept-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Writes, and waits until the file system's clock can tell the next change. */
  async function write(name: string, text: string) {
    writeFileSync(join(folder, name), text);
    await setTimeout(150);
  }

  it('a file that has not changed is not read again', async () => {
    await write('a.cfg.lua', 'a = 1\n');
    const files = keptFiles({ cwd: folder });
    const first = files.readFile('a.cfg.lua');
    assert.deepEqual(first, { ok: true, text: 'a = 1\n' });
    assert.equal(files.readFile('a.cfg.lua'), first);
  });

  it('a change of the same length and time is seen, and so is one behind a link', async () => {
    await write('a.cfg.lua', 'a = 1\n');
    symlinkSync('a.cfg.lua', join(folder, 'link.cfg.lua'));
    utimesSync(join(folder, 'a.cfg.lua'), 1, 1);
    await setTimeout(150);
    const files = keptFiles({ cwd: folder });
    files.readFile('a.cfg.lua');
    files.readFile('link.cfg.lua');
    writeFileSync(join(folder, 'a.cfg.lua'), 'a = 2\n');
    utimesSync(join(folder, 'a.cfg.lua'), 1, 1);
    assert.deepEqual(files.readFile('a.cfg.lua'), { ok: true, text: 'a = 2\n' });
    assert.deepEqual(files.readFile('link.cfg.lua'), { ok: true, text: 'a = 2\n' });
  });

  it('a file that was just written is read each time', () => {
    const files = keptFiles({ cwd: folder });
    for (const text of ['a = 1\n', 'a = 2\n', 'a = 3\n']) {
      writeFileSync(join(folder, 'a.cfg.lua'), text);
      assert.deepEqual(files.readFile('a.cfg.lua'), { ok: true, text });
    }
    rmSync(join(folder, 'a.cfg.lua'));
    assert.deepEqual(files.readFile('a.cfg.lua'), { ok: false, problem: 'missing' });
  });
});
