import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readlinkSync, symlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { recover, WriteError, writePlan } from '../src/index.js';
import { start } from './crash/processes.js';
import { assertTidy, ENTRY, freshTree, OLD, PLAN, snapshot } from './crash/trees.js';

describe('two writers at once', function () {
  this.timeout(60_000);

  /** What a call throws that must throw a WriteError. */
  const thrown = (action: () => unknown): WriteError => {
    try {
      action();
    } catch (error) {
      assert.ok(error instanceof WriteError, String(error));
      return error;
    }
    return assert.fail('it was written');
  };

  it('the second is told who the first is', () => {
    const cwd = freshTree();
    const errors: WriteError[] = [];
    const second = () => errors.push(thrown(() => writePlan(PLAN, { cwd, entry: ENTRY })));
    writePlan(PLAN, { cwd, entry: ENTRY, before: second });
    assert.ok(errors.length > 5);
    for (const { code, message } of errors) {
      assert.equal(code, 'held');
      assert.match(
        message,
        new RegExp(`prosody\\.cfg\\.lua is being written by process ${process.pid}, since .* UTC; nothing was written$`),
      );
    }
    assertTidy(cwd);
  });

  it('under two names of the entry file, too', () => {
    const cwd = freshTree();
    symlinkSync(join(cwd, ENTRY), join(cwd, 'conf.d/alias'));
    let code = '';
    writePlan(PLAN, {
      cwd,
      entry: ENTRY,
      before: () => {
        code = thrown(() => writePlan(PLAN, { cwd, entry: 'conf.d/alias' })).code;
      },
    });
    assert.equal(code, 'held');
  });

  it('in processes of their own: one wins, and the tree is the one that it wrote', async () => {
    let wins = 0;
    for (let round = 0; round < 10; round++) {
      const cwd = freshTree();
      const plans = ['-- one\n', '-- two\n', '-- three\n'].map(after => ({
        ...PLAN,
        files: PLAN.files.map(file => (file.before === null ? file : { ...file, after })),
      }));
      const ends = await Promise.all(
        plans.map(async plan => {
          const child = start({ cwd, action: 'write', plan });
          let said = '';
          child.stderr!.on('data', chunk => (said += chunk));
          const [status] = await once(child, 'close');
          return { status, said };
        }),
      );
      const winners = ends.filter(({ status }) => status === 0);
      assert.equal(winners.length, 1, JSON.stringify(ends));
      for (const { status, said } of ends) if (status !== 0) assert.match(said, /code: '(?:held|changed)'/);
      const now = snapshot(cwd);
      const texts = ['prosody.cfg.lua', 'conf.avail/one.cfg.lua'].map(name => /-- (?:one|two|three)/.exec(now[name]!)?.[0]);
      assert.equal(new Set(texts).size, 1, JSON.stringify(now));
      assert.ok(now['conf.avail/new.cfg.lua'] && !now['conf.avail/old.cfg.lua']);
      assertTidy(cwd);
      wins++;
    }
    assert.equal(wins, 10);
  });

  it('a lock of a process that is gone, or that is another one by now, is none', () => {
    for (const mark of [
      { pid: 2 ** 22 + 1, started: '', machine: hostname(), since: 0 },
      { pid: process.pid, started: 'earlier:1', machine: hostname(), since: 0 },
      { pid: 1, started: '', machine: 'elsewhere', since: 0 },
    ]) {
      const cwd = freshTree();
      symlinkSync(JSON.stringify(mark), join(cwd, '.prosodist.lock'));
      writePlan(PLAN, { cwd, entry: ENTRY });
      assertTidy(cwd);
    }
  });

  it("another machine's lock counts while it is young", () => {
    const cwd = freshTree();
    symlinkSync(JSON.stringify({ pid: 1, started: '', machine: 'elsewhere', since: Date.now() }), join(cwd, '.prosodist.lock'));
    for (const action of [() => writePlan(PLAN, { cwd, entry: ENTRY }), () => recover(ENTRY, { cwd })])
      assert.match(thrown(action).message, /written by process 1 on elsewhere, since/);
    assert.ok(readlinkSync(join(cwd, '.prosodist.lock')).includes('elsewhere'));
    assert.ok(snapshot(cwd)[ENTRY]!.endsWith(OLD[ENTRY]!));
  });

  it('what is no lock of ours is not taken away', () => {
    const cwd = freshTree();
    symlinkSync('somewhere', join(cwd, '.prosodist.lock'));
    assert.match(thrown(() => writePlan(PLAN, { cwd, entry: ENTRY })).message, /is no lock of Prosodist's; nothing was written/);
  });
});
