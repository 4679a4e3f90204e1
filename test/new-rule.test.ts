import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Somebody new adds a rule as CONTRIBUTING.md says, in a clone of their own. */

const top = fileURLToPath(new URL('..', import.meta.url));

describe('a new rule', function () {
  this.timeout(240_000);
  let clone = '';

  before(() => {
    clone = mkdtempSync(path.join(tmpdir(), 'prosodist-clone-'));
    const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    const files = execFileSync('git', args, { cwd: top, encoding: 'utf8' }).split('\0').filter(Boolean);
    const wanted = /^(?:scripts|packages\/core|docs|[^/]+$)/;
    for (const file of files.filter(name => wanted.test(name))) cpSync(path.join(top, file), path.join(clone, file));
    symlinkSync(path.join(top, 'node_modules'), path.join(clone, 'node_modules'));
  });
  after(() => rmSync(clone, { recursive: true, force: true }));

  it('is made, compiles, has its page, and its examples hold', () => {
    must('node', 'scripts/new-rule.mjs', 'open-archive', '--option', 'archive_expires_after', '--value', '"never"');
    must('npx', 'tsc', '-b', 'packages/core');
    must('npx', 'biome', 'check', '--error-on-warnings', '--vcs-enabled=false', 'packages/core/src/rules/open-archive');
    const test = 'packages/core/test/rules/pages.test.ts';
    const said = must('npx', 'mocha', '--no-config', '--import=tsx', '--timeout', '60000', '-g', 'open-archive', test);
    assert.match(said, /[3-9] passing/);
  });

  it('wrong use makes nothing and says why', () => {
    const wrong = (...args: readonly string[]) =>
      spawnSync('node', ['scripts/new-rule.mjs', ...args], { cwd: clone, encoding: 'utf8' });
    for (const [args, why] of [
      [['one'], /two words/],
      [['debug-log'], /is there already/],
      [['new-thing'], /--option is missing/],
      [['new-thing', '--option', 'x'], /--value is missing/],
      [['new-thing', '--option', 'x', '--value', '5', '--severity', 'fatal'], /--severity is/],
    ] as const) {
      const { status, stderr } = wrong(...args);
      assert.equal(status, 2);
      assert.match(stderr, why);
    }
  });

  function must(command: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: clone, encoding: 'utf8' });
    assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout}${stderr}`);
    return stdout;
  }
});
