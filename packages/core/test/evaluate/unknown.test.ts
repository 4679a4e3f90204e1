import assert from 'node:assert/strict';
import { dumpValue, type Json, load, memoryFiles, openReason, RawNumber } from '../../src/index.js';

/** The value of option `x` of a configuration, as the dump writes it. */
function valueOf(
  text: string,
  environment?: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
): Json {
  const configuration = load(memoryFiles({ '/etc/prosody.cfg.lua': text, ...files }), '/etc/prosody.cfg.lua', {
    prosody: '0.12',
    ...(environment ? { environment } : {}),
  });
  assert.deepEqual(configuration.errors, []);
  assert.equal(configuration.stopped, null);
  const value = configuration.sections.get('*')?.options.get('x')?.value;
  const json = value ? dumpValue(value) : null;
  return json instanceof RawNumber ? Number(json.text) : json;
}

function isUnknown(json: Json): boolean {
  return JSON.stringify(json).includes('"$type":"unknown"');
}

describe('what nobody can know', () => {
  const unknowns: Readonly<Record<string, string>> = {
    'an environment variable': 'x = os.getenv("HOME")',
    'the clock': 'x = os.time()',
    'the date now': 'x = os.date("%Y")',
    'a local time': 'x = os.date("%H", 0)',
    'the time zone': 'x = os.time{year = 2020, month = 1, day = 1}',
    'a random number': 'x = math.random(6)',
    'a program': 'x = io.popen("hostname"):read()',
    'a file that is not there': 'x = io.open("/nowhere") and 1',
    'a file of the working directory': 'x = io.open("nowhere") and 1',
    'a module': 'x = require "socket".dns.gethostname()',
    'a coroutine': 'x = coroutine.wrap(function() return 1 end)()',
    'an address': 'x = tostring({})',
    'an integer beyond 53 bits': 'x = math.maxinteger',
    'the order of string keys': 'local t = {} for k in pairs({a = 1, b = 2}) do t[#t + 1] = k end x = table.concat(t)',
    'the length of a list with holes': 'x = #{1, nil, 3}',
    'whether a call with unknowns fails': 'x = pcall(string.rep, os.getenv("A"), os.getenv("B"))',
    'an unknown replacement': 'x = ("a"):gsub("a", os.getenv("A") or "b")',
    'a list of which an entry is unknown, sorted': 'local t = {os.getenv("A") or "x", "b"} table.sort(t) x = t',
    'a table that an unknown function was given': 'local t = {a = 1} require("penlight").change(t) x = t.a',
    'a table within it': 'local t = {a = {b = 1}} require("penlight").change(t) x = t.a.b',
    'what a callback of an unknown function sets': 'local n = 1 require("penlight").each(function() n = 2 end) x = n',
    'what an unknown number of turns does': 'local n = 0 while os.getenv("A") do n = n + 1 end x = n',
    'what comes behind a return that may be taken': 'local function f() if os.getenv("A") then return 1 end return 2 end x = f()',
    'the end of a loop that may break': 'for i = 1, 3 do if os.getenv("A") then break end x = i end',
    'a second value of an unknown call': 'local _, b = require("socket").bind() x = b',
    'a list made of an unknown call': 'x = { require("socket").bind() }',
    'an entry of one of two tables':
      'local a, b, t = {v = 1}, {v = 3} if os.getenv("A") then t = a else t = b end t.v = 2 x = a.v',
  };
  for (const [name, text] of Object.entries(unknowns))
    it(name, () => assert.ok(isUnknown(valueOf(text)), JSON.stringify(valueOf(text))));

  const known: Readonly<Record<string, readonly [text: string, value: Json]>> = {
    'an environment that is given': ['x = os.getenv("A") or "none"', 'yes'],
    'a variable that is not in it': ['x = os.getenv("toString") or "none"', 'none'],
    'sums over tables': ['local n = 0 for _, v in pairs({a = 1, b = 2}) do n = n + v end x = n', 3],
    'tables made of tables': ['local t = {} for k, v in pairs({a = 1, b = 2}) do t[v] = k end x = t', ['a', 'b']],
    'a pure function of an unknown module': ['local t = {1} require("util.json").encode(t) x = t', [1]],
    'a call of one of two functions': [
      'local f if require("a") then f = function() return 1 end else f = function() return 1 end end x = f()',
      1,
    ],
    'a file that is there': [
      'local f = assert(io.open("/etc/list")) local a, b = f:read("l", "n") f:close() x = { a, b, io.type(f) }',
      ['first', 12, 'closed file'],
    ],
    'its lines': ['local n = 0 for line in io.lines("/etc/list") do n = n + #line end x = n', 7],
    'its kind': [
      'local lfs = require "lfs" x = { lfs.attributes("/etc/list", "mode"), lfs.attributes("/etc").mode }',
      ['file', 'directory'],
    ],
    'a folder': ['local t = {} for name in require "lfs".dir("/etc") do t[#t + 1] = name end x = #t', 5],
    'a script': ['x = RunScript "script.lua"', 8],
    'a changed library': ['function _G.os.time() return 5 end x = os.time()', 5],
    'a global of its own': ['_G.mine = "m" x = mine', 'm'],
    'a module of its own': [
      'package.preload["my.module"] = function(name) return { name = name } end x = require "my.module".name',
      'my.module',
    ],
    'a time in a zone that is given': ['x = os.time{year = 2020, month = 1, day = 1, hour = 0}', 1577836800],
  };
  const files = { '/etc/list': 'first\n12', '/etc/script.lua': '#!/usr/bin/lua\nlocal a = 3\nreturn (a + 5)' };
  for (const [name, [text, value]] of Object.entries(known)) {
    it(name, () =>
      assert.deepEqual(
        JSON.parse(
          JSON.stringify(valueOf(text, { A: 'yes', TZ: 'UTC' }, files), (_, json) =>
            json instanceof RawNumber ? Number(json.text) : json,
          ),
        ),
        value,
      ),
    );
  }

  it('one evaluation does not change the library of another', () => {
    valueOf('string.len = nil os = nil x = 1');
    assert.equal(valueOf('x = string.len("abc")'), 3);
  });

  it('an unknown section takes an option both ways', () => {
    const text = 'if os.getenv("A") then VirtualHost "a.example" end\nx = 1';
    const configuration = load(memoryFiles({ '/c.lua': text }), '/c.lua', { prosody: '0.12' });
    for (const scope of ['*', 'a.example'])
      assert.equal(configuration.sections.get(scope)?.options.get('x')?.value.kind, 'unknown', scope);
  });

  it('a table changed by a module is open', () => {
    const configuration = load(memoryFiles({ '/c.lua': 'x = {1}\nlocal t = {1}\nrequire "m".f(t)\ny = t' }), '/c.lua', {
      prosody: '0.12',
    });
    const value = configuration.sections.get('*')?.options.get('y')?.value;
    assert.ok(value?.kind === 'table' && openReason(value));
  });
});
