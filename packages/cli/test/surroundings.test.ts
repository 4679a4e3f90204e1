import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { coloursFor } from '../src/colour.js';
import { VERSION } from '../src/version.js';
import { prosodist, withTree } from './support/run.js';

const CLEAN = 'modules_enabled = { "saslauth"; "tls" }\nVirtualHost "a.example"\n';
const BROKEN = 'VirtualHost "a.example"\nadmins = { "a@example.com"\nmodules_enabled = { }\n';

describe('colours', () => {
  const cases: readonly (readonly ['auto' | 'always' | 'never', Record<string, string>, boolean, boolean])[] = [
    ['auto', {}, true, true],
    ['auto', {}, false, false],
    ['auto', { TERM: 'dumb' }, true, false],
    ['auto', { NO_COLOR: '1' }, true, false],
    ['auto', { NO_COLOR: '' }, true, true],
    ['auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, false, true],
    ['auto', { FORCE_COLOR: '0' }, true, false],
    ['auto', { CLICOLOR_FORCE: '1' }, false, true],
    ['auto', { CLICOLOR: '0' }, true, false],
    ['always', { NO_COLOR: '1' }, false, true],
    ['never', { FORCE_COLOR: '1' }, true, false],
  ];
  for (const [when, env, isTTY, wanted] of cases) {
    it(`--color ${when}, ${JSON.stringify(env)}, ${isTTY ? 'terminal' : 'pipe'}: ${wanted}`, () => {
      const io = { stdout: process.stdout, stderr: process.stderr, stdin: process.stdin, env, cwd: '/', isTTY };
      assert.equal(coloursFor(when, io).isColorSupported, wanted);
    });
  }

  it('come out of a command', () =>
    withTree({ 'prosody.cfg.lua': BROKEN }, async cwd => {
      assert.match((await prosodist(['check', '--color', 'always', '.'], { cwd })).stdout, /\x1b\[31m/);
      assert.doesNotMatch((await prosodist(['check', '.'], { cwd })).stdout, /\x1b/);
    }));
});

describe('check', () => {
  it('ends with 1 when there are findings, with 0 when they are below the threshold', () =>
    withTree({ 'prosody.cfg.lua': BROKEN, 'clean/prosody.cfg.lua': CLEAN }, async cwd => {
      assert.equal((await prosodist(['check', '.'], { cwd })).status, 1);
      const clean = await prosodist(['check', 'clean'], { cwd });
      assert.deepEqual([clean.status, clean.stdout, clean.stderr], [0, 'no findings in 1 file\n', '']);
    }));

  it('names files as they were named', () =>
    withTree({ 'prosody.cfg.lua': BROKEN }, async cwd => {
      assert.match((await prosodist(['check', 'prosody.cfg.lua'], { cwd })).stdout, / --> prosody\.cfg\.lua:2:/);
      assert.ok((await prosodist(['check', cwd], { cwd: '/' })).stdout.includes(` --> ${cwd}/prosody.cfg.lua:2:`));
    }));

  it('reads standard input', () =>
    withTree(
      { 'prosody.cfg.lua': 'Include "conf.d/*.cfg.lua"\n', 'conf.d/a.cfg.lua': 'VirtualHost "a.example"\n' },
      async cwd => {
        const lone = await prosodist(['check', '-'], { cwd, stdin: BROKEN });
        assert.equal(lone.status, 1);
        assert.match(lone.stdout, / --> <stdin>:2:/);
        const placed = await prosodist(['check', '-', '--stdin-filename', 'conf.d/a.cfg.lua'], { cwd, stdin: BROKEN });
        assert.equal(placed.status, 1);
        assert.match(placed.stdout, / --> conf\.d\/a\.cfg\.lua:2:/);
        const fixed = await prosodist(['check', '-', '--stdin-filename', 'prosody.cfg.lua'], {
          cwd,
          stdin: 'VirtualHost "b.example"\n',
        });
        assert.equal(fixed.status, 0);
        const bytes = await prosodist(['check', '-'], { cwd, stdin: Buffer.from([0x2d, 0x2d, 0xfc, 0x0a]) });
        assert.equal(bytes.status, 0);
      },
    ));

  it('checks a part in its tree, and reports what is about it', () =>
    withTree(
      {
        'prosody.cfg.lua': `${BROKEN}}\nInclude "conf.d/*.cfg.lua"\n`,
        'conf.avail/a.cfg.lua': 'VirtualHost "b.example"\n',
        'conf.d/a.cfg.lua': { link: '../conf.avail/a.cfg.lua' },
      },
      async cwd => {
        for (const path of ['conf.d/a.cfg.lua', 'conf.avail/a.cfg.lua']) {
          const part = await prosodist(['check', path], { cwd });
          assert.doesNotMatch(part.stdout, /--> prosody\.cfg\.lua/);
          assert.match(part.stderr, /more findings? elsewhere in the tree of prosody\.cfg\.lua/);
        }
        const both = await prosodist(['check', 'conf.d/a.cfg.lua', 'prosody.cfg.lua', '--format', 'json'], { cwd });
        assert.equal(JSON.parse(both.stdout).summary.files, 2);
      },
    ));

  it('takes the width from COLUMNS', () =>
    withTree({ 'prosody.cfg.lua': BROKEN.replace('a@', `${'a'.repeat(200)}@`) }, async cwd => {
      const { stdout } = await prosodist(['check', '.'], { cwd, env: { COLUMNS: '50' } });
      for (const line of stdout.split('\n').filter(line => /^ *\d* [|=] /.test(line))) assert.ok(line.length <= 50, line);
    }));
});

describe('the program', () => {
  it('knows its version', () => {
    const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    assert.equal(VERSION, manifest.version);
  });

  it('turns an unexpected exception into one line, and shows more when asked', () =>
    withTree({ 'prosody.cfg.lua': BROKEN }, async cwd => {
      const failing = {
        toString: () => {
          throw new Error('it broke\nsecond line');
        },
      };
      const broken = await prosodist(['check', '-'], { cwd, stdin: failing as unknown as string });
      assert.equal(broken.status, 2);
      assert.match(broken.stderr, /^prosodist: internal error: [^\n]*\n$/);
      const debug = await prosodist(['check', '-'], { cwd, stdin: failing as unknown as string, env: { PROSODIST_DEBUG: '1' } });
      assert.match(debug.stderr, /\n +at /);
    }));

  it('lists every rule and prints every page', async () => {
    const { rules } = JSON.parse((await prosodist(['rules', '--format', 'json'])).stdout) as {
      rules: { name: string; summary: string }[];
    };
    const listed = (await prosodist(['rules'], { env: { COLUMNS: '300' } })).stdout;
    for (const { name, summary } of rules) {
      assert.ok(listed.includes(name) && listed.includes(summary), name);
      const page = await prosodist(['explain', name]);
      assert.equal(page.status, 0);
      assert.ok(page.stdout.startsWith(`${name}\n`), page.stdout);
    }
  });
});
