import assert from 'node:assert/strict';
import {
  type BindNameKind,
  checkAttribute,
  checkLdap2Filter,
  classifyBindName,
  combineAnd,
  isAttributeDescription,
  parseLdapHosts,
} from '../../src/ldap/index.js';

describe('classifyBindName', () => {
  const ROWS: [string, BindNameKind][] = [
    ['', 'empty'],
    ['CN=svc,DC=corp,DC=example', 'dn'],
    ['svc@corp.example', 'upn'],
    ['CORP\\svc', 'netbios'],
    ['corp.example\\svc', 'netbios'],
    ['corp.example/Users/svc', 'canonical'],
    ['svc', 'bare'],
    [' ', 'bare'],
    ['a@b@c', 'bare'],
    ['CN=svc,', 'malformed-dn'],
    ['CN=Smith, John', 'malformed-dn'],
  ];
  for (const [text, kind] of ROWS)
    it(`${JSON.stringify(text)} is ${kind}`, () => assert.equal(classifyBindName(text).kind, kind));

  it('takes the names apart', () => {
    assert.deepEqual(classifyBindName('CORP\\svc'), { kind: 'netbios', domain: 'CORP', user: 'svc' });
    assert.deepEqual(classifyBindName('svc@corp.example'), { kind: 'upn', domain: 'corp.example', user: 'svc' });
  });
});

describe('checkAttribute', () => {
  const ROWS: [string, number | undefined][] = [
    ['sAMAccountName', undefined],
    ['2.5.4.3', undefined],
    ['cn;lang-de', undefined],
    ['', 0],
    ['u_id', 1],
    ['uid ', 3],
    ['(uid', 0],
    ['cn;', 2],
    ['1..2', 2],
    ['uid=', 3],
  ];
  for (const [text, start] of ROWS) {
    it(JSON.stringify(text), () => {
      assert.equal(checkAttribute(text)?.start, start);
      assert.equal(isAttributeDescription(text), start === undefined);
      if (start !== undefined) assert.equal(checkAttribute(text, 10)?.start, start + 10);
    });
  }
});

describe('checkLdap2Filter', () => {
  it('combines as ldap.lib.lua does', () => {
    assert.equal(combineAnd('uid=a', 'b=c'), '(&(uid=a)(b=c))');
    assert.equal(combineAnd('uid=a', '(b=c)(d=e)'), '(&(uid=a)(b=c)(d=e))');
    assert.equal(combineAnd('uid=a', '(b=c'), '(&(uid=a)(b=c)');
    assert.equal(combineAnd('uid=a', 'b=c)'), '(&(uid=a)b=c))');
    assert.equal(combineAnd('uid=a', ''), '(&(uid=a)())');
  });

  /** Filter, and the place of the problem in it, or nothing when ldap2 gets by with it (ldap.md 1a, seen on 0.12.3). */
  const ROWS: [string, [string, number] | undefined][] = [
    ['objectClass=user', undefined],
    ['(objectClass=user)', undefined],
    ['(a=b)(c=d)', undefined],
    [' (a=b)', undefined],
    ['(a=b', ['(', 0]],
    ['a=b)', [')', 3]],
    ['&(a=b)(c=d)', ['&', 0]],
    ['*', ['*', 0]],
    ['', ['', 0]],
    ['(a=b) ', undefined],
    ['a=b ', undefined],
    ['(memberOf=CN=a\\,b)', ['\\,', 14]],
    ['objectClass = user', [' ', 11]],
    ['(&(a=b)(c=d)', ['(', 0]],
    ['(a=b)(c_d=e)', ['_', 7]],
    ['(a=b))', [')', 5]],
  ];
  for (const [text, place] of ROWS) {
    it(`${place ? 'refuses' : 'takes'} ${JSON.stringify(text)}`, () => {
      const result = checkLdap2Filter(text);
      assert.equal(result.ok, place === undefined);
      if (!result.ok)
        assert.deepEqual(
          [text.slice(result.problem.start, result.problem.end), result.problem.start],
          place,
          result.problem.message,
        );
    });
  }
});

describe('parseLdapHosts', () => {
  const GOOD: [string, string[]][] = [
    ['dc1', ['ldap dc1 389']],
    ['dc1:390', ['ldap dc1 390']],
    ['dc1:390/', ['ldap dc1 390']],
    ['dc1  dc2:390', ['ldap dc1 389', 'ldap dc2 390']],
    ['dc1, dc2', ['ldap dc1 389', 'ldap dc2 389']],
    ['ldap://dc1', ['ldap dc1 389']],
    ['LDAPS://dc1/', ['ldaps dc1 636']],
    ['ldaps://dc1,ldap://dc2', ['ldaps dc1 636', 'ldap dc2 389']],
    ['ldaps://dc1 ldaps://dc2:3269', ['ldaps dc1 636', 'ldaps dc2 3269']],
    ['[::1]:390', ['ldap ::1 390']],
    ['ldap://dc1/dc=x', ['ldap dc1 389']],
    ['ldap://', ['ldap localhost 389']],
    ['ldapi://%2Frun%2Fslapd', ['ldapi /run/slapd 0']],
  ];
  for (const [text, hosts] of GOOD) {
    it(`takes ${JSON.stringify(text)}`, () => {
      const read = parseLdapHosts(text);
      assert.ok(read.ok);
      assert.deepEqual(
        read.hosts.map(host => `${host.scheme} ${host.host} ${host.port}`),
        hosts,
      );
    });
  }

  /** Server list, the text of the problem's place, a piece of the message. */
  const BAD: [string, string, string][] = [
    ['', '', 'No server'],
    ['  ', '  ', 'No server'],
    ['dc1,dc2', ',dc2', 'comma'],
    ['ldap://dc1 dc2', 'dc2', 'has no ldap://'],
    ['ldap://dc1/dc=x,dc=y', 'dc=y', 'base DN'],
    ['::1', '::1', 'IPv6'],
    ['dc1:abc', 'dc1:abc', 'not a number'],
    ['dc1:', 'dc1:', 'not a number'],
    ['http://dc1', 'http://', 'no LDAP scheme'],
    ['dc1\tdc2', 'dc1\tdc2', 'tab or line break'],
    ['dc1\n', '\n', 'line break in a host name'],
    ['dc1:99999', 'dc1:99999', 'no port'],
    ['dc%zz', 'dc%zz', 'two hex digits'],
    ['“dc1”', '“', 'in a host name'],
    ['ldaps://dc1;ldaps://dc2', 'ldaps://dc1;ldaps://dc2', 'not a number'],
  ];
  for (const [text, culprit, message] of BAD) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      const read = parseLdapHosts(text);
      assert.ok(!read.ok);
      assert.ok(read.problem.message.includes(message), read.problem.message);
      assert.equal(text.slice(read.problem.start, read.problem.end), culprit);
    });
  }

  it('notes what is ignored, and gives every server its place', () => {
    const text = 'ldap://dc1/dc=x ldaps://dc2';
    const read = parseLdapHosts(text);
    assert.ok(read.ok);
    assert.deepEqual(
      read.notes.map(note => text.slice(note.start, note.end)),
      ['/dc=x'],
    );
    assert.deepEqual(
      read.hosts.map(host => text.slice(host.start, host.end)),
      ['ldap://dc1/dc=x', 'ldaps://dc2'],
    );
  });
});
