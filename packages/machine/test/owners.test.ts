import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { asNobody, isRoot, NOBODY, withTree } from './support.js';
import { change, create, mode, names, plan, refusal, text, writePlan } from './writing.js';

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

  it('go with a file that gets another name, and with no other', () =>
    withTree({ ...tree, 'conf.d/a.cfg.lua': 'one\ntwo\nthree\n', 'conf.d/b.cfg.lua': 'four\nfive\n' }, cwd => {
      const renamed = (from: string, to: string, after: string) => ({
        files: [create('conf.d/secret.cfg.lua', 'y', true), create(`conf.d/${to}`, after, true)],
        links: [],
        removes: [`conf.d/${from}`],
      });
      chownSync(join(cwd, 'conf.d/a.cfg.lua'), 1234, 2345);
      chmodSync(join(cwd, 'conf.d/a.cfg.lua'), 0o600);
      writePlan(renamed('a.cfg.lua', 'c.cfg.lua', 'one\n2\nthree\n'), { cwd });
      const { uid, gid } = lstatSync(join(cwd, 'conf.d/c.cfg.lua'));
      assert.deepEqual([uid, gid, mode(cwd, 'conf.d/c.cfg.lua'), mode(cwd, 'conf.d/secret.cfg.lua')], [1234, 2345, 0o600, 0o640]);
      rmSync(join(cwd, 'conf.d/secret.cfg.lua'));
      chmodSync(join(cwd, 'conf.d/b.cfg.lua'), 0o644);
      writePlan(renamed('b.cfg.lua', 'd.cfg.lua', 'four\nfive\nsix\n'), { cwd });
      assert.deepEqual([mode(cwd, 'conf.d/d.cfg.lua'), mode(cwd, 'conf.d/secret.cfg.lua')], [0o644, 0o640]);
    }));

  it('that we may not give away: a new file is ours, and that is said', () =>
    withTree(tree, cwd => {
      chownSync(join(cwd, 'prosody.cfg.lua'), 0, 2345);
      chmodSync(join(cwd, 'prosody.cfg.lua'), 0o640);
      chownSync(join(cwd, 'conf.d'), NOBODY, NOBODY);
      const { files, warnings } = asNobody(() => writePlan(plan([create('conf.d/new.cfg.lua', 'x', true)]), { cwd }));
      assert.deepEqual([files[0]!.uid, files[0]!.mode], [NOBODY, 0o640]);
      assert.match(warnings.join('\n'), /chown root:prosody/);
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
      assert.deepEqual(names(cwd), ['conf.d', 'prosody.cfg.lua']);
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
