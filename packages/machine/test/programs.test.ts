import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installCommand, restartCommands, runProgram, WriteError } from '../src/index.js';

/** The programs of `setup --install` and `--restart`: which they are, what they get, and what comes of a failure. */

describe('programs', () => {
  it('are those of Debian', () => {
    assert.deepEqual(installCommand(['lua-ldap', 'prosody-modules']), [
      'apt-get',
      'install',
      '--yes',
      'lua-ldap',
      'prosody-modules',
    ]);
    assert.deepEqual(restartCommands(['prosody', 'jicofo'], true), [['systemctl', 'restart', 'prosody', 'jicofo']]);
    assert.deepEqual(restartCommands(['prosody', 'jicofo'], false), [
      ['service', 'prosody', 'restart'],
      ['service', 'jicofo', 'restart'],
    ]);
  });

  describe('run', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'prosodist-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it('without a shell and without input, and apt asks nothing', () => {
      const [script, out] = [join(folder, 'program'), join(folder, 'out')];
      writeFileSync(script, `#!/bin/sh\nprintf '%s|' "$@" "$DEBIAN_FRONTEND" "$(cat)" >${out}\n`);
      chmodSync(script, 0o755);
      runProgram([script, 'a b', '$(id)', ';']);
      assert.equal(readFileSync(out, 'utf8'), 'a b|$(id)|;|noninteractive||');
    });

    for (const [name, command, message] of [
      ['a failure', ['false'], /`false` ended with status 1/],
      ['a signal', ['sh', '-c', 'kill -9 $$'], /was ended by SIGKILL/],
      ['a program that is not there', ['/nowhere/program'], /`\/nowhere\/program` cannot be started/],
    ] as const)
      it(`${name} is told`, () =>
        assert.throws(
          () => runProgram(command),
          error => error instanceof WriteError && message.test(error.message),
        ));
  });
});
