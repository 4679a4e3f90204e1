import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles, MOST_BYTES } from '../src/index.js';
import { asNobody, isRoot, withTree } from './support.js';

function kindAt(files: ReturnType<typeof diskFiles>, path: string) {
  const stat = files.stat(path);
  return stat && { kind: stat.kind, link: stat.link };
}

describe('reading the disk', () => {
  it('reads files, relative to its folder or absolute', () =>
    withTree({ 'a.cfg.lua': 'a = "ü"\r\n', 'b/c.cfg.lua': Buffer.from([0xfc]) }, cwd => {
      const files = diskFiles({ cwd });
      assert.deepEqual(files.readFile('a.cfg.lua'), { ok: true, text: 'a = "ü"\r\n' });
      assert.deepEqual(files.readFile('./b/../b/c.cfg.lua'), { ok: true, text: '\udcfc' });
      assert.deepEqual(files.readFile(join(cwd, 'a.cfg.lua')), { ok: true, text: 'a = "ü"\r\n' });
    }));

  it('says what the problem is', () =>
    withTree({ file: '', circle: { link: 'circle' }, dangling: { link: 'nothing' } }, cwd => {
      const files = diskFiles({ cwd });
      const problem = (path: string) => {
        const read = files.readFile(path);
        return read.ok ? read.text : read.problem;
      };
      mkdirSync(join(cwd, 'folder'));
      execFileSync('mkfifo', [join(cwd, 'pipe')]);
      writeFileSync(join(cwd, 'large'), '');
      truncateSync(join(cwd, 'large'), MOST_BYTES + 1);
      assert.deepEqual(
        ['nothing', 'dangling', 'file/x', 'folder', 'circle', 'pipe', '/dev/zero', 'large', 'a\0b', 'x'.repeat(300)].map(problem),
        ['missing', 'missing', 'not a directory', 'directory', 'loop', 'special', 'special', 'too large', 'missing', 'missing'],
      );
    }));

  it('reads a file that says it is empty and is not', () => {
    const read = diskFiles().readFile('/proc/self/status');
    assert.ok(read.ok && read.text.includes('Pid:'));
  });

  it('says when it may not', function () {
    if (!isRoot) this.skip();
    withTree({ secret: 'x', 'closed/file': 'x' }, cwd => {
      chmodSync(join(cwd, 'secret'), 0o600);
      chmodSync(join(cwd, 'closed'), 0o700);
      const files = diskFiles({ cwd });
      asNobody(() => {
        assert.deepEqual(files.readFile('secret'), { ok: false, problem: 'denied' });
        assert.deepEqual(files.readFile('closed/file'), { ok: false, problem: 'denied' });
        assert.deepEqual(files.readDirectory('closed'), { ok: false, problem: 'denied' });
        assert.equal(files.stat('closed/file'), undefined);
      });
    });
  });

  it('lists a folder in its own order, names that are not UTF-8 included', () =>
    withTree({}, cwd => {
      for (const name of ['z', 'b', 'q', '.hidden', 'a', 'm']) writeFileSync(join(cwd, name), '');
      writeFileSync(Buffer.concat([Buffer.from(`${cwd}/`), Buffer.from([0xe9])]), 'latin');
      const files = diskFiles({ cwd });
      const listed = files.readDirectory('.');
      const wanted = execFileSync('ls', ['-fU', cwd], { encoding: 'latin1' }).trim().split('\n');
      assert.ok(listed.ok);
      assert.deepEqual(
        listed.names.map(name => name.replace('\udce9', '\xe9')),
        wanted.filter(name => name !== '.' && name !== '..'),
      );
      assert.deepEqual(files.readFile('\udce9'), { ok: true, text: 'latin' });
      assert.deepEqual(files.readDirectory('a'), { ok: false, problem: 'not a directory' });
      assert.deepEqual(files.readDirectory('nowhere'), { ok: false, problem: 'missing' });
    }));

  it('tells files, folders and links apart, and where links lead', () =>
    withTree({ 'avail/x': '', 'd/x': { link: '../avail/x' }, 'd/gone': { link: '../avail/gone' }, e: { link: 'avail' } }, cwd => {
      const files = diskFiles({ cwd });
      assert.deepEqual(kindAt(files, 'd/x'), { kind: 'file', link: true });
      assert.deepEqual(kindAt(files, 'avail/x'), { kind: 'file', link: false });
      assert.deepEqual(kindAt(files, 'e'), { kind: 'directory', link: true });
      assert.deepEqual(kindAt(files, '/dev/null'), { kind: 'special', link: false });
      chmodSync(join(cwd, 'avail/x'), 0o640);
      assert.equal(files.stat('d/x')?.mode, 0o640);
      assert.equal(files.stat('d/gone'), undefined);
      assert.ok(files.realPath('d/x').endsWith('/avail/x') && files.realPath('e/x').endsWith('/avail/x'));
      assert.equal(files.realPath('nowhere/x'), 'nowhere/x');
      assert.equal(files.realPath('d/gone'), 'avail/gone');
    }));
});
