import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Document, parse } from '@prosodist/core';
import fc from 'fast-check';

const example = readFileSync(new URL('../../../../examples/jitsi-active-directory/prosody.cfg.lua', import.meta.url), 'utf8');
const TEXTS = [
  example,
  'a = 1\nb = { "x"; "y" }\n-- note\nfor i = 1, 2 do c = i end\nVirtualHost "h" { d = 1 }\nprint("x")("y")\nlocal f = function() return 1 end\n',
  'x = 1;;y = 2; (f)()\nbreaks = "--[[ ]]" --[[ long\n]] z = [==[ text ]==]\nreturn x\n',
];
const PIECES = [
  '',
  ' ',
  '\n',
  'x',
  '1',
  '=',
  '"',
  "'",
  '{',
  '}',
  '(',
  ')',
  ';',
  '.',
  '--',
  '[[',
  ']]',
  'and ',
  'end',
  'do',
  'for ',
  'return ',
  '::',
  'goto a',
  '{{',
  '#',
  '\r\n',
  'a = 1\n',
  'VirtualHost "v"\n',
  'function f() end\n',
  '%',
  '__X__',
  'local k <const> = 1\n',
  'k = 2\n',
];

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(12),
  insert: fc.constantFrom(...PIECES),
});

function shown({ statements, comments, problems, template, lines }: Document) {
  return {
    statements: statements.map(({ start, end, base, node }) => [start, end, node.range.map(at => at + base), node.type]),
    comments,
    problems,
    template,
    lines,
  };
}

describe('reading again after an edit', () => {
  for (const [index, text] of TEXTS.entries())
    it(`gives what reading the whole gives, edit after edit (text ${index + 1})`, () => {
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), edits => {
          let now = text;
          let document = parse(now);
          for (const { at, remove, insert } of edits) {
            const place = Math.floor(at * now.length);
            now = now.slice(0, place) + insert + now.slice(place + remove);
            document = parse(now, document);
            assert.deepEqual(shown(document), shown(parse(now)), JSON.stringify(now));
          }
        }),
        { numRuns: 400 },
      );
    });

  it('reads a statement that was not touched no second time', () => {
    const many = Array.from({ length: 2000 }, (_, index) => `option_${index} = "${index}"\n`).join('');
    const before = parse(many);
    const at = many.indexOf('"1000"');
    const after = parse(`${many.slice(0, at)}{ 1, 2 }, ${many.slice(at)}`, before);
    const known = new Set(before.statements.map(({ node }) => node));
    assert.equal(after.statements.filter(({ node }) => !known.has(node)).length, 1);
  });
});
