import { strict as assert } from 'node:assert';
import { applyEdits, parse, tokens } from '@prosodist/core';
import type { FormattingOptions } from 'vscode-languageserver-types';
import { formatTables, toOffset, toRange } from '../src/index.js';
import { FIXTURES } from './examples.js';
import { fixture, treeOf } from './fixture.js';

function formatted(text: string, stretch: { start: number; end: number }, options: Partial<FormattingOptions> = {}): string {
  const tree = treeOf({ '/p.cfg.lua': text });
  const edits = formatTables(tree, '/p.cfg.lua', toRange({ text }, stretch), options);
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({
      start: toOffset({ text }, range.start),
      end: toOffset({ text }, range.end),
      text: newText,
    })),
  );
}

function formatAt(source: string, options?: Partial<FormattingOptions>): string {
  const { text, at } = fixture(source);
  return formatted(text, at, options);
}

const whole = (text: string, options?: Partial<FormattingOptions>) => formatted(text, { start: 0, end: text.length }, options);

describe('formatting of a table', () => {
  it('evens out indentation, = and blanks, with what is inside', () => {
    const source = `ldap = {<|>
  hostname= "dc" ;
        bind_dn   = 'cn=x', -- who
  user = {
  basedn="x",
   filter   =   "y" ,
    },
}
`;
    assert.equal(
      formatAt(source),
      `ldap = {
    hostname = "dc";
    bind_dn  = 'cn=x', -- who
    user     = {
        basedn = "x",
        filter = "y",
    },
}
`,
    );
  });

  it('leaves comments, strings and everything outside as they are', () => {
    const source = 'x   =  1\nt = {<|>\n   -- a   =  b\n a = [[\n  b  =  c\n]],\n bb = "x  =  y",\n}\n  y=2\n';
    assert.equal(
      formatAt(source),
      'x   =  1\nt = {\n   -- a   =  b\n    a = [[\n  b  =  c\n]],\n    bb = "x  =  y",\n}\n  y=2\n',
    );
  });

  it('begins anew behind a blank line and behind what has several lines', () => {
    assert.equal(whole('t = {\n a = 1,\n bbb = 2,\n\n cc = 3,\n}\n'), 't = {\n    a   = 1,\n    bbb = 2,\n\n    cc = 3,\n}\n');
  });

  it('takes the indentation that is asked for, and leaves a table on one line alone', () => {
    assert.equal(whole('t = {\n"a";\n}\n', { tabSize: 2, insertSpaces: true }), 't = {\n  "a";\n}\n');
    assert.equal(whole('t = {\n"a";\n}\n', { tabSize: 8, insertSpaces: false }), 't = {\n\t"a";\n}\n');
    assert.equal(whole('t = {a=1 ,b  = 2}\n'), 't = {a=1 ,b  = 2}\n');
  });

  it('is for the tables of the range alone', () => {
    assert.equal(formatAt('<[a = {\n1}]>\nb = {\n1}\n'), 'a = {\n    1}\nb = {\n1}\n');
    assert.equal(formatAt('a<|> = 1\nb = {\n1}\n'), 'a = 1\nb = {\n1}\n');
  });

  it('keeps CRLF, computed keys and templates', () => {
    assert.equal(whole('t = {\r\n[ "a" ]=1,\r\nbb = 2,\r\n}\r\n'), 't = {\r\n    [ "a" ] = 1,\r\n    bb      = 2,\r\n}\r\n');
    const template = 't = {\n{% if x %}\na=1,\n{% endif %}\n}\n';
    assert.equal(whole(template), template);
  });

  it('does nothing the second time, and changes nothing but blanks', () => {
    for (const source of [...FIXTURES, MESSY]) {
      for (const text of Object.values(fixture(source).files)) {
        if (typeof text !== 'string') continue;
        for (let cut = text.length; cut > 0; cut -= Math.max(1, Math.floor(text.length / 40))) {
          const part: string = text.slice(0, cut);
          const once = whole(part);
          assert.equal(whole(once), once);
          const words = (lua: string) => tokens(lua).map(({ start, end }) => lua.slice(start, end));
          assert.deepEqual(words(once), words(part));
          assert.equal(parse(once).problems.length, parse(part).problems.length);
        }
      }
    }
  });
});

const MESSY = `a = { x=1,
   [2]   = { y= 2 ; z=[[
 s ]], },  -- c
 f = function() return {
 q=1
 } end, ["long key"]=3
  ,   w = --[[ c ]] 4,
v =
 5 }
`;
