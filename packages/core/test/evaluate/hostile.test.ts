import assert from 'node:assert/strict';
import { dumpValue, load, memoryFiles } from '../../src/index.js';

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
