import assert from 'node:assert/strict';
import { load, memoryFiles } from '../../src/index.js';

/**
 * What Prosody 0.12.3 and 13.0.1 said of these configurations (dump-config.lua in the labs, without the place in
 * configmanager.lua): message and line of the first error, `null` where there is none.
 */
const CASES: readonly (readonly [text: string, zeroTwelve: string | null, thirteen: string | null])[] = [
  [
    'x =\n  nope.y',
    "c.lua:2: attempt to index a nil value (global 'nope')",
    "c.lua:2: attempt to index a nil value (global 'nope')",
  ],
  [
    'x = 1 +\n  nope',
    "c.lua:1: attempt to perform arithmetic on a nil value (global 'nope')",
    "c.lua:1: attempt to perform arithmetic on a nil value (global 'nope')",
  ],
  [
    'x = "a"\n  .. "b"\n  .. nope\n  .. "c"',
    "c.lua:4: attempt to concatenate a nil value (global 'nope')",
    "c.lua:4: attempt to concatenate a nil value (global 'nope')",
  ],
  [
    'x = nope\n  .y\n  .z',
    "c.lua:2: attempt to index a nil value (global 'nope')",
    "c.lua:2: attempt to index a nil value (global 'nope')",
  ],
  [
    'local t = {}\nx = t\n  .a\n  .b',
    "c.lua:4: attempt to index a nil value (field 'a')",
    "c.lua:4: attempt to index a nil value (field 'a')",
  ],
  [
    'x = {\n  1,\n  nope.y,\n  2 }',
    "c.lua:3: attempt to index a nil value (global 'nope')",
    "c.lua:3: attempt to index a nil value (global 'nope')",
  ],
  [
    'local s = {}\ns.a.b = {\n  1,\n  2 }',
    "c.lua:4: attempt to index a nil value (field 'a')",
    "c.lua:4: attempt to index a nil value (field 'a')",
  ],
  [
    'ssl.key = {\n  "x"\n}',
    "c.lua:3: attempt to index a nil value (global 'ssl')",
    "c.lua:3: attempt to index a nil value (global 'ssl')",
  ],
  [
    'foo(\n  1,\n  2)',
    "c.lua:1: attempt to call a nil value (global 'foo')",
    "c.lua:1: attempt to call a nil value (global 'foo')",
  ],
  ['error(\n  "m"\n)', 'c.lua:1: m', 'c.lua:1: m'],
  ['error\n  "m"', 'c.lua:1: m', 'c.lua:2: m'],
  ['error\n  [[m]]', 'c.lua:1: m', 'c.lua:2: m'],
  ['local function f(a)\n  error("bad " .. a, 2)\nend\nf(\n  "x")', 'c.lua:4: bad x', 'c.lua:4: bad x'],
  [
    'VirtualHost "a"\n  { "x", nope.y }',
    "c.lua:2: attempt to index a nil value (global 'nope')",
    "c.lua:2: attempt to index a nil value (global 'nope')",
  ],
  [
    'VirtualHost "a"\n  "module"',
    "c.lua:1: VirtualHost entries do not accept a module name (module 'module' provided for host 'a')",
    "c.lua:2: VirtualHost entries do not accept a module name (module 'module' provided for host 'a')",
  ],
  ['VirtualHost(nil)', 'c.lua:1: Host must have a name', 'c.lua:1: Host must have a name'],
  ['Component\n  (false)', 'c.lua:1: Component must have a name', 'c.lua:2: Component must have a name'],
  [
    'x = #nope',
    "c.lua:1: attempt to get length of a nil value (global 'nope')",
    "c.lua:1: attempt to get length of a nil value (global 'nope')",
  ],
  [
    'x = -\n nope',
    "c.lua:1: attempt to perform arithmetic on a nil value (global 'nope')",
    "c.lua:1: attempt to perform arithmetic on a nil value (global 'nope')",
  ],
  [
    'for i = 1,\n  "x" do end',
    "c.lua:2: bad 'for' limit (number expected, got string)",
    "c.lua:2: bad 'for' limit (number expected, got string)",
  ],
  [
    'for k in\n  pairs(nil) do end',
    "c.lua:2: bad argument #1 to 'for iterator' (table expected, got nil)",
    "c.lua:2: bad argument #1 to 'for iterator' (table expected, got nil)",
  ],
  [
    'x = ("x")\n  :rep(\n   {})',
    "c.lua:1: bad argument #1 to 'rep' (number expected, got table)",
    "c.lua:2: bad argument #1 to 'rep' (number expected, got table)",
  ],
  [
    'local t = setmetatable({}, {\n  __index = function(_, k)\n    error("no " .. k)\n  end })\nx = t.a',
    'c.lua:3: no a',
    'c.lua:3: no a',
  ],
  ['assert(false,\n  "message")', 'c.lua:1: message', 'c.lua:1: message'],
  ['x = assert(\n  nil, "m")', 'c.lua:1: m', 'c.lua:1: m'],
  [
    'local a\nlocal function g()\n  return a\n    .b\nend\ng()',
    "c.lua:4: attempt to index a nil value (upvalue 'a')",
    "c.lua:4: attempt to index a nil value (upvalue 'a')",
  ],
  ['x = {\n [nil] = 1 }', 'c.lua:2: table index is nil', 'c.lua:2: table index is nil'],
  ['x = { 1 } < \n  2', 'c.lua:2: attempt to compare table with number', 'c.lua:2: attempt to compare table with number'],
  [
    'modules_enabled = { "a" }\nmodules_enabled {\n  "b" }\ny = modules_enabled',
    "c.lua:2: attempt to call a nil value (global 'modules_enabled')",
    null,
  ],
  [
    'modules_enabled { "b" }',
    "c.lua:1: attempt to call a nil value (global 'modules_enabled')",
    "c.lua:1: attempt to call a nil value (global 'modules_enabled')",
  ],
  [
    'modules_enabled = "x"\nmodules_enabled\n  { "b" }',
    "c.lua:2: attempt to call a nil value (global 'modules_enabled')",
    "c.lua:3: attempt to call a string value (global 'modules_enabled')",
  ],
  [
    'modules_enabled = { "a" }\nmodules_enabled "b"',
    "c.lua:2: attempt to call a nil value (global 'modules_enabled')",
    "c.lua:2: Invalid syntax - missing '=' perhaps?",
  ],
  [
    'modules_enabled = { "a" }\nfor _, m in ipairs(modules_enabled) do x = m end',
    'attempt to index a nil value',
    "Unknown config option operation: '1'",
  ],
  [
    'modules_enabled = { "a" }\nlocal n = 0\nfor k, m in pairs(modules_enabled) do n = n + 1 end\nx = n\ny = #modules_enabled\nz = modules_enabled:value()',
    "c.lua:3: bad argument #1 to 'for iterator' (table expected, got nil)",
    null,
  ],
  [
    'modules_enabled = { "a" }\nx = modules_enabled.foo',
    "c.lua:2: attempt to index a nil value (global 'modules_enabled')",
    "c.lua:2: Unknown config option operation: 'foo'",
  ],
  [
    'a = { "x" }\nb = a:value()\na { "y" }\nc = {} for v in a:values() do c[#c+1] = v end',
    "c.lua:2: attempt to index a nil value (global 'a')",
    null,
  ],
  ['RunScript "nope.lua"', 'cannot open nope.lua: No such file or directory', 'cannot open nope.lua: No such file or directory'],
  [
    'x = FileContents "nope.txt"',
    "c.lua:1: attempt to call a nil value (global 'FileContents')",
    'c.lua:1: nope.txt: No such file or directory',
  ],
  [
    'x = FileLine "nope.txt"',
    "c.lua:1: attempt to call a nil value (global 'FileLine')",
    'c.lua:1: nope.txt: No such file or directory',
  ],
  [
    'x = FileLines "nope.txt"',
    "c.lua:1: attempt to call a nil value (global 'FileLines')",
    "cannot open file 'nope.txt' (No such file or directory)",
  ],
  [
    'x = Credential "nope"',
    "c.lua:1: attempt to call a nil value (global 'Credential')",
    'c.lua:1: Credential() requires the $CREDENTIALS_DIRECTORY environment variable to be set',
  ],
  [
    'Include "nope.cfg.lua"',
    'Error loading included nope.cfg.lua: nope.cfg.lua: No such file or directory',
    'Error loading included nope.cfg.lua: nope.cfg.lua: No such file or directory',
  ],
  ['Include "nope/*.lua"', 'cannot open nope: No such file or directory', 'cannot open nope: No such file or directory'],
  ['Include(5)', "attempt to index a number value (local 'file')", "attempt to index a number value (local 'file')"],
  ['Include {}', "attempt to call a nil value (method 'match')", "attempt to call a nil value (method 'match')"],
  [
    'Component "a" "b" (nil)',
    "bad argument #1 to 'for iterator' (table expected, got nil)",
    "bad argument #1 to 'for iterator' (table expected, got nil)",
  ],
  [
    'Component "a" (nil)',
    "bad argument #1 to 'for iterator' (table expected, got nil)",
    "bad argument #1 to 'for iterator' (table expected, got nil)",
  ],
  [
    'VirtualHost "A.B" x = 1\nVirtualHost "a.b" y = 2\nComponent "a.b" "muc"',
    'Component "a.b" clashes with previously defined VirtualHost "a.b", for services use a sub-domain like conference.a.b',
    'Component "a.b" clashes with previously defined VirtualHost "a.b", for services use a sub-domain like conference.a.b',
  ],
  [
    'Component "a.b" "muc"\nVirtualHost "a.b"',
    'Host "a.b" clashes with previously defined MUC Component "a.b", for services use a sub-domain like conference.a.b',
    'Host "a.b" clashes with previously defined MUC Component "a.b", for services use a sub-domain like conference.a.b',
  ],
  ['a.b = 1', "c.lua:1: attempt to index a nil value (global 'a')", "c.lua:1: attempt to index a nil value (global 'a')"],
  ['a = {}\na.b = 1\nc = a', "c.lua:2: attempt to index a nil value (global 'a')", null],
];

describe('errors of configurations', () => {
  for (const [text, zeroTwelve, thirteen] of CASES) {
    it(text.replaceAll('\n', ' ⏎ '), () => {
      const said = (prosody: '0.12' | '13.0') =>
        load(memoryFiles({ '/c.lua': text }), '/c.lua', { prosody, environment: {} }).errors[0]?.text ?? null;
      const plain = (message: string | null) =>
        message?.replaceAll('/c.lua', 'c.lua').replace(/(^|[ '])\/(?=nope)/g, '$1') ?? null;
      assert.deepEqual([plain(said('0.12')), plain(said('13.0'))], [zeroTwelve, thirteen]);
    });
  }
});
