import fc from 'fast-check';

/** Cases for the comparison with the real Lua: each the body of a function in one line. */

function quoted(text: string): string {
  return `"${[...text].map(char => (/[a-zA-Z0-9 .,;:_()%+*?^$[\]{}-]/.test(char) ? char : `\\${String(char.charCodeAt(0)).padStart(3, '0')}`)).join('')}"`;
}

const literal = fc.constantFrom(
  'a',
  'b',
  'c',
  '.',
  '%a',
  '%d',
  '%s',
  '%w',
  '%p',
  '%x',
  '%u',
  '%L',
  '%.',
  '%%',
  '[abc]',
  '[^a]',
  '[a-c]',
  '[%d_]',
  '[]]',
  '[^]]',
  '[a-]',
  '[%a-z]',
  '%g',
  '%c',
  '-',
);
const item = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(literal, fc.constantFrom('', '', '', '*', '+', '-', '?')).map(parts => parts.join('')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '%b()',
      '%bab',
      '%f[%w]',
      '%f[^a]',
      '%1',
      '%2',
      '()',
      '(',
      ')',
      '[',
      ']',
      '%',
      '^',
      '$',
      '%f',
      '%b',
      '[^',
      '[a',
      '%b(',
      '[%',
    ),
  },
);
const group = fc.oneof(
  { weight: 4, arbitrary: item },
  { weight: 1, arbitrary: fc.array(item, { maxLength: 3 }).map(items => `(${items.join('')})`) },
);

/** Patterns, most of them well-formed. */
export const pattern = fc
  .tuple(fc.constantFrom('', '', '', '^'), fc.array(group, { maxLength: 5 }), fc.constantFrom('', '', '', '$'))
  .map(([head, items, tail]) => head + items.join('') + tail);

/** Subjects made of what the patterns know. */
export const subject = fc
  .array(fc.constantFrom('a', 'b', 'c', 'A', 'F', '1', '0', ' ', '(', ')', '.', ']', '-', '_', '%', '\0', '\n', '\xe9'), {
    maxLength: 12,
  })
  .map(chars => chars.join(''));

const replacement = fc.oneof(
  fc.constantFrom(
    '"<%0>"',
    '"%1"',
    '"%2"',
    '"%%"',
    '"%"',
    '"x"',
    '""',
    '{a="1", b=false, ["1"]=2}',
    'function(...) return select("#", ...) end',
    'string.upper',
    'function() end',
    '5',
    'nil',
    'function() return {} end',
  ),
);

/** Calls of every function that takes a pattern. */
export const patternCase = fc
  .tuple(subject, pattern, fc.integer({ min: -4, max: 6 }), replacement, fc.nat(4))
  .map(([text, pat, init, by, which]) => {
    const [s, p] = [quoted(text), quoted(pat)];
    const calls = [
      `return string.find(${s}, ${p}, ${init})`,
      `return string.match(${s}, ${p}, ${init})`,
      `return string.gsub(${s}, ${p}, ${by})`,
      `return string.gsub(${s}, ${p}, ${by}, ${Math.abs(init)})`,
      `local o = {} for a, b in string.gmatch(${s}, ${p}) do o[#o + 1] = tostring(a) .. ":" .. tostring(b) end return table.concat(o, ";")`,
    ];
    return calls[which]!;
  });

const floats = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0.5, 1.5, 2.5, 0.125, 1e15, 1e16, 123456789.5, 0.1, 1 / 3, 1e-5, 1e100, 5e-324, 1e308, 100, 0, -0),
  fc.tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: 0, max: 6 })).map(([n, e]) => n / 2 ** e),
);

/** A numeral that Lua reads as this double. */
function numeral(value: number): string {
  const text = String(Math.abs(value));
  const written = /[.e]/.test(text) ? text : `${text}.0`;
  return value < 0 || Object.is(value, -0) ? `-${written}` : written;
}

const flags = fc.subarray(['-', '+', ' ', '#', '0'], { minLength: 0 }).map(parts => parts.join(''));
const size = fc
  .tuple(fc.constantFrom('', '', '5', '12', '20', '100'), fc.constantFrom('', '', '.0', '.', '.3', '.10', '.20', '.100'))
  .map(parts => parts.join(''));
const value = fc.oneof(
  floats.map(numeral),
  fc.integer().map(String),
  fc.integer({ min: -20, max: 300 }).map(String),
  fc.constantFrom(
    '"text"',
    '"12"',
    '" 0x10 "',
    '"1e2"',
    'nil',
    'true',
    '"\\0x"',
    '"a\\nb"',
    '"\\"\\\\\\r1"',
    '2^53',
    '-2^63',
    '1e999',
    '-1e999',
  ),
);

/** Calls of string.format. */
export const formatCase = fc
  .tuple(flags, size, fc.constantFrom(...'diuxXocaAeEfgGqsp%y'), value)
  .map(([flag, width, conversion, given]) => `return string.format("[%${flag}${width}${conversion}]", ${given})`);

const operand = fc.oneof(
  fc.integer({ min: -40, max: 40 }).map(String),
  fc.integer().map(String),
  floats.map(numeral),
  fc.constantFrom(
    '"10"',
    '"0x1p4"',
    '"abc"',
    '" 5 "',
    '""',
    'nil',
    'true',
    '{}',
    'math.huge',
    '-math.huge',
    '2^53',
    '1e15',
    'math.mininteger',
    'math.pi',
    '3.0',
    '"1e1"',
  ),
);
const number = fc.oneof(
  fc.integer({ min: -40, max: 40 }).map(String),
  floats.map(numeral),
  fc.constantFrom('"7"', '2^40', '0', '0.0'),
);

/** Arithmetic, comparison, concatenation, conversions and `math`. */
export const numberCase = fc.oneof(
  fc
    .tuple(
      operand,
      fc.constantFrom('+', '-', '*', '/', '//', '%', '..', '==', '~=', '<', '<=', '>', '>=', '&', '|', '~', '<<', '>>'),
      operand,
    )
    .map(([a, operator, b]) => `local a, b = ${a}, ${b} return a ${operator} b`),
  fc.tuple(fc.constantFrom('-', 'not ', '#', '~'), operand).map(([operator, a]) => `local a = ${a} return ${operator}a`),
  operand.map(a => `return tostring(${a})`).filter(text => !/\{\}/.test(text)),
  operand.map(a => `return tonumber(${a}), math.type(${a}), math.tointeger(${a})`),
  fc
    .tuple(
      fc.constantFrom('"ff"', '"Zz"', '"-10"', '" 7 "', '"8"', '"1.0"', '""', '"7fffffffffffffff"'),
      fc.integer({ min: 1, max: 37 }),
    )
    .map(([a, base]) => `return tonumber(${a}, ${base})`),
  fc
    .tuple(fc.constantFrom('floor', 'ceil', 'abs', 'sqrt', 'modf', 'tointeger', 'type', 'frexp'), operand)
    .map(([name, a]) => `return math.${name}(${a})`),
  fc
    .tuple(fc.constantFrom('fmod', 'max', 'min', 'ult'), operand, operand)
    .map(([name, a, b]) => `return math.${name}(${a}, ${b})`),
  fc
    .tuple(number, number, fc.integer({ min: -9, max: 9 }))
    .map(
      ([a, b, step]) =>
        `local o = {} for i = ${a}, ${b}, ${step} do o[#o + 1] = i if #o > 9 then break end end return table.unpack(o)`,
    ),
);

const position = fc.integer({ min: -6, max: 8 });
const element = fc.constantFrom('1', '2', '3', '"a"', '"b"', '2.5', '10', '"10"');
const list = fc.array(element, { maxLength: 7 }).map(items => `{${items.join(', ')}}`);
const numbers = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 40 }).map(items => `{${items.join(', ')}}`);

/** `table`, `string` and `utf8` by positions. */
export const positionCase = fc.oneof(
  fc
    .tuple(subject, fc.constantFrom('sub', 'byte'), position, position)
    .map(([text, name, a, b]) => `return string.${name}(${quoted(text)}, ${a}, ${b})`),
  fc
    .tuple(subject, fc.constantFrom('len', 'upper', 'lower', 'reverse'))
    .map(([text, name]) => `return string.${name}(${quoted(text)})`),
  fc
    .tuple(subject, position, subject)
    .map(([text, count, separator]) => `return string.rep(${quoted(text)}, ${count}, ${quoted(separator)})`),
  fc.tuple(list, position, element).map(([items, at, by]) => `local t = ${items} table.insert(t, ${at}, ${by}) return t`),
  fc
    .tuple(list, fc.constantFrom('', ', ";"'), fc.constantFrom('', ', 2', ', 2, 3', ', 0, 1'))
    .map(([items, separator, range]) => `return table.concat(${items}${separator}${separator ? range : ''})`),
  fc.tuple(list, position, position).map(([items, a, b]) => `return table.unpack(${items}, ${a}, ${b})`),
  fc.tuple(list, position, position, position).map(([items, a, b, to]) => `return table.move(${items}, ${a}, ${b}, ${to})`),
  list.map(items => `local t = ${items} return table.remove(t), table.remove(t, 1), t`),
  numbers.map(items => `local t = ${items} table.sort(t) return t`),
  numbers.map(items => `local t = ${items} table.sort(t, function(a, b) return a % 5 > b % 5 end) return t`),
  list.map(items => `local t = ${items} table.sort(t) return t`),
  fc
    .tuple(numbers, fc.constantFrom('true', 'a <= b', 'a ~= b'))
    .map(([items, order]) => `local t = ${items} table.sort(t, function(a, b) return ${order} end) return #t`),
  fc
    .tuple(
      fc.array(fc.constantFrom('a', 'ä', '€', '\u{1f600}', '\x80', '\xff', '\xed\xa0\x80'), { maxLength: 6 }),
      fc.constantFrom('len', 'codepoint', 'offset'),
      position,
      position,
    )
    .map(([chars, name, a, b]) => {
      const text = chars
        .map(char => (char.length > 1 || char.charCodeAt(0) > 0xff || char === 'ä' ? escaped(char) : quoted(char).slice(1, -1)))
        .join('');
      return name === 'offset' ? `return utf8.offset("${text}", ${a}, ${b})` : `return utf8.${name}("${text}", ${a}, ${b})`;
    }),
);

function escaped(char: string): string {
  const bytes = char.startsWith('\xed') ? Buffer.from(char, 'latin1') : Buffer.from(char);
  return [...bytes].map(byte => `\\${String(byte).padStart(3, '0')}`).join('');
}
