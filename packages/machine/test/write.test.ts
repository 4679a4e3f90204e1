import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { withTree } from './support.js';
import { change, create, mode, names, plan, refusal, text, writePlan } from './writing.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('writing', () => {
  it('replaces a file and keeps its mode, byte for byte', () =>
    withTree({ 'a.cfg.lua': Buffer.from('a = "\xfc"\r\n', 'latin1') }, cwd => {
      chmodSync(join(cwd, 'a.cfg.lua'), 0o640);
      const { ino } = lstatSync(join(cwd, 'a.cfg.lua'));
      const report = writePlan(plan([change('a.cfg.lua', 'a = "\udcfc"\r\n', 'b = "\udcfc"\r\n')]), { cwd });
      assert.deepEqual(readFileSync(join(cwd, 'a.cfg.lua')), Buffer.from('b = "\xfc"\r\n', 'latin1'));
      assert.notEqual(lstatSync(join(cwd, 'a.cfg.lua')).ino, ino);
      assert.deepEqual([mode(cwd, 'a.cfg.lua'), names(cwd)], [0o640, ['a.cfg.lua']]);
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
      const seen = new Set<string>();
      writePlan(plan([change('a.cfg.lua', 'old', 'new')]), {
        cwd,
        before: () => {
          for (const name of names(cwd)) seen.add(name);
        },
      });
      const helpers = [...seen].filter(name => name !== 'a.cfg.lua');
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
