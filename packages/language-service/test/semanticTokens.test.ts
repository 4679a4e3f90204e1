import { strict as assert } from 'node:assert';
import { semanticTokens, TOKEN_MODIFIERS, TOKEN_TYPES, type Tree, tokenEdits, toOffset, toRange } from '../src/index.js';
import { FIXTURES } from './examples.js';
import { FOLDER, fixture } from './fixture.js';

/** Tokens as text: `authentication property`, with modifiers behind. */
function decode(text: string, data: readonly number[]): string[] {
  const lines: string[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0, type = 0, bits = 0] = data.slice(at, at + 5);
    line += down;
    character = down > 0 ? right : character + right;
    const start = toOffset({ text }, { line, character });
    const modifiers = TOKEN_MODIFIERS.filter((_, index) => bits & (1 << index));
    lines.push([text.slice(start, start + length), TOKEN_TYPES[type], ...modifiers].join(' '));
  }
  return lines;
}

function tokensOf(source: string, prosody: '0.12' | '13.0' = '13.0'): string[] {
  const { tree, path, text } = fixture(source, { prosody });
  return decode(text, semanticTokens(tree, path));
}

describe('semantic tokens', () => {
  it('tell hosts from components, where they are opened and where they are named', () => {
    assert.deepEqual(
      tokensOf('VirtualHost "a.example"\nComponent "b.a.example" "muc"\nx = { "a.example", "b.a.example", "c" }\n'),
      [
        'VirtualHost macro',
        'a.example class declaration',
        'Component macro',
        'b.a.example interface declaration',
        'muc namespace',
        'x property unknown',
        'a.example class',
        'b.a.example interface',
      ],
    );
  });

  it('tell options that are known, outdated or unknown, and values that are allowed', () => {
    assert.deepEqual(tokensOf('storage = "internal"\nbosh_ports = {}\nno_such = 1\nldap_scope = "base"\nldap_scope = "all"\n'), [
      'storage property',
      'internal namespace',
      'bosh_ports property deprecated',
      'no_such property unknown',
      'ldap_scope property',
      'base enumMember',
      'ldap_scope property',
    ]);
  });

  it('tell modules that are installed or known from others', () => {
    const source = `modules_enabled = { "bosh", "mine", "other" }
plugin_paths = { "/opt/plugins" }
authentication = "ldap2"
--- file: /opt/plugins/mod_mine.lua
-- mine
`;
    assert.deepEqual(
      tokensOf(source).filter(token => / namespace/.test(token)),
      ['bosh namespace', 'mine namespace', 'other namespace unknown', 'ldap2 namespace'],
    );
  });

  it("show 13.0's append", () => {
    const source = 'modules_enabled = { "bosh" }\nmodules_enabled:append { "mam" }\nmodules_enabled { "smacks" }\n';
    assert.deepEqual(tokensOf(source).slice(2), [
      'modules_enabled property modification',
      'mam namespace',
      'modules_enabled property modification',
      'smacks namespace',
    ]);
  });

  it('show locals, parameters and functions', () => {
    assert.deepEqual(tokensOf('local a = os.getenv "X"\nlocal function f(b)\n  return b .. a\nend\nx = f(a)\n'), [
      'a variable declaration',
      'os function',
      'f function declaration',
      'b parameter declaration',
      'b parameter',
      'a variable',
      'x property unknown',
      'f function',
      'a variable',
    ]);
  });

  it('show attributes, operators and values of LDAP filters and DNs, behind escapes too', () => {
    const source = `ldap = { user = { basedn = "OU=Us\\195\\188r,DC=x", filter = [[(&(a=b*c)(!(d>=e)))]] } }
ldap_base = "DC=x"
`;
    assert.deepEqual(tokensOf(source), [
      'ldap property',
      'user property',
      'basedn property',
      'OU type',
      '= operator',
      'Us\\195\\188r string',
      'DC type',
      '= operator',
      'x string',
      'filter property',
      '& operator',
      'a type',
      '= operator',
      'b string',
      'c string',
      '! operator',
      'd type',
      '>= operator',
      'e string',
      'ldap_base property',
      'DC type',
      '= operator',
      'x string',
    ]);
  });

  it('leave names that nobody defines alone, and what cannot be read', () => {
    assert.deepEqual(tokensOf('authentication = internal_plain\nx = = 1\n'), ['authentication property']);
  });

  it('of a range are those of the statements in it', () => {
    const { tree, path, text } = fixture('admins = {}\nVirtualHost "a.example"\nstorage = "sql"\n');
    const range = toRange({ text }, { start: text.indexOf('a.ex'), end: text.indexOf('a.ex') + 2 });
    assert.deepEqual(decode(text, semanticTokens(tree, path, range)), ['a.example class declaration']);
  });

  it('are in order, on one line each and apart, in every fixture', () => {
    for (const source of FIXTURES) {
      const { tree } = fixture(source);
      for (const path of tree.result.configuration.documents.keys()) check(tree, path);
    }
  });

  it('change by one edit that makes the new ones of the old', () => {
    const before = semanticTokens(fixture('a = 1\nVirtualHost "b"\nc = 1\n').tree, `${FOLDER}prosody.cfg.lua`);
    const after = semanticTokens(fixture('a = 1\nadmins = 1\nVirtualHost "bb"\nc = 1\n').tree, `${FOLDER}prosody.cfg.lua`);
    const edits = tokenEdits(before, after);
    assert.equal(edits.length, 1);
    const [{ start, deleteCount, data = [] } = { start: 0, deleteCount: 0 }] = edits;
    const made = [...before];
    made.splice(start, deleteCount, ...data);
    assert.deepEqual(made, after);
    assert.deepEqual(tokenEdits(after, after), []);
  });
});

function check(tree: Tree, path: string): void {
  const data = semanticTokens(tree, path);
  assert.equal(data.length % 5, 0);
  for (let at = 0; at < data.length; at += 5) {
    assert.ok(data[at]! >= 0 && data[at + 1]! >= 0 && data[at + 2]! > 0);
    // the token before ends where this one starts, or earlier
    if (at > 0 && data[at] === 0) assert.ok(data[at + 1]! >= data[at - 3]!);
  }
}
