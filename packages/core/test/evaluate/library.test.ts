import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatCase, numberCase, patternCase, positionCase } from './generators.js';
import { realLua, runOurs, runReal } from './lua.js';

/** Bodies of functions and what they give, as `lua.ts` writes it: what Lua 5.4 says of each is checked below. */
const CASES: readonly (readonly [body: string, gives: string])[] = [
  // string
  ['return ("Grüße"):len(), #"Grüße", ("Grüße"):upper():lower()', 'true 7 7 hex 6772c3bcc39f65'],
  [
    'return ("hello"):sub(2, -2), ("hello"):sub(-3), ("hello"):sub(4, 2), ("hello"):sub(0), ("hello"):sub(-100, 100)',
    'true "ell" "llo" hex  "hello" "hello"',
  ],
  ['return ("ab"):rep(3, "-"), ("ab"):rep(0), ("ab"):rep(-1), ("abc"):reverse()', 'true "ab-ab-ab" hex  hex  "cba"'],
  ['return ("aä"):byte(1, -1)', 'true 97 195 164'],
  ['return string.char(195, 164) == "ä", string.char(195) .. string.char(164) == "ä", #string.char()', 'true true true 0'],
  ['return string.char(256)', `false "/cases.lua:$: bad argument #1 to 'char' (value out of range)"`],
  ['return ("x"):rep(1e10)', 'false "/cases.lua:$: resulting string too large"'],
  ['return ("x"):rep({})', `false "/cases.lua:$: bad argument #1 to 'rep' (number expected, got table)"`],
  ['return string.rep()', `false "/cases.lua:$: bad argument #1 to 'rep' (string expected, got no value)"`],
  ['return pcall(string.rep)', `true false "bad argument #1 to 'string.rep' (string expected, got no value)"`],
  ['local f = string.rep return f("x")', `false "/cases.lua:$: bad argument #2 to 'f' (number expected, got no value)"`],
  ['return ("x"):nothing()', `false "/cases.lua:$: attempt to call a nil value (method 'nothing')"`],
  // patterns
  ['return ("key = value"):match("^(%w+)%s*=%s*(%w+)$")', 'true "key" "value"'],
  ['return ("a,b,,c"):find(",", 1, true), ("a.b"):find(".", 1, true), ("abc"):find("b()")', 'true 2 2 2 2 3'],
  ['return ("THE (quick) fox"):find("%((%a+)%)")', 'true 5 11 "quick"'],
  ['return ("f(a(b)c)d"):match("%b()"), ("THE (quick) fox"):gsub("%f[%a]%a+", "x")', 'true "(a(b)c)" "x (x) x" 3'],
  ['return ("[[x]]"):match("^%[(=*)%[(.-)%]%1%]$")', 'true hex  "x"'],
  ['return ("  trim  "):match("^%s*(.-)%s*$")', 'true "trim"'],
  ['return ("hello world"):gsub("o", "0", 1)', 'true "hell0 world" 1'],
  ['return ("$name is $age"):gsub("%$(%w+)", {name = "Ann", age = 5})', 'true "Ann is 5" 2'],
  ['return ("abc"):gsub("%w", function(c) if c ~= "b" then return c .. c end end)', 'true "aabcc" 3'],
  ['return ("abc"):gsub("", "-")', 'true "-a-b-c-" 4'],
  ['local o = {} for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do o[k] = v end return o', 'true {"a"="1","b"="2"}'],
  ['return ("x"):find("[a")', `false "/cases.lua:$: malformed pattern (missing ']')"`],
  ['return ("x"):find("%")', `false "/cases.lua:$: malformed pattern (ends with '%')"`],
  ['return ("a"):rep(300):find(("a?"):rep(300) .. ("a"):rep(300))', 'false "/cases.lua:$: pattern too complex"'],
  // format
  [
    'return ("%5d|%-5d|%05d|%+d|%x|%X|%#x|%o"):format(42, 42, 42, 42, 255, 255, 255, 8)',
    'true "   42|42   |00042|+42|ff|FF|0xff|10"',
  ],
  ['return ("%.2f|%e|%g|%g|%5.1f"):format(2.675, 12345.678, 1e20, 0.0001, 2.25)', 'true "2.67|1.234568e+04|1e+20|0.0001|  2.2"'],
  ['return ("%s %s %s"):format(1, 1.0, nil), ("%q"):format("a\\n\\0001")', 'true "1 1.0 nil" hex 22615c0a5c3030303122'],
  ['return ("%c%c%%"):format(72, 105), ("%10.3s|"):format("abcdef"), ("%i"):format("10")', 'true "Hi%" "       abc|" "10"'],
  ['return ("%a %a"):format(1.5, 0)', 'true "0x1.8p+0 0x0p+0"'],
  ['return ("%d"):format(1.5)', `false "/cases.lua:$: bad argument #1 to 'format' (number has no integer representation)"`],
  ['return ("%y"):format(1)', `false "/cases.lua:$: invalid conversion '%y' to 'format'"`],
  // table
  [
    'local t = {1, 2} table.insert(t, 3) table.insert(t, 1, 0) return t, table.remove(t), table.remove(t, 1)',
    'true {1=1,2=2} 3 0',
  ],
  [
    'return table.concat({1, 2.5, "x"}, ", "), table.concat({}, "x"), table.concat({1, 2, 3}, "-", 2, 3)',
    'true "1, 2.5, x" hex  "2-3"',
  ],
  ['return table.concat({1, {}})', `false "/cases.lua:$: invalid value (table) at index 2 in table for 'concat'"`],
  ['return table.unpack({1, 2, 3}, 2), table.pack(nil, 2).n, table.move({1, 2, 3}, 2, 3, 1)', 'true 2 2 {1=2,2=3,3=3}'],
  ['local t = {"b", "a", "C"} table.sort(t) return t', 'true {1="C",2="a",3="b"}'],
  ['local t = {3, 1, 2} table.sort(t, function(a, b) return a > b end) return t', 'true {1=3,2=2,3=1}'],
  ['table.sort({1, "x"})', 'false "attempt to compare string with number"'],
  ['table.insert({}, 5, 1)', `false "/cases.lua:$: bad argument #2 to 'insert' (position out of bounds)"`],
  ['return unpack, loadstring, setfenv, bit32, table.getn', 'true nil nil nil nil nil'],
  // math
  [
    'return math.floor(3.7), math.floor(-3.7), math.ceil(3.2), math.max(1, 2.5), math.min(3, 2), math.abs(-5)',
    'true 3 -4 4 float 2.5 2 5',
  ],
  [
    'return math.type(1), math.type(1.0), math.type("1"), math.tointeger(3.0), math.tointeger("8"), math.tointeger(3.5)',
    'true "integer" "float" nil 3 8 nil',
  ],
  [
    'return math.fmod(-5, 3), -5 % 3, -5 // 3, 5 / 2, 2 ^ 10, 7 // 2.0, math.huge, -math.huge',
    'true -2 1 -2 float 2.5 float 1024 float 3 float inf float -inf',
  ],
  ['return math.modf(3.7) == 3, math.sqrt(16), math.pi', 'true true float 4 float 3.1415926535897931'],
  ['return 1 // 0', 'false "/cases.lua:$: attempt to divide by zero"'],
  // numbers and text
  [
    'return tonumber("0x10"), tonumber(" 12 "), tonumber("1e2"), tonumber("z", 36), tonumber("8", 8), tonumber(""), tonumber("0x")',
    'true 16 12 float 100 35 nil nil nil',
  ],
  [
    'return tostring(1e15), tostring(2^53), tostring(-0.0), tostring(1e100), 10 .. "", 1.5 .. ""',
    'true "1e+15" "9.007199254741e+15" "-0.0" "1e+100" "10" "1.5"',
  ],
  ['return "10" + 5, "3" * "4", "0x10" + 0, 10 .. 20', 'true 15 12 16 "1020"'],
  ['return "abc" + 1', `false "/cases.lua:$: attempt to add a 'string' with a 'number'"`],
  ['return "a" < "b", "a" < "B", "" < "a", "Z" < "a", "ä" > "z"', 'true true false true true true'],
  // base
  ['return select("#", nil, nil), select(2, "a", "b", "c"), select(-1, 1, 2)', 'true 2 "b" 2'],
  ['return type(nil), type(1), type("x"), type({}), type(print)', 'true "nil" "number" "string" "table" "function"'],
  ['return rawequal("a", "a"), rawlen({1, 2}), rawlen("abc"), rawget({5}, 1), next({})', 'true true 2 3 5 nil'],
  [
    'local t = setmetatable({}, {__index = function(_, k) return k .. "!" end, __call = function(_, a) return a + 1 end}) return t.x, t(1)',
    'true "x!" 2',
  ],
  [
    'local v = setmetatable({}, {__add = function() return "sum" end, __eq = function() return true end, __len = function() return 7 end}) return v + 1, v == setmetatable({}, getmetatable(v)), #v',
    'true "sum" true 7',
  ],
  ['assert(nil, "with a place")', 'false "/cases.lua:$: with a place"'],
  ['assert(false)', 'false "/cases.lua:$: assertion failed!"'],
  ['error("x", 0)', 'false "x"'],
  ['error({code = 5})', 'false {"code"=5}'],
  ['return pcall(error, "x")', 'true false "x"'],
  ['return xpcall(function() error("x", 0) end, function(m) return m .. "!" end)', 'true false "x!"'],
  ['for _ in pairs(nil) do end', `false "/cases.lua:$: bad argument #1 to 'for iterator' (table expected, got nil)"`],
  ['for i = 1, "x" do end', `false "/cases.lua:$: bad 'for' limit (number expected, got string)"`],
  ['local n = 0 for i = "1", "3" do n = n + i end return n', 'true float 6'],
  ['local a local function f() return a.b end f()', `false "/cases.lua:$: attempt to index a nil value (upvalue 'a')"`],
  ['local t = {} t[nil] = 1', 'false "/cases.lua:$: table index is nil"'],
  // load
  ['return load("return ...", "chunk")(5), (load("x = .."))', 'true 5 nil'],
  ['return load("error(\'x\')")()', `false "[string \\"error('x')\\"]:1: x"`],
  ['local e = {} load("a = 1 b = a + 1", "=chunk", "t", e)() return e', 'true {"a"=1,"b"=2}'],
  // os and utf8
  [
    'return os.date("!%Y-%m-%d %H:%M:%S", 86400), os.date("!%j %U %W %V %G %a %b %p %y", 1e9), os.date("!*t", 0).wday',
    'true "1970-01-02 00:00:00" "252 36 36 36 2001 Sun Sep AM 01" 5',
  ],
  ['return os.time({year = 2020})', `false "/cases.lua:$: field 'month' missing in date table"`],
  ['return os.date("!%Q", 0)', `false "/cases.lua:$: bad argument #1 to 'date' (invalid conversion specifier '%Q')"`],
  [
    'return utf8.char(72, 228, 8364), utf8.len("aäb"), utf8.codepoint("ä", 1), utf8.offset("aäb", 3), utf8.len("\\xff")',
    'true hex 48c3a4e282ac 3 228 4 nil 1',
  ],
  ['local o = {} for p, c in utf8.codes("aä") do o[p] = c end return o', 'true {1=97,2=228}'],
  ['return require("string") == string, package.config:sub(1, 1), package.loaded.table == table', 'true true "/" true'],
];

/** A case's number of line is wherever it stands. */
function placed(gives: string, line: number): string {
  return gives.replaceAll('/cases.lua:$:', `/cases.lua:${line}:`);
}

/** Fixed in a CI, where a change is judged; else new each time, and in the tests' titles. */
const SEED = Number(process.env.SEED ?? (process.env.CI ? 54 : Date.now() % 1_000_000));

describe("Lua's library", () => {
  const ours = runOurs(CASES.map(([body]) => body));
  for (const [index, [body, gives]] of CASES.entries()) {
    it(body, () => {
      const got = ours[index]!;
      const wanted = placed(gives, index + 1);
      assert.equal(got, wanted);
    });
  }

  const reason = realLua ? '' : ' (needs lua5.4)';
  (realLua ? describe : describe.skip)(`compared with the real Lua${reason}`, () => {
    it('the cases above', () => {
      const real = runReal(CASES.map(([body]) => body));
      for (const [index, [body, gives]] of CASES.entries()) {
        assert.equal(real[index], placed(gives, index + 1), body);
      }
    });

    const generators = { patterns: patternCase, formats: formatCase, numbers: numberCase, positions: positionCase };
    for (const [name, generator] of Object.entries(generators)) {
      it(`random ${name} (SEED=${SEED})`, function () {
        this.timeout(60_000);
        const cases = fc.sample(generator, { numRuns: 3000, seed: SEED });
        for (let from = 0; from < cases.length; from += 500) {
          const part = cases.slice(from, from + 500);
          const real = runReal(part);
          const got = runOurs(part);
          const unequal = part.flatMap((body, index) =>
            got[index] === real[index] || got[index]!.includes('unknown')
              ? []
              : [`${body}\n  Lua  ${real[index]}\n  ours ${got[index]}`],
          );
          assert.deepEqual(unequal, []);
          assert.ok(got.filter(line => line.includes('unknown')).length < part.length / 20, 'too much is unknown');
        }
      });
    }
  });
});
