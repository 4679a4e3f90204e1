import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prosodist, withCopy } from './support/run.js';

/** The programs that `setup ldap` starts: with the flags only, each shown first, packages before and services after the writing. */

const tree = fileURLToPath(new URL('trees/setup', import.meta.url));
const usual = ['setup', 'ldap', 'etc/prosody', '--server', 'dc1.corp.example', '--bind-name', 'a@corp.example'];
const argv = [...usual, '--password-file', 'password', '--base', 'OU=Staff,DC=corp,DC=example', '--guests', '--jitsi', '--yes'];
const written = 'etc/prosody/conf.avail/ldap.cfg.lua';

describe('setup ldap and programs', () => {
  for (const [name, flags, aptStatus, status, expected] of [
    ['starts none without the flags', [], 0, 0, []],
    ['installs first', ['--install'], 0, 0, ['apt-get install --yes lua-ldap libldap-common: not yet']],
    ['restarts last', ['--restart'], 0, 0, ['prosody jicofo: written']],
    [
      'installs, writes, restarts',
      ['--install', '--restart'],
      0,
      0,
      ['apt-get install --yes lua-ldap libldap-common: not yet', 'prosody jicofo: written'],
    ],
    [
      'writes nothing when the packages cannot be had',
      ['--install', '--restart'],
      100,
      2,
      ['apt-get install --yes lua-ldap libldap-common: not yet'],
    ],
  ] as const)
    it(name, async () => {
      await withCopy(tree, async cwd => {
        prepare(cwd, aptStatus);
        const result = await prosodist([...argv, ...flags], { cwd, env: { PATH: `${join(cwd, 'bin')}:${process.env.PATH}` } });
        assert.equal(result.status, status, result.stderr);
        assert.deepEqual(started(cwd), expected);
        assert.equal(existsSync(join(cwd, written)), status === 0);
        for (const line of expected)
          assert.match(
            result.stderr,
            line.startsWith('apt-get') ? /runs `apt-get install --yes lua-ldap/ : /runs `(?:systemctl|service) /,
          );
        if (status !== 0) assert.match(result.stderr, /`apt-get install [^`]*` ended with status 100/);
      });
    });
});

/** Programs that note when they were started, and the link that a tree of Jitsi's has. */
function prepare(cwd: string, aptStatus: number): void {
  symlinkSync('../conf.avail/meet.corp.example.cfg.lua', join(cwd, 'etc/prosody/conf.d/meet.corp.example.cfg.lua'));
  mkdirSync(join(cwd, 'bin'));
  for (const name of ['apt-get', 'systemctl', 'service']) {
    const state = `[ -e ${join(cwd, written)} ] && s=written || s='not yet'`;
    const line = `echo "${name} $* : $s" >>${join(cwd, 'started')}`;
    writeFileSync(join(cwd, 'bin', name), `#!/bin/sh\n${state}\n${line}\nexit ${name === 'apt-get' ? aptStatus : 0}\n`);
    chmodSync(join(cwd, 'bin', name), 0o755);
  }
}

/** What was started: of the two ways to restart, only which services. */
function started(cwd: string): string[] {
  if (!existsSync(join(cwd, 'started'))) return [];
  const lines = readFileSync(join(cwd, 'started'), 'utf8').trim().split('\n');
  const restarts = lines.filter(line => !line.startsWith('apt-get'));
  const names = restarts
    .map(line => /^(?:systemctl restart (.*)|service (\S+) restart) : /.exec(line)!)
    .map(([, all, one]) => all ?? one);
  return [
    ...lines.filter(line => line.startsWith('apt-get')).map(line => line.replace(' : ', ': ')),
    ...(restarts.length > 0
      ? [`${names.join(' ')}: ${restarts.every(line => line.endsWith('written')) ? 'written' : 'not yet'}`]
      : []),
  ];
}
