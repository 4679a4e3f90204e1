import assert from 'node:assert/strict';
import { type DnNoteCode, dnToDomain, domainToDn, escapeDnValue, formatDn, isDomainRoot, parseDn } from '../../src/ldap/index.js';

/** DN, and its RDNs as attribute/value pairs. RFC 4514 section 4 has the first six. */
const GOOD: [string, [string, string][][]][] = [
  ['UID=jsmith,DC=example,DC=net', [[['UID', 'jsmith']], [['DC', 'example']], [['DC', 'net']]]],
  [
    'OU=Sales+CN=J.  Smith,DC=example,DC=net',
    [
      [
        ['OU', 'Sales'],
        ['CN', 'J.  Smith'],
      ],
      [['DC', 'example']],
      [['DC', 'net']],
    ],
  ],
  [
    'CN=James \\"Jim\\" Smith\\, III,DC=example,DC=net',
    [[['CN', 'James "Jim" Smith, III']], [['DC', 'example']], [['DC', 'net']]],
  ],
  ['CN=Before\\0dAfter,DC=example,DC=net', [[['CN', 'Before\rAfter']], [['DC', 'example']], [['DC', 'net']]]],
  ['1.3.6.1.4.1.1466.0=#04024869', [[['1.3.6.1.4.1.1466.0', '\x04\x02Hi']]]],
  ['CN=Lu\\C4\\8Di\\C4\\87', [[['CN', 'Lučić']]]],
  ['', []],
  ['CN=', [[['CN', '']]]],
  ['CN=a=b#c', [[['CN', 'a=b#c']]]],
  ['CN = "a,b" ; DC=x ', [[['CN', 'a,b']], [['DC', 'x']]]],
  ['CN=a\\ ', [[['CN', 'a ']]]],
];

/** DN, the text of the problem's place, where it begins, and a piece of the message. */
const BAD: [string, string, number, string][] = [
  ['   ', '   ', 0, 'only blanks'],
  ['jitsi', 'jitsi', 0, 'has no "="'],
  ['CN=Smith, John,OU=x', ', John', 8, 'has no "="'],
  ['CN=a,DC', ',DC', 4, 'has no "="'],
  ['=b', '=', 0, 'is missing'],
  ['CN=a,=b', '=', 5, 'is missing'],
  ['CN=a,', ',', 4, 'Nothing behind the last ","'],
  ['CN=a, ', ',', 4, 'Nothing behind the last ","'],
  ['CN=a+', '+', 4, 'Nothing behind the last "+"'],
  ['CN=a,,DC=b', ',,', 4, 'Nothing between'],
  [',CN=a', ',', 0, 'begins with'],
  ['CN=R+D,DC=b', '+D', 4, 'has no "="'],
  ['CN=a"b', '"', 4, 'straight quote'],
  ['CN=a<b', '<', 4, 'Unescaped "<"'],
  ['CN=a>b', '>', 4, 'Unescaped ">"'],
  ['CN=a;b', ';b', 4, 'has no "="'],
  ['CN="a', '"', 3, 'never closed'],
  ['CN="a"b', 'b', 6, 'behind the closing quote'],
  ['CN=a\\zb', '\\z', 4, 'not an escape'],
  ['CN=a\\2', '\\2', 4, 'not an escape'],
  ['CN=a\\', '\\', 4, 'lone backslash'],
  ['CN=#0x', '#0', 3, 'hex digits'],
  ['C_N=a', '_', 1, '"_" in an attribute name'],
  ['C N=a', ' ', 1, 'blank inside'],
  ['“CN=a”', '“', 0, '"“" in an attribute name'],
  ['1..2=a', '.', 2, '"." in an attribute name'],
  ['CN=a\0', '\0', 4, 'NUL'],
];

const NOTES: [string, DnNoteCode[]][] = [
  ['CN=a,DC=b', []],
  [' CN=a', ['outer-blank']],
  ['CN=a ', ['outer-blank']],
  ['CN=a\\ ', []],
  ['CN=a, DC=b', ['inner-blank']],
  ['CN = a', ['inner-blank', 'inner-blank']],
  ['CN=a;DC=b', ['semicolon']],
  ['CN="a;b"', ['quoted-value']],
  ['CN;x=a', ['attribute-option']],
  ['CN=“a”', ['curly-quote', 'curly-quote']],
  ['CN=#04 x,DC=b', ['skipped-text']],
  ['CN=,DC=b', ['empty-value']],
];

describe('parseDn', () => {
  for (const [text, rdns] of GOOD) {
    it(`reads ${JSON.stringify(text)}`, () => {
      const read = parseDn(text);
      assert.ok(read.ok);
      assert.deepEqual(
        read.rdns.map(rdn => rdn.pairs.map(pair => [pair.attribute, pair.value])),
        rdns,
      );
    });
  }

  for (const [text, culprit, start, message] of BAD) {
    it(`places the problem of ${JSON.stringify(text)}`, () => {
      const read = parseDn(text);
      assert.ok(!read.ok);
      assert.ok(read.problem.message.includes(message), read.problem.message);
      assert.notEqual(read.problem.help, '');
      assert.equal(read.problem.start, start);
      if (culprit !== '#0') assert.equal(text.slice(start, read.problem.end), culprit);
    });
  }

  for (const [text, codes] of NOTES) {
    it(`notes ${codes.join(', ') || 'nothing'} on ${JSON.stringify(text)}`, () => {
      const read = parseDn(text);
      assert.ok(read.ok);
      assert.deepEqual(
        read.notes.map(note => note.code),
        codes,
      );
    });
  }

  it('gives every part its place', () => {
    const text = ' CN = a\\,b + SN=c , DC=d';
    const read = parseDn(text);
    assert.ok(read.ok);
    const pairs = read.rdns.flatMap(rdn => rdn.pairs);
    assert.deepEqual(
      pairs.map(pair => text.slice(pair.attributeStart, pair.attributeEnd)),
      ['CN', 'SN', 'DC'],
    );
    assert.deepEqual(
      pairs.map(pair => text.slice(pair.valueStart, pair.valueEnd)),
      ['a\\,b', 'c', 'd'],
    );
    assert.deepEqual(
      read.rdns.map(rdn => text.slice(rdn.start, rdn.end)),
      ['CN = a\\,b + SN=c', 'DC=d'],
    );
  });
});

describe('DNs and domains', () => {
  const ROWS: [string, boolean, string | undefined][] = [
    ['DC=corp,DC=example', true, 'corp.example'],
    ['dc=corp , dc=example', true, 'corp.example'],
    ['0.9.2342.19200300.100.1.25=corp,DC=example', true, 'corp.example'],
    ['OU=x,DC=corp,DC=example', false, 'corp.example'],
    ['DC=corp,OU=x', false, undefined],
    ['DC=a+DC=b', false, undefined],
    ['', false, undefined],
    ['DC=a,', false, undefined],
  ];
  for (const [text, root, domain] of ROWS) {
    it(JSON.stringify(text), () => {
      assert.equal(isDomainRoot(text), root);
      assert.equal(dnToDomain(text), domain);
    });
  }

  it('turns a domain into a DN', () => {
    assert.equal(domainToDn('corp.example'), 'DC=corp,DC=example');
    assert.equal(domainToDn('corp.example.'), 'DC=corp,DC=example');
    assert.equal(domainToDn(''), '');
  });

  it('escapes values', () => {
    assert.equal(escapeDnValue(' #a,b+"\\<>;=  '), '\\ #a\\,b\\+\\"\\\\\\<\\>\\;=\\ \\ ');
    assert.equal(escapeDnValue('#a'), '\\#a');
    assert.equal(escapeDnValue('a\0\n'), 'a\\00\\0a');
  });

  it('writes a DN strictly', () => {
    const read = parseDn(' CN = "a,b" ; OU;x=\\ff\\2c +SN=#04024869');
    assert.ok(read.ok);
    assert.equal(formatDn(read.rdns), 'CN=a\\,b,OU=\\ff\\,+SN=#04024869');
  });
});
