import fc from 'fast-check';

/**
 * Lua as configurations use it, at random. Most of it is right, so that most files are read to their end; now and then a
 * value is of the wrong kind. Names are few, so that what is written is also read.
 */

export type File = string;
type Text = fc.Arbitrary<string>;

const pick = (...texts: readonly string[]): Text => fc.constantFrom(...texts);
/** Puts texts in the place of the `$` of a pattern, one after the other. */
const fill = (pattern: string, ...parts: readonly Text[]): Text =>
  fc.tuple(...parts).map(texts => texts.reduce((all, text, index) => all.replaceAll(`$${index + 1}`, () => text), pattern));
/** The first is taken most often, and shrinks to it. */
const mostly = (first: Text, ...rest: readonly Text[]): Text =>
  fc.oneof(
    { maxDepth: 3, depthIdentifier: 'lua', withCrossShrink: true },
    { weight: rest.length + 1, arbitrary: first },
    ...rest.map(arbitrary => ({ weight: 1, arbitrary })),
  );
const list = (item: Text, min: number, max: number, separator: string): Text =>
  fc.array(item, { minLength: min, maxLength: max, depthIdentifier: 'lua' }).map(items => items.join(separator));

const optionName = pick('a_option', 'modules_enabled', 'admins', 'b_option', 'storage', 'c2s_ports', 'limits');
const tableOption = pick('modules_enabled', 'admins');
const hostName = pick(
  '"a.example"',
  '"b.example"',
  '"Conference.A.example"',
  "'c.example'",
  '"*"',
  '[[d.example]]',
  '"bücher.example"',
);
const moduleName = pick('"muc"', '"proxy65"', '"http_file_share"', '"component"');
const localName = pick('s', 'n', 't', 'm', 'f', 'v', 'i');
const field = pick('name', 'rate', 'x', 'key');

const stringLiteral = pick(
  '"one"',
  '"Two"',
  "'a b'",
  '""',
  '"5"',
  '"0x10"',
  '" 7 "',
  '[[long]]',
  '"a,b,c"',
  '"\\65\\n"',
  '"%d"',
  '"k=v"',
  '"é"',
);
const numberLiteral = pick('1', '0', '2', '80', '-1', '1.5', '2.0', '1e1', '0x1F', '7', '10', '.5', '3e-2');
const patternLiteral = pick(
  '"%a+"',
  '"[^,]+"',
  '"(%w+)=(%w+)"',
  '"."',
  '"%s*"',
  '"^a"',
  '"b$"',
  '"()"',
  '"[aeiou]"',
  '"%d"',
  '"(.)(.)"',
);

interface Body {
  statement: string;
  block: string;
}

interface Kinds {
  any: string;
  text: string;
  number: string;
  truth: string;
  table: string;
  call: string;
}

const expressions = fc.letrec<Kinds>((tie: fc.LetrecTypedTie<Kinds>) => ({
  any: mostly(
    tie('text'),
    tie('number'),
    tie('truth'),
    tie('table'),
    tie('call'),
    localName,
    optionName,
    pick('nil'),
    pick('ENV_HOST'),
  ),
  text: mostly(
    stringLiteral,
    pick('s'),
    fill('$1 .. $2', tie('text'), mostly(tie('text'), tie('number'), tie('any'))),
    fill('($1):upper()', tie('text')),
    fill('($1):lower()', tie('text')),
    fill('($1):rep($2)', tie('text'), pick('0', '1', '2', '3', '-1', 'n')),
    fill('($1):rep($2, $3)', tie('text'), pick('2', '3'), stringLiteral),
    fill('($1):sub($2, $3)', tie('text'), tie('number'), tie('number')),
    fill('($1):gsub($2, $3)', tie('text'), patternLiteral, pick('"x"', '"<%0>"', '"%1"', '{ a = "A" }', 'string.upper', '"%2"')),
    fill('(($1):gsub($2, $3))', tie('text'), patternLiteral, pick('""', '"-"', 'function(c) return c .. c end')),
    fill('($1):match($2)', tie('text'), patternLiteral),
    fill('($1):format($2)', pick('"%s"', '"%d"', '"%5.2f"', '"%q"', '"%x"', '"%s-%s"', '"%i%%"', '"%g"', '"%c"'), tie('any')),
    fill('string.format($1, $2, $3)', pick('"%s:%s"', '"%d.%s"', '"%-5s|%3d"', '"%s"'), tie('any'), tie('any')),
    fill('string.reverse($1)', tie('text')),
    fill('table.concat($1, $2)', tie('table'), stringLiteral),
    fill('table.concat($1)', tie('table')),
    fill('tostring($1)', mostly(tie('number'), tie('text'), tie('truth'), tie('call'))),
    fill('type($1)', tie('any')),
    fill('string.char($1)', pick('65', '65, 66', '', '0', '255', '256', '-1')),
    pick('ENV_HOST', 'ENV_MISSING or "none"', 'os.getenv("HOST") or "unset"', 'ENV_EMPTY'),
    fill('($1 or $2)', tie('any'), tie('text')),
  ),
  number: mostly(
    numberLiteral,
    pick('n'),
    fill('($1 $2 $3)', tie('number'), pick('+', '-', '*', '/', '//', '%', '^', '&', '|', '~', '<<', '>>'), tie('number')),
    fill('-$1', tie('number')),
    fill('#$1', mostly(tie('text'), tie('table'))),
    fill('tonumber($1)', mostly(tie('text'), tie('any'))),
    fill('tonumber($1, $2)', tie('text'), pick('10', '16', '2', '36')),
    fill('math.floor($1)', tie('number')),
    fill('math.max($1, $2)', tie('number'), tie('number')),
    fill('math.min($1, $2)', tie('number'), tie('number')),
    fill('math.abs($1)', tie('number')),
    fill('math.type($1)', tie('number')),
    fill('math.tointeger($1)', tie('number')),
    fill('select("#", $1)', list(tie('any'), 1, 3, ', ')),
    fill('($1):len()', tie('text')),
    fill('($1):byte($2)', tie('text'), tie('number')),
    fill('($1):find($2, $3, true)', tie('text'), stringLiteral, pick('1', '-1', '0')),
    fill('($1):find($2)', tie('text'), patternLiteral),
  ),
  truth: mostly(
    pick('true', 'false'),
    fill('$1 == $2', tie('any'), tie('any')),
    fill('$1 ~= $2', tie('any'), tie('any')),
    fill('$1 < $2', tie('number'), tie('number')),
    fill('$1 <= $2', tie('text'), tie('text')),
    fill('not $1', tie('any')),
    fill('($1 and $2)', tie('any'), tie('any')),
    fill('($1 or $2)', tie('any'), tie('any')),
    fill('rawequal($1, $2)', tie('any'), tie('any')),
  ),
  table: mostly(
    fill('{ $1 }', list(stringLiteral, 0, 3, '; ')),
    pick('t', 'm', '{}'),
    fill(
      '{ $1 }',
      list(
        mostly(
          tie('any'),
          fill('$1 = $2', field, tie('any')),
          fill('[$1] = $2', mostly(tie('text'), tie('number'), tie('any')), tie('any')),
        ),
        0,
        4,
        ', ',
      ),
    ),
    fill('table.pack($1)', list(tie('any'), 0, 3, ', ')),
    fill('{ $1, $2 }', tie('any'), tie('call')),
    fill('($1 or $2)', tie('any'), tie('table')),
    fill('setmetatable($1, { __index = $2 })', tie('table'), tie('table')),
    fill('{ table.unpack($1) }', tie('table')),
  ),
  call: mostly(
    fill('f($1)', tie('any')),
    fill('t[$1]', tie('number')),
    fill('m.$1', field),
    fill('($1).$2', tie('table'), field),
    fill('(function(...) return $1 end)($2)', mostly(pick('...'), tie('any')), list(tie('any'), 0, 2, ', ')),
    fill('pcall(f, $1)', tie('any')),
    fill('select($1, $2)', pick('1', '2', '-1', '0'), list(tie('any'), 1, 3, ', ')),
    fill('table.remove(t)', tie('any')),
    fill('rawget($1, $2)', tie('table'), tie('any')),
    fill('next($1)', pick('{}', '{ 1 }', 't')),
    fill('(load or loadstring)($1)', pick('"return 1"', '"return"', '"x ="', '"return ..."')),
    fill('assert($1, $2)', tie('any'), tie('text')),
    fill('unpack and 1 or $1', tie('any')),
  ),
}));

const { any, text, number, truth, table, call } = expressions;

/** What only Prosody 13.0 knows. */
const recent: Text = mostly(
  fill('$1 { $2 }', tableOption, list(stringLiteral, 0, 2, '; ')),
  fill('$1:append { $2 }', tableOption, list(any, 0, 2, ', ')),
  fill('$1:append($2)', tableOption, any),
  fill('$1 = $2:value()', optionName, tableOption),
  fill('for v in $1:values() do b_option = v end', tableOption),
  fill('$1 = Lua.$2', optionName, pick('string.upper("x")', 'type(s)', 'tostring(n)', 'math.floor(2.5)', 'nothing')),
  fill('$1 = FileContents("words.lua")', optionName),
  fill('$1 = FileLine($2)', optionName, pick('"words.lua"', '"missing"')),
  fill('$1 = FileLines "words.lua"', optionName),
  fill('$1 = Credential "secret"', optionName),
);

const section: Text = mostly(
  fill('VirtualHost $1', hostName),
  fill('VirtualHost($1)', mostly(text, any)),
  fill('VirtualHost $1 { $2 }', hostName, list(fill('$1 = $2', optionName, any), 0, 2, '; ')),
  fill('Component $1 $2', hostName, moduleName),
  fill('Component $1', hostName),
  fill('Component $1 $2 { $3 }', hostName, moduleName, list(fill('$1 = $2', optionName, any), 0, 2, ', ')),
  fill('Component($1)($2)', mostly(hostName, any), mostly(moduleName, table, any)),
  fill('Component $1 { $2 }', hostName, list(any, 0, 2, ', ')),
  fill('VirtualHost $1 $2', hostName, mostly(moduleName, any)),
  fill('Host $1', hostName),
  fill('component $1 $2', hostName, moduleName),
);

/** One file, which may include those of these paths. */
export function fileOf(includes: readonly string[]): fc.Arbitrary<File> {
  const includeStatement: Text =
    includes.length > 0 ? fill('$1 "$2"', pick('Include', 'include'), pick(...includes)) : fill('$1 = $2', optionName, any);
  const { statement } = fc.letrec<Body>((tie: fc.LetrecTypedTie<Body>) => ({
    block: list(tie('statement'), 0, 2, '\n'),
    statement: mostly(
      fill('$1 = $2', optionName, any),
      section,
      section,
      fill('$1 = { $2 }', tableOption, list(stringLiteral, 0, 3, '; ')),
      fill('local $1 = $2', localName, any),
      fill('$1 = $2', pick('s', 'n'), mostly(text, number)),
      fill('t[#t + 1] = $1', any),
      fill('t[$1] = $2', any, any),
      fill('m.$1 = $2', field, any),
      fill('table.insert(t, $1)', any),
      fill('table.sort(t)', any),
      fill(
        'if $1 then\n$2\nelseif $3 then\n$4\nelse\n$5\nend',
        mostly(truth, any),
        tie('block'),
        truth,
        tie('block'),
        tie('block'),
      ),
      fill('for i = $1, $2 do\n$3\nend', pick('1', '2', '3'), pick('3', '1', '#t', '2.5'), tie('block')),
      fill('for i = $1, $2, $3 do\n$4\nend', number, pick('1', '3'), pick('1', '-1', '2', '0', '0.5'), tie('block')),
      fill('for i, v in ipairs($1) do\n$2\nend', mostly(table, any), tie('block')),
      fill('for k, v in pairs($1) do n = n + #k end', mostly(table, any)),
      fill('for v in ($1):gmatch($2) do\n$3\nend', text, patternLiteral, tie('block')),
      fill('do local turn = 0 while turn < $1 do turn = turn + 1\n$2\nend end', pick('2', '3'), tie('block')),
      fill('do local turn = 0 repeat turn = turn + 1\n$2\nuntil turn > $1 end', pick('1', '2'), tie('block')),
      fill(
        'f = function(v, ...)\n$1\nreturn $2\nend',
        tie('block').filter(body => !body.includes('f(')),
        mostly(any.filter(value => !/\bf\b/.test(value))),
      ),
      fill('function b_option(v) return $1 end', any),
      fill('do\n$1\nend', tie('block')),
      fill('$1 = $2, $3', optionName, any, any),
      fill('$1, $2 = $3', optionName, optionName, mostly(call, any)),
      fill('$1 = $2', pick('host', 'Component', 'VirtualHost', 'Include'), mostly(text, any)),
      fill('__currenthost = $1', hostName),
      fill('$1.$2 = $3', optionName, field, any),
      fill('$1($2)', pick('assert', 'print', 'type', 'pcall', 'tostring'), any),
      fill('error($1)', stringLiteral),
      includeStatement,
      includeStatement,
      recent,
      recent,
      pick('goto done', 'do return end', 'x =', 'VirtualHost "e.example" {', '} '),
      fill('RunScript $1', pick('"words.lua"', '"missing.lua"')),
      fill('-- $1', stringLiteral),
    ),
  }));
  const start = pick(
    'local s, n, t, m, f = "text", 3, { "x", "y" }, { name = "n", rate = 2 }, function(v) return v end',
    'local s, n, t, m, f = "a,b", 2.5, { 1, 2, 3 }, { x = { 1 }, key = false }, function(...) return ... end',
    'local s, n, t, m = "", 0, {}, {}\nlocal function f(v, w) return w or v, 2 end',
    'modules_enabled = { "roster"; "tls" }\nadmins = {}\nlocal s, n, t, m, f = "Az", 1, { "q" }, {}, type',
    '',
  );
  return fc
    .tuple(start, fc.array(fc.tuple(statement, pick('\n', '\n', ';\n', '\n\n', ' ')), { maxLength: 9 }))
    .map(([head, statements]) => `${head}\n${statements.map(([body, end]) => body + end).join('')}`);
}
