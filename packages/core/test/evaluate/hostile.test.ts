import assert from 'node:assert/strict';
import { decode, dumpValue, lint, load, type MemoryFile, memoryFiles } from '../../src/index.js';

describe('hostile configurations', () => {
  const hostile: Readonly<Record<string, string>> = {
    'a long string': 'x = string.rep("x", 1e9)',
    'strings in strings': 'x = ("x"):rep(1e5):rep(1e4)',
    'no end': 'while true do end',
    'no end of settings': 'while true do x = 1 end',
    'no end of sections': 'local i = 0 while true do i = i + 1 VirtualHost("h" .. i) end',
    'no end of jumps': '::again:: goto again',
    'a pattern that backtracks': 'x = ("a"):rep(30):find(("a*"):rep(20) .. "b")',
    'a lazy pattern': 'x = ("a"):rep(100000):find((".-"):rep(8) .. "b")',
    'a long set': 'x = ("["):rep(100000):find(("[^a-z"):rep(1000) .. "]")',
    'deep recursion': 'local function f(n) return 1 + f(n + 1) end x = f(1)',
    'recursion through pcall': 'local function f() pcall(f) end f()',
    'recursion through a metatable': 'local t = setmetatable({}, {__index = function(t, k) return t[k] end}) x = t.a',
    'a metatable of its own': 'local a = {} setmetatable(a, {__index = a}) x = a.b',
    'a growing string': 'local s = "x" while true do s = s .. s end',
    'a growing list': 'local t = {} while true do table.insert(t, 1, 1) end',
    'long numbers': 'local s = ("1"):rep(4000000) while true do local n = s + 1 end',
    'long comparisons': 'local a = ("a"):rep(4000000) while true do local b = a < a end',
    'a table in a table in a table': 'local t = {} for i = 1, 10000 do t = { t } end x = t',
    'a table twice in a table': 'local t = {} for i = 1, 40 do t = { t, t } end x = t',
    'a circle': 'local t = {} t.t = t x = t',
    parentheses: `x = ${'('.repeat(5000)}1${')'.repeat(5000)}`,
    'a long sum': `x = ${'1 + '.repeat(20000)}1`,
    'nested doubts': `${'if os.getenv("A") then '.repeat(60)} x = 1 ${'end '.repeat(60)}`,
    'doubts in a loop': 'for i = 1, 1e9 do if os.getenv("A") then x = i end end',
    'breaks in a loop': 'for i = 1, 1e6 do if os.getenv("A") then break end x = i end',
    'returns in a loop': 'local function f() for i = 1, 1e6 do if os.getenv("A") then return i end end end x = f()',
    'orders in orders':
      'local t = {} for i = 1, 1000 do t["k" .. i] = i end for a in pairs(t) do for b in pairs(t) do for c in pairs(t) do x = 1 end end end',
    'chunks without end': 'while true do load("x = 1")() end',
    'many values': 'local t = {} for i = 1, 200000 do t[i] = i end while true do local n = select("#", table.unpack(t)) end',
  };
  for (const [name, text] of Object.entries(hostile)) {
    it(name, function () {
      this.timeout(20_000);
      const started = Date.now();
      const configuration = load(memoryFiles({ '/c.lua': text }), '/c.lua', { prosody: '0.12' });
      const value = configuration.sections.get('*')?.options.get('x')?.value;
      const json = value ? JSON.stringify(dumpValue(value)) : '';
      const ended = configuration.stopped || configuration.errors.length > 0 || /unknown|cycle/.test(json);
      assert.ok(ended || json === '{"text":"1"}', json.slice(0, 200));
      assert.ok(Date.now() - started < 15_000, `${Date.now() - started} ms`);
    });
  }
});

/** What a file can be that is no configuration: judging it ends soon, says so, and throws nothing. */
describe('hostile files', () => {
  const long = 2_500_000;
  const names = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`/many/${index}.cfg.lua`, '']));
  const hostile: Readonly<Record<string, () => Readonly<Record<string, MemoryFile>>>> = {
    'a hundred thousand open braces': () => ({ '/c.lua': '{'.repeat(100_000) }),
    'a hundred thousand nested tables': () => ({ '/c.lua': `x = ${'{'.repeat(100_000)}${'}'.repeat(100_000)}` }),
    'ten thousand nested tables': () => ({ '/c.lua': `x = ${'{'.repeat(10_000)}${'}'.repeat(10_000)}` }),
    'ten thousand nested blocks': () => ({ '/c.lua': `${'do '.repeat(10_000)}x = 1${' end'.repeat(10_000)}` }),
    'a long string without end': () => ({ '/c.lua': `x = [[${'text\n'.repeat(long / 5)}` }),
    'a long comment without end': () => ({ '/c.lua': `x = 1 --[[${'text\n'.repeat(long / 5)}` }),
    'a string without end': () => ({ '/c.lua': `x = "${'x'.repeat(long)}` }),
    'bytes that are no text': () => ({
      '/c.lua': decode(Uint8Array.from({ length: 200_000 }, (_, index) => (index * 7919) % 251)),
    }),
    'a program': () => ({ '/c.lua': `\x7fELF\0${'\0'.repeat(100_000)}` }),
    'an include of itself': () => ({ '/c.lua': 'Include "c.lua"' }),
    'an include of itself, twice': () => ({ '/c.lua': 'Include "c.lua"\nInclude "c.lua"' }),
    'an include of itself that fails on the way': () => ({ '/c.lua': 'pcall(Include, "c.lua")\npcall(Include, "c.lua")' }),
    'a circle of two that include each other twice': () => ({
      '/c.lua': 'Include "d.lua"\nInclude "d.lua"',
      '/d.lua': 'Include "c.lua"\nInclude "c.lua"',
    }),
    'a circle of links': () => ({ '/c.lua': 'Include "a.lua"', '/a.lua': { link: 'b.lua' }, '/b.lua': { link: 'a.lua' } }),
    'a folder of a hundred thousand files': () => ({ '/c.lua': 'Include "many/*.cfg.lua"', ...names }),
    'a gigabyte': () => ({ '/c.lua': 'x = ("x"):rep(2 ^ 30 // 1 | 0) while true do end' }),
  };
  for (const [title, files] of Object.entries(hostile)) {
    it(title, function () {
      this.timeout(40_000);
      const tree = memoryFiles(files());
      const started = Date.now();
      const { findings } = lint(tree, '/c.lua');
      assert.ok(Date.now() - started < 15_000, `${Date.now() - started} ms`);
      const told = findings.some(finding => finding.rule === 'load-error' || finding.rule === 'syntax-error');
      assert.ok(told, `no finding: ${findings.map(finding => finding.rule).join()}`);
    });
  }

  it('a million lines', () => {
    const before = process.memoryUsage().rss;
    const started = Date.now();
    const { findings } = lint(memoryFiles({ '/c.lua': `${'-- a line\n'.repeat(999_000)}${'x = 1\n'.repeat(1000)}` }), '/c.lua');
    assert.ok(findings.length > 0);
    assert.ok(Date.now() - started < 15_000, `${Date.now() - started} ms`);
    assert.ok(process.memoryUsage().rss - before < 2 ** 30, 'more than a gigabyte');
  }).timeout(40_000);
});
