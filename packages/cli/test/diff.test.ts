import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prosodist, withTree } from './support/run.js';

describe('diff with git revisions', () => {
  it('reads a tree as a revision has it, links included, and checks nothing out', () =>
    withTree({ 'etc/prosody.cfg.lua': 'Include "conf.d/*.cfg.lua"\n' }, async cwd => {
      const git = (...args: string[]) =>
        execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'core.hooksPath=/dev/null', ...args], {
          cwd,
          stdio: 'pipe',
        });
      mkdirSync(join(cwd, 'etc/conf.avail'));
      mkdirSync(join(cwd, 'etc/conf.d'));
      const meet = join(cwd, 'etc/conf.avail/meet.cfg.lua');
      writeFileSync(meet, 'VirtualHost "meet.example.com"\n    authentication = "anonymous"\n');
      symlinkSync('../conf.avail/meet.cfg.lua', join(cwd, 'etc/conf.d/meet.cfg.lua'));
      git('init', '-q');
      git('add', '-A');
      git('commit', '-qm', 'one');
      writeFileSync(meet, 'VirtualHost "meet.example.com"\n    authentication = "ldap2"\n');
      git('commit', '-qam', 'two');
      writeFileSync(meet, 'VirtualHost "meet.example.com"\n    authentication = "ldap2" -- only a comment\n');

      const diff = (...argv: string[]) => prosodist(['diff', ...argv], { cwd });
      const changed = await diff('HEAD~1:etc', 'etc');
      assert.equal(changed.status, 1, changed.stderr);
      assert.match(changed.stdout, /was "anonymous".*\n.*now "ldap2"/);
      assert.equal((await diff('HEAD:etc', 'etc')).status, 0);
      assert.equal((await diff('HEAD~1:etc/prosody.cfg.lua', 'HEAD:etc/prosody.cfg.lua')).status, 1);

      const unknown = await diff('nowhere:etc', 'etc');
      assert.deepEqual([unknown.status, unknown.stderr], [2, 'prosodist: git has no revision nowhere here\n']);
      assert.equal((await diff('--upload-pack=x:etc', 'etc')).status, 2);
      const empty = await diff('HEAD:elsewhere', 'etc');
      assert.equal(empty.status, 2);
      assert.match(empty.stderr, /in revision HEAD: /);
    })).timeout(20_000);
});
