import assert from 'node:assert/strict';
import { applyEdits, parse, print, readString } from '../../src/index.js';

/** [what it shows, text, texts of the statements read, texts the problems point at, text after all repairs or null] */
const TABLE: readonly (readonly [string, string, readonly string[], readonly string[], string | null])[] = [
  ['statements need no separators', 'a = 1 b = 2; c = 3', ['a = 1', 'b = 2', 'c = 3'], [], null],
  ['a call goes on over lines', 'VirtualHost "a"\n{ x = 1 }\nb = 1', ['VirtualHost "a"\n{ x = 1 }', 'b = 1'], [], null],
  [
    'blocks are one statement',
    'if a then b = 1 c = 2 end for i = 1, 2 do d() end',
    ['if a then b = 1 c = 2 end', 'for i = 1, 2 do d() end'],
    [],
    null,
  ],
  ['functions inside expressions', 'f = function() x = 1 end g = 2', ['f = function() x = 1 end', 'g = 2'], [], null],
  ['a return with its values', 'a = 1 return a, { b = 2 }', ['a = 1', 'return a, { b = 2 }'], [], null],
  ['labels and jumps', '::top:: a = 1 goto top', ['::top::', 'a = 1', 'goto top'], [], null],
  ['attributes of Lua 5.4', 'local a <const> = 1 b = 2', ['local a <const> = 1', 'b = 2'], [], null],
  ['one broken statement costs one statement', 'a = 1\nb = = 2\nc = 3', ['a = 1', 'c = 3'], ['='], null],
  ['a missing comma', 't = {\n "a"\n "b"\n}\nc = 3', ['c = 3'], ['"a"'], 't = {\n "a",\n "b"\n}\nc = 3'],
  ['the separator of the siblings', 't = { "a"; "b" "c" }', [], ['"b"'], 't = { "a"; "b"; "c" }'],
  ['an open brace at the end', 'a = 1\nt = {\n  "x";\n', ['a = 1'], ['{'], 'a = 1\nt = {\n  "x";\n}\n'],
  [
    'an open brace before a host',
    't = {\n  "x";\nVirtualHost "a"\nb = 1',
    ['VirtualHost "a"', 'b = 1'],
    ['{'],
    't = {\n  "x";\n}\nVirtualHost "a"\nb = 1',
  ],
  ['an open string', 'a = "x\nb = 2', ['b = 2'], ['"x'], 'a = "x"\nb = 2'],
  ['a colon', 'admins: { }\nb = 1', ['b = 1'], [':'], 'admins = { }\nb = 1'],
  [
    'two mistakes at once',
    'a == 1\nb = 2\nhttp-ports = { }\n',
    ['b = 2'],
    ['==', 'http-ports'],
    'a = 1\nb = 2\nhttp_ports = { }\n',
  ],
  [
    'a C comment, of which Lua takes a part for a division',
    'a = 1\n// two words\nb = 2',
    ['a = 1\n// two', 'b = 2'],
    ['// two words'],
    null,
  ],
  ['a C comment at the top', '// one\nb = 2', ['b = 2'], ['// one'], '-- one\nb = 2'],
  ['a merge conflict', 'a = 1\n<<<<<<< HEAD\nb = 2\n', ['a = 1', 'b = 2'], ['<<<<<<< HEAD'], null],
  ['a malformed number', 'a = 3x\nb = 1', ['b = 1'], ['3x'], null],
  ['a long bracket that is none', 'a = [= 3\nb = 1', ['b = 1'], ['[='], null],
  ['a long bracket that is none at the start', '[= 3\nb = 1', ['b = 1'], ['[='], null],
  ['a byte order mark', '\ufeffa = 1', ['a = 1'], ['\ufeff'], 'a = 1'],
  ['a return that is not the last', 'return 1\na = 1', ['return 1', 'a = 1'], ['a = 1'], null],
  ['an open comment', 'a = 1\n--[[ b = 2', ['a = 1'], ['--[[ b = 2'], null],
];

describe('parse', () => {
  for (const [title, text, statements, problems, repaired] of TABLE) {
    it(title, () => {
      const document = parse(text);
      assert.equal(print(document), text);
      assert.deepEqual(
        document.statements.map(statement => text.slice(statement.start, statement.end)),
        statements,
      );
      assert.deepEqual(
        document.problems.map(problem => text.slice(problem.start, problem.end)),
        problems,
      );
      const repairs = document.problems.flatMap(problem => problem.repair ?? []);
      if (repaired === null) assert.deepEqual(repairs, []);
      else {
        assert.equal(applyEdits(text, repairs), repaired);
        assert.deepEqual(parse(repaired).problems, []);
      }
    });
  }

  it('uses again what did not change', () => {
    const before = parse('a = { 1 }\nb = { 2 }\n');
    const after = parse('-- new\na = { 1 }\nb = { 3 }\n', before);
    assert.equal(after.statements[0]!.node, before.statements[0]!.node);
    assert.notEqual(after.statements[1]!.node, before.statements[1]!.node);
    assert.equal(after.statements[0]!.start, 7);
  });

  it('too deep a nesting is a problem, not an exception', () => {
    for (const deep of [
      '{'.repeat(100_000),
      `a = ${'('.repeat(50_000)}1${')'.repeat(50_000)}`,
      `a = ${'"x" .. '.repeat(20_000)}"y"`,
    ]) {
      assert.equal(parse(deep).problems.length, 1);
    }
  });

  it('reads strings as Lua does, with the way back to the source', () => {
    for (const [raw, value] of [
      ['"a\\nb"', 'a\nb'],
      ["'it\\'s'", "it's"],
      ['"\\65\\066\\x43"', 'ABC'],
      ['"\\195\\188"', 'ü'],
      ['"\\u{20AC}"', '€'],
      ['"a\\z  \n b"', 'ab'],
      ['[[\nlong]]', 'long'],
      ['[==[a]]b]==]', 'a]]b'],
      ['"\\255"', '\udcff'],
    ] as const) {
      assert.equal(readString(raw).value, value, raw);
    }
    const literal = readString('"CORP\\\\user"');
    assert.equal(literal.value, 'CORP\\user');
    assert.deepEqual(
      [0, 4, 5, 9].map(offset => literal.sourceOffset(offset)),
      [1, 5, 7, 11],
    );
  });
});
