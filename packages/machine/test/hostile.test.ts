import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lint } from '@prosodist/core';
import { diskFiles } from '../src/index.js';
import { withTree } from './support.js';

/** What nobody should put where a configuration is read: each ends soon, with a finding, and without an exception. */
describe('hostile files', () => {
  const cases: Readonly<Record<string, readonly [include: string, message: RegExp]>> = {
    'a pipe that nobody writes to': ['pipe', /pipe: not a regular file/],
    'a device without end': ['/dev/zero', /\/dev\/zero: not a regular file/],
    'a device without end, through a link': ['zero', /zero: not a regular file/],
    'a folder': ['folder', /bad argument #1 to 'load'/],
    'a link to itself': ['circle', /circle: Too many levels of symbolic links/],
    'a link to nothing': ['dangling', /dangling: No such file or directory/],
    'a pipe among the files of a folder': ['mixed/*', /pipe: not a regular file/],
  };
  for (const [title, [include, message]] of Object.entries(cases)) {
    it(title, () =>
      withHostileTree(cwd => {
        writeFileSync(join(cwd, 'prosody.cfg.lua'), `VirtualHost "a.example"\nInclude "${include}"\n`);
        const started = Date.now();
        const { findings } = lint(diskFiles(), join(cwd, 'prosody.cfg.lua'));
        assert.ok(Date.now() - started < 5000);
        const told = findings.filter(finding => finding.severity === 'error').map(finding => finding.message);
        assert.ok(
          told.some(text => message.test(text)),
          told.join('\n') || 'no finding',
        );
      }),
    );
  }

  it('as the entry itself', () =>
    withHostileTree(cwd => {
      for (const name of ['pipe', 'circle', 'folder', 'zero'])
        assert.ok(lint(diskFiles(), join(cwd, name)).findings.length > 0, name);
    }));

  it('a folder of a hundred thousand names', () =>
    withTree({ 'prosody.cfg.lua': 'Include "conf.d/*.cfg.lua"\n' }, cwd => {
      mkdirSync(join(cwd, 'conf.d'));
      execFileSync('sh', ['-c', 'seq -f "%06g.cfg.lua" 100000 | xargs touch'], { cwd: join(cwd, 'conf.d') });
      const started = Date.now();
      const { configuration, findings } = lint(diskFiles(), join(cwd, 'prosody.cfg.lua'));
      assert.ok(Date.now() - started < 20_000, `${Date.now() - started} ms`);
      assert.match(configuration.stopped?.reason ?? '', /files/);
      assert.ok(
        findings.some(finding => finding.rule === 'load-error'),
        'no finding',
      );
    })).timeout(60_000);
});

function withHostileTree(action: (folder: string) => void): void {
  withTree(
    { circle: { link: 'circle' }, dangling: { link: 'nothing' }, zero: { link: '/dev/zero' }, 'mixed/a': 'x = 1\n' },
    cwd => {
      mkdirSync(join(cwd, 'folder'));
      execFileSync('mkfifo', [join(cwd, 'pipe'), join(cwd, 'mixed/pipe')]);
      action(cwd);
    },
  );
}
