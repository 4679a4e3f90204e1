import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { lint, memoryFiles, settingsSchema } from '@prosodist/core';
import { Ajv } from 'ajv';
import { findSettings, ignoredBy, parseSettings } from '../src/index.js';

const FILE = '/etc/prosody/prosodist.json';

/** Text of the file, and `line:column message` of what is wrong with it. */
const CASES: readonly (readonly [string, string, ...string[]])[] = [
  ['nothing', '{}'],
  [
    'everything',
    '{ "$schema": "x", "entry": "prosody.cfg.lua", "prosody": "0.12", "preset": "strict", "rules": { "debug-log": "off" }, "ignore": ["a/**"], "baseline": "b.json" }',
  ],
  ['comments and trailing commas', '{ // why\n "preset": "security", }'],
  ['a byte order mark', '\ufeff{ "preset": "security" }'],
  ['no JSON', '{ "preset": }', '1:13 this is not JSON: value expected'],
  ['an empty file', '', '1:1 this is not JSON: value expected'],
  ['no object', '[]', '1:1 the settings are an object: { "preset": "recommended" }'],
  ['an unknown key', '{\n  "rule": {}\n}', '2:3 there is no setting `rule`; did you mean rules?'],
  [
    'a key like no other',
    '{ "extends": [] }',
    '1:3 there is no setting `extends`; there are preset, rules, ignore, entry, prosody, baseline, $schema',
  ],
  ['an unknown rule', '{ "rules": { "debug-logs": "off" } }', '1:14 there is no rule `debug-logs`; did you mean debug-log?'],
  ['a rule like no other', '{ "rules": { "E501": "off" } }', '1:14 there is no rule `E501`; `prosodist rules` lists them'],
  ['an unknown severity', '{ "rules": { "debug-log": "warn" } }', '1:27 this is one of "off", "info", "warning", "error"'],
  ['a number for a severity', '{ "rules": { "debug-log": 2 } }', '1:27 this is one of "off", "info", "warning", "error"'],
  ['an unknown version', '{ "prosody": "13" }', '1:14 this is one of "0.12", "13.0"'],
  [
    'an unknown preset',
    '{ "preset": "recomended" }',
    '1:13 this is one of "recommended", "strict", "security"; did you mean "recommended"?',
  ],
  ['a text for a list', '{ "ignore": "a" }', '1:13 this is a list of texts: [ "conf.avail/**" ]'],
  ['a number in a list', '{ "ignore": ["a", 1] }', '1:19 this is a text in quotes'],
  ['an empty entry', '{ "entry": "" }', '1:12 this is a text in quotes'],
  ['a baseline that is no name', '{ "baseline": true }', '1:15 this is a text in quotes'],
  ['a list for rules', '{ "rules": [] }', '1:12 this is an object: { "syntax-error": … }'],
  ['a key twice', '{ "preset": "strict", "preset": "strict" }', '1:23 `preset` is here twice; keep one'],
];

describe('prosodist.json', () => {
  const validate = new Ajv({ strict: false }).compile(settingsSchema());

  for (const [title, text, ...expected] of CASES) {
    it(title, () => {
      const result = parseSettings(FILE, text);
      const problems = result.ok ? [] : result.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
      assert.deepEqual(problems, expected);
      let json: unknown;
      try {
        json = JSON.parse(text);
      } catch {
        return; // comments, and what is no JSON: the schema has no word in it
      }
      // JSON.parse takes the last of two keys, and so does the schema
      if (title !== 'a key twice') assert.equal(validate(json), expected.length === 0, 'the schema says the same');
    });
  }

  it('its schema in docs is current', () => {
    const written = readFileSync(new URL('../../../docs/prosodist.schema.json', import.meta.url), 'utf8');
    assert.deepEqual(JSON.parse(written), settingsSchema());
  });

  it('the example in docs/checking.md is right', () => {
    const page = readFileSync(new URL('../../../docs/checking.md', import.meta.url), 'utf8');
    const [, json] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
    assert.equal(parseSettings(FILE, json!).ok, true);
    const [, lua] = /```lua\n([\s\S]*?)```/.exec(page) ?? [];
    const { findings, suppressed } = lint(memoryFiles({ [FILE]: lua! }), FILE);
    assert.ok(!findings.some(({ rule }) => rule === 'unknown-suppression'));
    assert.deepEqual(suppressed.map(({ finding }) => finding.rule).slice(0, 2), ['malformed-admin', 'debug-log']);
  });

  it('is found beside the file or above, the nearest one', () => {
    const files = memoryFiles({
      '/etc/prosodist.json': '{ "preset": "strict" }',
      '/etc/prosody/prosody.cfg.lua': '',
      '/etc/prosody/conf.d/prosodist.json': '{ "entry": "../prosody.cfg.lua" }',
      '/etc/prosody/conf.d/a.cfg.lua': '',
      '/srv/x.cfg.lua': '',
    });
    const found = (path: string) => {
      const result = findSettings(path, files);
      return result.ok ? result.settings : null;
    };
    assert.deepEqual(found('/etc/prosody/prosody.cfg.lua'), { file: '/etc/prosodist.json', preset: 'strict' });
    assert.deepEqual(found('/etc/prosody'), { file: '/etc/prosodist.json', preset: 'strict' });
    assert.deepEqual(found('/etc/prosody/conf.d/a.cfg.lua'), {
      file: '/etc/prosody/conf.d/prosodist.json',
      entry: '/etc/prosody/prosody.cfg.lua',
    });
    assert.equal(found('/srv/x.cfg.lua'), null);
  });

  it('ignores files by wildcards below its folder', () => {
    const ignored = ignoredBy({ file: FILE, ignore: ['conf.avail/**', '*.bak.cfg.lua'] }, '/etc')!;
    for (const path of ['/etc/prosody/conf.avail/a.cfg.lua', 'prosody/x.bak.cfg.lua']) assert.ok(ignored(path), path);
    for (const path of ['/etc/prosody/conf.d/a.cfg.lua', '/srv/x.bak.cfg.lua', 'prosody/conf.d/x.bak.cfg.lua'])
      assert.ok(!ignored(path), path);
    assert.equal(ignoredBy({ file: FILE }, '/'), undefined);
  });
});
