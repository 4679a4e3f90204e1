// The baseline that prosodist.json names. What --baseline does stands in check.test.ts.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prosodist, withTree } from './support/run.js';

const HOST = 'modules_enabled = { "tls" }\nVirtualHost "a.example"\n';
const SETTINGS = { 'etc/prosodist.json': '{ "baseline": "known/b.json" }', 'etc/known/.keep': '' };
const TREE = { ...SETTINGS, 'etc/prosody.cfg.lua': `admins = { "a" }\n${HOST}` };
const SECRET = 'hunter2-Hunter2';

describe('the baseline of the settings', () => {
  it('is written, hides what is known, lets through what is new, and is pruned, from any folder', () =>
    withTree(TREE, async cwd => {
      const run = (...argv: string[]) => prosodist(['check', 'etc', ...argv], { cwd });
      const main = join(cwd, 'etc/prosody.cfg.lua');
      const written = await run('--write-baseline');
      assert.deepEqual([written.status, /1 finding written to etc\/known\/b\.json/.test(written.stderr)], [0, true]);
      const known = await run();
      assert.deepEqual([known.status, known.stderr], [0, '']);
      assert.match(known.stdout, /1 in the baseline/);
      const inside = await prosodist(['check', '.'], { cwd: join(cwd, 'etc/known') });
      assert.equal(inside.status, 2, 'there is no configuration in known');
      assert.match((await prosodist(['check', '.'], { cwd: join(cwd, 'etc') })).stdout, /1 in the baseline/);
      writeFileSync(main, `admins = { "a" }\nlog = { debug = "/x" }\n${HOST}`);
      const more = await run('--format', 'compact', '--fail-on', 'info');
      assert.equal(more.status, 1);
      assert.doesNotMatch(more.stdout, /:1:/);
      assert.match(more.stdout, /:2:.*debug-log/);
      writeFileSync(main, HOST);
      assert.match((await run()).stderr, /1 finding of etc\/known\/b\.json is gone; --prune-baseline takes it out/);
      assert.match((await run('--prune-baseline')).stderr, /1 finding taken out of etc\/known\/b\.json/);
      assert.deepEqual(JSON.parse(readFileSync(join(cwd, 'etc/known/b.json'), 'utf8')).findings, []);
    }));

  it('gives way to --baseline, and is not there with --no-settings', () =>
    withTree({ ...TREE, 'etc/known/b.json': '{ "findings": [] }' }, async cwd => {
      const run = (...argv: string[]) => prosodist(['check', 'etc', ...argv], { cwd });
      assert.equal((await run('--baseline', 'own.json', '--write-baseline')).status, 0);
      assert.ok(existsSync(join(cwd, 'own.json')));
      assert.equal((await run('--baseline', 'own.json')).status, 0);
      assert.equal((await run()).status, 1);
      const none = await run('--no-settings', '--write-baseline');
      assert.equal(none.status, 2);
      assert.match(none.stderr, /--write-baseline needs --baseline FILE, or "baseline" in prosodist\.json/);
    }));

  it('of each tree is its own', () =>
    withTree(
      {
        'a/prosodist.json': '{ "baseline": "b.json" }',
        'a/prosody.cfg.lua': TREE['etc/prosody.cfg.lua'],
        'b/prosody.cfg.lua': TREE['etc/prosody.cfg.lua'],
      },
      async cwd => {
        assert.equal((await prosodist(['check', 'a', '--write-baseline'], { cwd })).status, 0);
        const both = await prosodist(['check', 'a', 'b', '--format', 'compact'], { cwd });
        assert.equal(both.status, 1);
        assert.match(both.stdout, /b\/prosody\.cfg\.lua:1:/);
        assert.doesNotMatch(both.stdout, /a\/prosody\.cfg\.lua:/);
      },
    ));

  for (const [title, text, why] of [
    [
      'is not there',
      undefined,
      /b\.json, which prosodist\.json names, cannot be read; `prosodist check --write-baseline` writes it/,
    ],
    ['is no JSON', '{', /b\.json, which prosodist\.json names, is not JSON/],
    ['is none', '{ "findings": [1] }', /b\.json, which prosodist\.json names, has not the form of one/],
  ] as const)
    it(`that ${title} ends the check with status 2`, () =>
      withTree(text === undefined ? TREE : { ...TREE, 'etc/known/b.json': text }, async cwd => {
        const { status, stderr } = await prosodist(['check', 'etc'], { cwd });
        assert.equal(status, 2);
        assert.match(stderr, why);
      }));

  it('holds no secret, and is the same whatever the secret is', () =>
    withTree({ ...SETTINGS, 'etc/prosody.cfg.lua': `${HOST}    app_secret = "${SECRET}" x = = 1\n` }, async cwd => {
      const write = async () => {
        await prosodist(['check', 'etc', '--write-baseline'], { cwd });
        return readFileSync(join(cwd, 'etc/known/b.json'), 'utf8');
      };
      const first = await write();
      assert.ok(JSON.parse(first).findings.length > 0);
      assert.doesNotMatch(first, new RegExp(SECRET));
      writeFileSync(join(cwd, 'etc/prosody.cfg.lua'), `${HOST}    app_secret = "another-Secret9" x = = 1\n`);
      assert.equal(await write(), first);
    }));
});
