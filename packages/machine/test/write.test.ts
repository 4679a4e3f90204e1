import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { PlannedFile } from '@prosodist/core';
import { WriteError, type WriteOptions, writePlan } from '../src/index.js';
import { asNobody, isRoot, NOBODY, withTree } from './support.js';

const change = (file: string, before: string, after: string): PlannedFile => ({ file, before, after, edits: [], secret: false });
const create = (file: string, after: string, secret = false): PlannedFile => ({ file, before: null, after, edits: [], secret });
const plan = (files: PlannedFile[], links: { path: string; target: string }[] = []) => ({ files, links });
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const text = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');
const mode = (folder: string, name: string) => lstatSync(join(folder, name)).mode & 0o777;

/** What a write that must not happen throws. */
function refusal(files: PlannedFile[], links: { path: string; target: string }[], options: WriteOptions): WriteError {
  try {
    writePlan(plan(files, links), options);
  } catch (error) {
    assert.ok(error instanceof WriteError, String(error));
    return error;
  }
  return assert.fail('it was written');
}

describe('writing', () => {
  it('replaces a file and keeps its mode, byte for byte', () =>
    withTree({ 'a.cfg.lua': Buffer.from('a = "\xfc"\r\n', 'latin1') }, cwd => {
      chmodSync(join(cwd, 'a.cfg.lua'), 0o640);
      const { ino } = lstatSync(join(cwd, 'a.cfg.lua'));
      const report = writePlan(plan([change('a.cfg.lua', 'a = "\udcfc"\r\n', 'b = "\udcfc"\r\n')]), { cwd });
      assert.deepEqual(readFileSync(join(cwd, 'a.cfg.lua')), Buffer.from('b = "\xfc"\r\n', 'latin1'));
      assert.notEqual(lstatSync(join(cwd, 'a.cfg.lua')).ino, ino);
      assert.deepEqual([mode(cwd, 'a.cfg.lua'), readdirSync(cwd)], [0o640, ['a.cfg.lua']]);
      assert.deepEqual([report.files[0]!.action, report.files[0]!.mode, report.warnings], ['replaced', 0o640, []]);
    }));

  it('reports checksums', () =>
    withTree({ a: 'old' }, cwd => {
      const { files } = writePlan(plan([change('a', 'old', 'new'), create('b', 'x')]), { cwd });
      assert.deepEqual(
        files.map(file => [file.file, file.sha256]),
        [
          ['b', { before: null, after: sha256('x') }],
          ['a', { before: sha256('old'), after: sha256('new') }],
        ],
      );
    }));

  it('is never readable by more people than the file, not for an instant', () =>
    withTree({ a: 'old', 'x.cfg.lua': '' }, cwd => {
      chmodSync(join(cwd, 'a'), 0o600);
      const seen: number[] = [];
      const before = () => {
        for (const name of readdirSync(cwd)) if (name.endsWith('.tmp')) seen.push(mode(cwd, name));
      };
      writePlan(plan([change('a', 'old', 'new'), create('b', 'x', true)]), { cwd, before });
      assert.ok(seen.length > 0);
      for (const bits of seen) assert.equal(bits & 0o007, 0);
      for (const name of readdirSync(cwd)) assert.ok(!name.endsWith('.tmp'), name);
    }));

  it('uses names for its helpers that no Include reads', () =>
    withTree({ 'a.cfg.lua': 'old' }, cwd => {
      const names = new Set<string>();
      writePlan(plan([change('a.cfg.lua', 'old', 'new')]), {
        cwd,
        before: () => {
          for (const name of readdirSync(cwd)) names.add(name);
        },
      });
      const helpers = [...names].filter(name => name !== 'a.cfg.lua');
      assert.equal(helpers.length, 1);
      assert.match(helpers[0]!, /^\.a\.cfg\.lua\.[0-9a-f]{6}\.tmp$/);
    }));

  it('makes links with the target as given, after the files that they lead to', () =>
    withTree({ 'avail/x': '', 'd/x': '' }, cwd => {
      writePlan(plan([create('avail/new', 'n')], [{ path: 'd/new', target: '../avail/new' }]), { cwd });
      assert.equal(readlinkSync(join(cwd, 'd/new')), '../avail/new');
      assert.equal(text(cwd, 'd/new'), 'n');
    }));

  it('writes a file with other names in place, and says so', () =>
    withTree({ a: 'old and long' }, cwd => {
      linkSync(join(cwd, 'a'), join(cwd, 'b'));
      const { warnings, files } = writePlan(plan([change('a', 'old and long', 'new')]), { cwd });
      assert.deepEqual([text(cwd, 'a'), text(cwd, 'b'), files[0]!.action], ['new', 'new', 'rewritten']);
      assert.match(warnings[0]!, /^a: it has other names \(hard links\), so it was written in place$/);
    }));

  it('writes in place when asked', () =>
    withTree({ a: 'old' }, cwd => {
      const { ino } = lstatSync(join(cwd, 'a'));
      const { warnings } = writePlan(plan([change('a', 'old', 'new')]), { cwd, mode: 'in-place' });
      assert.deepEqual([lstatSync(join(cwd, 'a')).ino, text(cwd, 'a'), warnings], [ino, 'new', []]);
    }));
});

describe('a file that is not what it was', () => {
  const others = (cwd: string) => [text(cwd, 'one'), readdirSync(cwd).filter(name => name.startsWith('.'))];
  const cases: Record<string, (cwd: string) => void> = {
    'has other bytes': cwd => appendFileSync(join(cwd, 'two'), '!'),
    'is gone': cwd => renameSync(join(cwd, 'two'), join(cwd, 'three')),
    'is a link': cwd => {
      renameSync(join(cwd, 'two'), join(cwd, 'three'));
      symlinkSync('three', join(cwd, 'two'));
    },
    'has another mode': cwd => chmodSync(join(cwd, 'two'), 0o604),
    'is another file with the same bytes': cwd => {
      writeFileSync(join(cwd, 'x'), 'two');
      renameSync(join(cwd, 'x'), join(cwd, 'two'));
    },
    'is there though it was not': cwd => writeFileSync(join(cwd, 'new'), 'n'),
    'is in the way of a link': cwd => writeFileSync(join(cwd, 'link'), 'n'),
  };
  const files = () => [change('one', 'one', '1'), change('two', 'two', '2'), create('new', 'n')];
  const links = [{ path: 'link', target: 'one' }];
  for (const [name, meddle] of Object.entries(cases)) {
    it(`${name}: nothing is written`, () =>
      withTree({ one: 'one', two: 'two' }, cwd => {
        let done = false;
        // after the first look, before the second
        const before = (step: string) => {
          if (step === 'stage' && !done) meddle(cwd);
          done = true;
        };
        const error = refusal(files(), links, { cwd, before });
        assert.equal(error.code, 'changed');
        assert.match(error.message, /nothing was written$/);
        assert.deepEqual(others(cwd), ['one', []]);
      }));
  }

  it('is found before anything is staged', () =>
    withTree({ one: 'one', two: 'two!' }, cwd => {
      const before = () => assert.fail('it was staged');
      assert.equal(refusal(files(), links, { cwd, before }).file, 'two');
    }));
});

describe('a failure in the middle', () => {
  it('takes back what was done: same file, same mode, no new files, no links', () =>
    withTree({ one: 'one', two: 'two' }, cwd => {
      chmodSync(join(cwd, 'one'), 0o640);
      const { ino } = lstatSync(join(cwd, 'one'));
      const before = (step: string, file: string) => {
        if (step === 'commit' && file === 'two') {
          assert.deepEqual([text(cwd, 'one'), text(cwd, 'new'), readlinkSync(join(cwd, 'link'))], ['1', 'n', 'one']);
          throw Object.assign(new Error('no'), { code: 'ENOSPC' });
        }
      };
      const files = [change('one', 'one', '1'), change('two', 'two', '2'), create('new', 'n')];
      const error = refusal(files, [{ path: 'link', target: 'one' }], { cwd, before });
      assert.deepEqual([error.code, error.message], ['failed', 'two: no space left']);
      assert.deepEqual(readdirSync(cwd).sort(), ['one', 'two']);
      assert.deepEqual([text(cwd, 'one'), lstatSync(join(cwd, 'one')).ino, mode(cwd, 'one')], ['one', ino, 0o640]);
    }));

  it('takes back what was written in place', () =>
    withTree({ one: 'one', two: 'two' }, cwd => {
      const before = (step: string, file: string) => {
        if (step === 'commit' && file === 'two') throw new Error('no');
      };
      refusal([change('one', 'one', 'longer than one'), change('two', 'two', '2')], [], { cwd, before, mode: 'in-place' });
      assert.equal(text(cwd, 'one'), 'one');
    }));

  it('leaves the signal handlers of the process as they were', () => {
    const count = process.listenerCount('SIGINT');
    withTree({ one: 'one' }, cwd => refusal([change('one', 'x', '1')], [], { cwd }));
    assert.equal(process.listenerCount('SIGINT'), count);
  });
});

describe('owners', () => {
  before(function () {
    if (!isRoot) this.skip();
  });

  const tree = { 'prosody.cfg.lua': 'old', 'conf.d/x.cfg.lua': '' };

  it('of a changed file stay', () =>
    withTree(tree, cwd => {
      chownSync(join(cwd, 'prosody.cfg.lua'), 1234, 2345);
      writePlan(plan([change('prosody.cfg.lua', 'old', 'new')]), { cwd });
      const { uid, gid } = lstatSync(join(cwd, 'prosody.cfg.lua'));
      assert.deepEqual([uid, gid], [1234, 2345]);
    }));

  it('of a secret new file are those of the file that is protected already, wherever it is', () =>
    withTree(tree, cwd => {
      chownSync(join(cwd, 'prosody.cfg.lua'), 0, 2345);
      chmodSync(join(cwd, 'prosody.cfg.lua'), 0o640);
      const { files, warnings } = writePlan(plan([create('conf.d/new.cfg.lua', 'x', true)]), { cwd });
      assert.deepEqual([files[0]!.uid, files[0]!.gid, files[0]!.mode, warnings], [0, 2345, 0o640, []]);
    }));

  it('of another new file are those of its neighbour', () =>
    withTree(tree, cwd => {
      chownSync(join(cwd, 'conf.d/x.cfg.lua'), 1234, 2345);
      chmodSync(join(cwd, 'conf.d/x.cfg.lua'), 0o664);
      const { files } = writePlan(plan([create('conf.d/new.cfg.lua', 'x')]), { cwd });
      assert.deepEqual([files[0]!.uid, files[0]!.gid, files[0]!.mode], [1234, 2345, 0o664]);
    }));

  it('that we may not give away: a new file is ours, and that is said', () =>
    withTree(tree, cwd => {
      chownSync(join(cwd, 'prosody.cfg.lua'), 0, 2345);
      chmodSync(join(cwd, 'prosody.cfg.lua'), 0o640);
      chownSync(join(cwd, 'conf.d'), NOBODY, NOBODY);
      const { files, warnings } = asNobody(() => writePlan(plan([create('conf.d/new.cfg.lua', 'x', true)]), { cwd }));
      assert.deepEqual([files[0]!.uid, files[0]!.mode], [NOBODY, 0o640]);
      assert.match(warnings[0]!, /chown root:prosody/);
    }));

  it('that we may not give away: a changed file is written in place', () =>
    withTree(tree, cwd => {
      chownSync(join(cwd, 'prosody.cfg.lua'), 1234, NOBODY);
      chmodSync(join(cwd, 'prosody.cfg.lua'), 0o660);
      chownSync(cwd, NOBODY, NOBODY);
      const { files, warnings } = asNobody(() => writePlan(plan([change('prosody.cfg.lua', 'old', 'new')]), { cwd }));
      assert.deepEqual(
        [files[0]!.action, files[0]!.uid, text(cwd, 'prosody.cfg.lua'), warnings.length],
        ['rewritten', 1234, 'new', 1],
      );
      assert.deepEqual(readdirSync(cwd).sort(), ['conf.d', 'prosody.cfg.lua']);
    }));

  it('of a file that is mounted by itself, as containers have it: it is written in place', function () {
    withTree({ ...tree, outside: 'old' }, cwd => {
      const target = join(cwd, 'prosody.cfg.lua');
      if (spawnSync('mount', ['--bind', join(cwd, 'outside'), target]).status !== 0) this.skip();
      try {
        const { files, warnings } = writePlan(plan([change('prosody.cfg.lua', 'old', 'new')]), { cwd });
        assert.deepEqual([files[0]!.action, text(cwd, 'outside')], ['rewritten', 'new']);
        assert.match(warnings[0]!, /mounted by itself/);
      } finally {
        spawnSync('umount', [target]);
      }
    });
  });

  it('of a folder that we may not write into: the file is written in place, if it may be', () =>
    withTree(tree, cwd => {
      chownSync(join(cwd, 'prosody.cfg.lua'), NOBODY, NOBODY);
      asNobody(() => writePlan(plan([change('prosody.cfg.lua', 'old', 'new')]), { cwd }));
      assert.equal(text(cwd, 'prosody.cfg.lua'), 'new');
    }));

  it('that forbid it: nothing is written', () =>
    withTree({ ...tree, 'mine.cfg.lua': 'mine' }, cwd => {
      mkdirSync(join(cwd, 'own'));
      chownSync(join(cwd, 'mine.cfg.lua'), NOBODY, NOBODY);
      const files = [change('mine.cfg.lua', 'mine', 'm'), change('prosody.cfg.lua', 'old', 'new')];
      const error = asNobody(() => refusal(files, [], { cwd }));
      assert.deepEqual([error.code, error.message], ['failed', 'prosody.cfg.lua: permission denied']);
      assert.deepEqual([text(cwd, 'mine.cfg.lua'), text(cwd, 'prosody.cfg.lua')], ['mine', 'old']);
    }));
});
