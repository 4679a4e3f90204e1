import assert from 'node:assert/strict';
import { type DirectorySettings, nodeprep, readPlain, saslprep, searchFilter } from '@prosodist/core';

const place = <T>(value: T, origin: { file: string; start: number; end: number } | null = { file: 'f', start: 0, end: 1 }) => ({
  value,
  name: 'x',
  origin,
});

function settings(change: Partial<DirectorySettings>): DirectorySettings {
  return {
    way: 'ldap2',
    host: 'meet.test',
    server: place('dc1'),
    startTls: place(false),
    bindName: null,
    bindPassword: null,
    base: null,
    scope: place('subtree'),
    filter: place(''),
    userAttribute: place('uid'),
    ...change,
  };
}

const SASLAUTHD = {
  checkPeer: null,
  caFile: null,
  caFolder: null,
  timeout: 5,
  method: 'bind',
  sizeLimit: 1,
  group: null,
  service: 'xmpp',
  realm: 'meet.test',
  defaultRealm: '',
} as const;

const cyrus = (filter: string) => settings({ way: 'cyrus', filter: place(filter), saslauthd: SASLAUTHD });
const ldap = (filter: string) => settings({ way: 'ldap', filter: place(filter), realm: place('a(b)') });

/** Settings, name → the filter that is sent. */
const FILTERS: readonly (readonly [DirectorySettings, string, string])[] = [
  [settings({ filter: place('(objectClass=user)') }), 'alice', '(&(uid=alice)(objectClass=user))'],
  [settings({ filter: place('objectClass=user') }), 'alice', '(&(uid=alice)(objectClass=user))'],
  [settings({ filter: place('', null) }), 'alice', '(&(uid=alice))'],
  [settings({ filter: place('') }), 'alice', '(&(uid=alice)())'],
  [settings({ filter: place('', null), userAttribute: null }), 'alice', '(&(nil=alice))'],
  [settings({ filter: place('(a=b)') }), 'al*', '(&(uid=al*)(a=b))'],
  [settings({ filter: place('(a=b)') }), 'alice)', '(&uid=alice)(a=b))'],
  [ldap('(uid=$user)'), 'al*(\\)', '(uid=al\\2a\\28\\5c\\29)'],
  [ldap('(|(uid=%s)(cn=%s)(h=$host)(x=$other))'), 'a$1', '(|(uid=a$1)(cn=%s)(h=a\\28b\\29)(x=$other))'],
  [ldap('(uid=%u)'), 'alice', '(uid=%u)'],
  [cyrus('(uid=%u)'), 'alice', '(uid=alice)'],
  [cyrus('(|(a=%U)(b=%d)(c=%r)(e=%%)(f=%s)(g=%x))'), 'alice@corp.example', '(|(a=alice)(b=)(c=corp.example)(e=%)(f=xmpp)(g=))'],
  [cyrus('(d=%R %1 %2 %3)'), 'a*', '(d=@meet.test test meet )'],
];

/** What is typed → what the provider is given, or null for a refusal. Seen with util.encodings of 0.12.3 and 13.0.1. */
const NAMES: readonly (readonly [string, string | null])[] = [
  ['ALICE', 'alice'],
  ['Jörg', 'jörg'],
  ['ＡＢ', 'ab'],
  ['stra\u00dfe', 'strasse'],
  ['a\u00adb', 'ab'],
  ['CORP\\alice', 'corp\\alice'],
  ['al*', 'al*'],
  ['alice@corp.example', null],
  ['a b', null],
  ['a\u00a0b', null],
  ['a/b', null],
  ['a"b', null],
  ["a'b", null],
  ['a&b', null],
  ['a<b', null],
  ['a:b', null],
  ['\u00ad', null],
  ['', null],
  ['x'.repeat(1024), null],
];

describe('names and filters of a login', () => {
  for (const [given, user, wanted] of FILTERS)
    it(`${given.way} ${given.filter.value} ${user}`, () => assert.equal(searchFilter(given, user), wanted));

  for (const [name, wanted] of NAMES)
    it(`name ${JSON.stringify(name.slice(0, 20))}`, () => {
      const read = readPlain(name, 'secret');
      assert.equal(read.ok ? read.user : null, wanted);
      if (!read.ok) assert.deepEqual([read.condition, /secret/.test(read.why + read.help)], ['malformed-request', false]);
    });

  it('passwords go through SASLprep, and empty ones are refused', () => {
    const password = (text: string) => {
      const read = readPlain('alice', text);
      return read.ok ? read.password : null;
    };
    assert.deepEqual(['a\u00a0b', '\u2168', 'a b', '', '\u00ad', 'a\tb', 'a\0b'].map(password), [
      'a b',
      'IX',
      'a b',
      null,
      null,
      null,
      'a',
    ]);
    assert.equal(saslprep('A'), 'A');
    assert.equal(nodeprep('A'), 'a');
  });
});
