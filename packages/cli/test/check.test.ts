import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prosodist, type RunOptions, type TreeFile, withTree } from './support/run.js';

const HOST = 'modules_enabled = { "tls" }\nVirtualHost "a.example"\n';
const CLEAN: Record<string, TreeFile> = { 'prosody.cfg.lua': HOST };
const WARNING = { 'prosody.cfg.lua': `admins = { "a" }\n${HOST}` };
const TWO = { 'prosody.cfg.lua': `admins = { "a", "b" }\n${HOST}` };
const INFO = { 'prosody.cfg.lua': `log = { debug = "/var/log/prosody/prosody.log" }\n${HOST}` };
const ERROR = { 'prosody.cfg.lua': `admins = { "a" }\n${HOST}x = = 1\n` };
const settings = (json: object) => ({ 'prosodist.json': JSON.stringify(json) });

interface Case {
  readonly files: Record<string, TreeFile>;
  readonly argv?: readonly string[];
  readonly status: number;
  readonly stdout?: RegExp;
  readonly stderr?: RegExp;
  readonly options?: RunOptions;
}

const CASES: Readonly<Record<string, Case>> = {
  'nothing to report': { files: CLEAN, status: 0 },
  'a warning fails': { files: WARNING, status: 1 },
  'a warning is below --fail-on error': { files: WARNING, argv: ['--fail-on', 'error'], status: 0 },
  'an info is below the usual threshold': { files: INFO, status: 0, stdout: /debug-log/ },
  '--fail-on info': { files: INFO, argv: ['--fail-on', 'info'], status: 1 },
  'as many warnings as --max-warnings': { files: TWO, argv: ['--max-warnings', '2'], status: 0 },
  'more warnings than --max-warnings': {
    files: TWO,
    argv: ['--max-warnings', '1'],
    status: 1,
    stderr: /2 warnings are more than the 1/,
  },
  'an error whatever --max-warnings': { files: ERROR, argv: ['--max-warnings', '9'], status: 1 },
  '--max-warnings is a number': { files: CLEAN, argv: ['--max-warnings', 'few'], status: 2, stderr: /number from 0/ },
  '--quiet has only what fails': {
    files: ERROR,
    argv: ['--quiet', '--fail-on', 'error'],
    status: 1,
    stdout: /^error\[syntax-error\](?![\s\S]*malformed-admin)/,
  },
  '--quiet has nothing where nothing fails': { files: WARNING, argv: ['--quiet', '--fail-on', 'error'], status: 0, stdout: /^$/ },
  '--quiet with too many warnings shows them': {
    files: TWO,
    argv: ['--quiet', '--max-warnings', '0'],
    status: 1,
    stdout: /malformed-admin/,
  },
  '--statistics': { files: TWO, argv: ['--statistics'], status: 1, stdout: /\n {4}2 {2}warning {2}malformed-admin\n/ },
  '--statistics in JSON': {
    files: TWO,
    argv: ['--statistics', '--format', 'json'],
    status: 1,
    stdout: /"rule": "malformed-admin",\n {6}"severity": "warning",\n {6}"findings": 2,\n {6}"fixable": 0/,
  },
  '--timing': { files: CLEAN, argv: ['--timing'], status: 0, stderr: / ms {2}.* % {2}together\n$/ },
  'what comments hide is counted': {
    files: { 'prosody.cfg.lua': `admins = { "a" } -- prosodist: ignore[malformed-admin]\n${HOST}` },
    status: 0,
    stdout: /; 1 ignored by comments\n$/,
  },
  'settings switch a rule off': { files: { ...WARNING, ...settings({ rules: { 'malformed-admin': 'off' } }) }, status: 0 },
  'settings make it an error': {
    files: { ...WARNING, ...settings({ rules: { 'malformed-admin': 'error' } }) },
    argv: ['--fail-on', 'error'],
    status: 1,
  },
  'settings ignore files': { files: { ...WARNING, ...settings({ ignore: ['prosody.cfg.lua'] }) }, status: 0 },
  'settings are not taken': { files: { ...WARNING, ...settings({ ignore: ['**'] }) }, argv: ['--no-settings'], status: 1 },
  'other settings are taken': {
    files: { ...WARNING, 'other.json': '{ "preset": "security", "rules": { "malformed-admin": "off" } }' },
    argv: ['--settings', 'other.json'],
    status: 0,
  },
  'the preset strict': { files: INFO, argv: ['--preset', 'strict'], status: 1 },
  'the preset security': {
    files: { 'prosody.cfg.lua': `${HOST}    c2s_require_encrption = true\n` },
    argv: ['--preset', 'security'],
    status: 0,
  },
  'the preset in the settings': { files: { ...INFO, ...settings({ preset: 'strict' }) }, status: 1 },
  'wrong settings': {
    files: { ...CLEAN, 'prosodist.json': '{\n  "preset": "stict",\n  "rule": 1\n}' },
    status: 2,
    stderr:
      /^prosodist: prosodist\.json:2:13: .*did you mean "strict"\?\nprosodist: prosodist\.json:3:3: .*did you mean rules\?\n$/,
  },
  'settings that are not there': {
    files: CLEAN,
    argv: ['--settings', 'none.json'],
    status: 2,
    stderr: /none\.json:1:1: the file cannot be read: missing/,
  },
  'a format that there is not': {
    files: CLEAN,
    argv: ['--format', 'serif'],
    status: 2,
    stderr: /no format `serif`; did you mean sarif\?/,
  },
  'two formats in one place': {
    files: CLEAN,
    argv: ['--format', 'json', '--format', 'text'],
    status: 2,
    stderr: /cannot both go to standard output/,
  },
  'a format without its file': { files: CLEAN, argv: ['--format', 'json='], status: 2, stderr: /names no file/ },
  'an output file for nothing': {
    files: CLEAN,
    argv: ['--format', 'json=a', '--output-file', 'b'],
    status: 2,
    stderr: /nothing to write/,
  },
  'an output file that cannot be': {
    files: CLEAN,
    argv: ['--output-file', 'no/such/folder'],
    status: 2,
    stderr: /no\/such\/folder cannot be written/,
  },
  'a baseline that is not there': {
    files: CLEAN,
    argv: ['--baseline', 'b.json'],
    status: 2,
    stderr: /b\.json cannot be read; .*--write-baseline/,
  },
  'a baseline that is none': {
    files: { ...CLEAN, 'b.json': '[]' },
    argv: ['--baseline', 'b.json'],
    status: 2,
    stderr: /form of one/,
  },
  '--write-baseline without its file': { files: CLEAN, argv: ['--write-baseline'], status: 2, stderr: /needs --baseline FILE/ },
};

describe('prosodist check', () => {
  for (const [title, { files, argv = [], status, stdout = /^/, stderr = /^/, options }] of Object.entries(CASES)) {
    it(`${title}: ${status}`, () =>
      withTree(files, async cwd => {
        const result = await prosodist(['check', ...argv, '.'], { cwd, ...options });
        assert.equal(result.status, status, result.stdout + result.stderr);
        assert.match(result.stdout, stdout);
        assert.match(result.stderr, stderr);
      }));
  }

  it('takes entry and version from the settings, also without a path', () =>
    withTree(
      {
        'prosodist.json': '{ "entry": "etc/main.lua.cfg.lua", "prosody": "0.12" }',
        'etc/main.lua.cfg.lua': 'VirtualHost "a.example"\nInclude "parts/*.cfg.lua"\n',
        'etc/parts/x.cfg.lua': 'admins:append { "a@a.example" }\n',
      },
      async cwd => {
        for (const argv of [[], ['etc/parts/x.cfg.lua'], ['.']]) {
          const { stdout } = await prosodist(['check', ...argv], { cwd, anyProsody: true });
          assert.match(stdout, /--> etc\/parts\/x\.cfg\.lua:1/, argv.join());
        }
      },
    ));

  it('judges a lone file by its place, or by --as', () =>
    withTree(
      {
        'prosody.cfg.lua': 'modules_enabled = { "tls" }\nInclude "conf.d/*.cfg.lua"\n',
        'conf.d/a.cfg.lua': HOST,
        'tmp.lua': 'VirtualHost "a.example"\n    c2s_require_encrption = true\n',
      },
      async cwd => {
        const { stdout, status } = await prosodist(['check', 'tmp.lua', '--as', 'conf.d/a.cfg.lua', '--format', 'compact'], {
          cwd,
        });
        assert.equal(status, 1);
        assert.match(stdout, /^conf\.d\/a\.cfg\.lua:2:5: .*unknown-option/);
        const two = await prosodist(['check', 'tmp.lua', 'prosody.cfg.lua', '--as', 'x'], { cwd });
        assert.equal(two.status, 2);
        assert.match((await prosodist(['check', 'conf.d', '--as', 'x'], { cwd })).stderr, /--as is for a file/);
      },
    ));

  it('writes a baseline, reports what is new, and takes out what is gone', () =>
    withTree(TWO, async cwd => {
      const run = (...argv: string[]) => prosodist(['check', '.', '--baseline', 'b.json', ...argv], { cwd });
      const entries = () => JSON.parse(readFileSync(join(cwd, 'b.json'), 'utf8')).findings as object[];
      const change = (text: string) => writeFileSync(join(cwd, 'prosody.cfg.lua'), text + HOST);
      assert.equal((await run('--write-baseline')).status, 0);
      assert.equal(entries().length, 2);
      change('-- moved\n\nadmins = {   "a", "b" }\n');
      const same = await run();
      assert.deepEqual([same.status, same.stderr], [0, '']);
      assert.match(same.stdout, /2 in the baseline/);
      change('admins = { "a", "b", "c" }\n');
      const more = await run();
      assert.equal(more.status, 1);
      change('admins = { "a", "b" }\nlog = { debug = "x" }\n');
      assert.match((await run('--fail-on', 'info')).stdout, /^info\[debug-log\](?![\s\S]*malformed)/);
      change('');
      assert.match((await run()).stderr, /2 findings of b\.json are gone; --prune-baseline takes them out/);
      assert.match((await run('--prune-baseline')).stderr, /2 findings taken out/);
      assert.deepEqual(entries(), []);
      assert.doesNotMatch(readFileSync(join(cwd, 'b.json'), 'utf8'), /prosody\.cfg/);
    }));

  it('does not write a baseline from a part', () =>
    withTree({ 'prosody.cfg.lua': 'Include "conf.d/*.cfg.lua"\n', 'conf.d/a.cfg.lua': HOST }, async cwd => {
      const result = await prosodist(['check', 'conf.d/a.cfg.lua', '--baseline', 'b.json', '--write-baseline'], { cwd });
      assert.deepEqual([result.status, /whole trees/.test(result.stderr)], [2, true]);
    }));

  it('watches, and checks again when a file changes', () =>
    withTree(CLEAN, async cwd => {
      const end = new AbortController();
      let reports = 0;
      const onOutput = () => {
        reports += 1;
        if (reports === 1) setTimeout(() => writeFileSync(join(cwd, 'prosody.cfg.lua'), WARNING['prosody.cfg.lua']), 50);
        else end.abort();
      };
      const result = await prosodist(['check', '--watch', '--format', 'compact', '.'], { cwd, signal: end.signal, onOutput });
      assert.match(result.stdout, /malformed-admin/);
      assert.match(result.stderr, /prosody\.cfg\.lua changed; checking again/);
      assert.equal(result.status, 1);
      assert.equal((await prosodist(['check', '--watch', '-'], { cwd })).status, 2);
    }));

  it('other commands print text and JSON only', () =>
    withTree(CLEAN, async cwd => {
      const sarif = await prosodist(['show', '--format', 'sarif', '.'], { cwd });
      assert.deepEqual([sarif.status, /there are text and json/.test(sarif.stderr)], [2, true]);
      assert.equal((await prosodist(['show', '--format', 'json', '--format', 'text', '.'], { cwd })).status, 2);
    }));

  it('fix takes settings too', () =>
    withTree(
      { 'prosody.cfg.lua': `${HOST}    c2s_require_encrption = true\n`, ...settings({ rules: { 'unknown-option': 'off' } }) },
      async cwd => {
        assert.equal((await prosodist(['fix', '--unsafe', '.'], { cwd })).stdout, '');
        assert.match((await prosodist(['fix', '--unsafe', '--no-settings', '.'], { cwd })).stdout, /\+ +c2s_require_encryption/);
      },
    ));
});
