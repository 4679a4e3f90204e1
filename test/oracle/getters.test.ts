import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { type CatalogValue, findOption, lint, memoryFiles, type OptionReader, optionNames, RULES } from '@prosodist/core';
import { describeWith } from '../support/needing.js';
import { prosodyLab, type Version } from '../support/prosody.js';
import { inside, nobody } from '../support/prosody-root.js';

/** Values as a configuration has them, right and wrong. */
const VALUES = [
  'true', 'false', '0', '1', '2', '5', '-5', '5.5', '1e9', '"5"', '" 5 "', '"0x10"', '"five"', '""', '"true"', '"false"', '"yes"', '"on"', '"True"',
  '"60 s"', '"5m"', '"5 minutes"', '"2 months"', '"1mo"', '"5mi"', '"12 parsecs"', '"1 day"', '"1w"', '"2h"', '"soon"', '"never"', '"always"',
  '"SHA-256"', '"local"', '{ }', '{ 5 }', '{ 5; 6 }', '{ "yes" }', '{ a = 1 }',
]; // biome-ignore format: a list of words

/** What Prosody passes over in silence, though nobody can mean it; the rule tells of it all the same. */
const SILENT = /^(?:\{ \}|\{ a = 1 \}|"")$/;

const rule = RULES.find(({ name }) => name === 'wrong-option-type')!;

describe('what getters make of a value', () => {
  for (const version of ['0.12', '13.0'] as const) {
    describeWith(`Prosody ${version}`, prosodyLab(version), lab => {
      it('the rule complains where the module API of Prosody does, and nowhere else', () => {
        const cases = options(version).flatMap(({ name, reader }) => VALUES.map(value => ({ name, reader, value })));
        assert.ok(cases.length > 300);
        const said = ask(
          lab.tree,
          version,
          cases.map(({ name, reader, value }) => call(name, reader, value)),
        );
        for (const [index, { name, reader, value }] of cases.entries()) {
          const answer = said[index]!;
          const { findings } = lint(
            memoryFiles({ '/p.cfg.lua': `${name} = ${value}\nVirtualHost "example.com"\n` }),
            '/p.cfg.lua',
            {
              prosody: version,
              rules: [rule],
            },
          );
          const [finding] = findings;
          const what = `${name} = ${value} (${reader.getter}): Prosody ${answer.status}, "${answer.logged}"; we: ${finding?.message ?? 'nothing'}`;
          if (answer.status === 'error') assert.equal(finding?.severity, 'error', what);
          else if (answer.logged) assert.ok(finding, what);
          else if (finding) assert.ok(SILENT.test(value) || (isText(reader) && /^(?:true|false)$/.test(value)), what);
        }
      });
    });
  }
});

const isText = ({ getter }: OptionReader) => getter === 'string' || getter === 'path';

/** Options with one reader whose default and bounds are plain values: four of each getter. */
function options(version: Version): { name: string; reader: OptionReader }[] {
  const counts = new Map<string, number>();
  return optionNames(version).flatMap(name => {
    const { readers, obsolete, deprecated } = findOption(name, version)!;
    const [reader, second] = readers;
    const count = counts.get(reader?.getter ?? '') ?? 0;
    const plain = reader && [reader.default, reader.min, reader.max, ...(reader.values ?? [])].every(isPlain);
    if (!plain || second || obsolete || deprecated || !GETTERS.has(reader.getter) || reader.source !== 'prosody' || count >= 4)
      return [];
    counts.set(reader.getter, count + 1);
    return [{ name, reader }];
  });
}

const GETTERS = new Set(['string', 'boolean', 'number', 'integer', 'period', 'enum']);

function isPlain(value: CatalogValue | undefined): boolean {
  return value === undefined || ('literal' in value && (value.literal === null || typeof value.literal !== 'object'));
}

function lua(value: CatalogValue | undefined): string {
  if (!value || !('literal' in value) || value.literal === null) return 'nil';
  return typeof value.literal === 'string' ? JSON.stringify(value.literal) : String(value.literal);
}

function call(name: string, reader: OptionReader, value: string): string {
  const rest = reader.getter === 'enum' ? (reader.values ?? []) : [reader.min, reader.max];
  const args = [reader.default, ...rest].map(lua).join(', ');
  return `ask("get_option_${reader.getter}", ${JSON.stringify(name)}, ${value}, ${args})`;
}

/** The module API itself, with a configuration of one value; it says what it logs. */
function ask(tree: string, version: Version, calls: readonly string[]): { status: string; logged: string }[] {
  const prefix = version === '0.12' ? '' : 'prosody.';
  const program = `
    package.path = "/usr/lib/prosody/?.lua;" .. package.path
    package.cpath = "/usr/lib/prosody/?.so;" .. package.cpath
    local loader = loadfile("/usr/lib/prosody/loader.lua")
    if loader then loader() end
    local value, logged
    prosody = { events = { add_handler = function () end }, hosts = {}, paths = {}, core_post_stanza = function () end }
    hosts = prosody.hosts
    package.loaded["${prefix}core.configmanager"] = { get = function () return value end }
    package.loaded["${prefix}util.timer"] = {}
    package.loaded["${prefix}util.promise"] = {}
    local api = require "${prefix}core.moduleapi"
    local module = setmetatable({ host = "example.com", get_directory = function () return "/m" end,
      log = function (_, level, message) if level ~= "debug" then logged = message end end }, { __index = api })
    function ask(getter, name, v, ...)
      value, logged = v, nil
      local ok, result = pcall(api[getter], module, name, ...)
      print((ok and "ok" or "error") .. "\\t" .. (logged or ""))
    end
    ${calls.join('\n')}`;
  const [command, args] = inside(tree, nobody, 'lua5.4', '-');
  const run = spawnSync(command, args, { input: program, encoding: 'utf8' });
  assert.equal(run.stderr, '');
  const lines = run.stdout.trimEnd().split('\n');
  assert.equal(lines.length, calls.length);
  return lines.map(line => {
    const [status = '', logged = ''] = line.split('\t');
    return { status, logged };
  });
}
