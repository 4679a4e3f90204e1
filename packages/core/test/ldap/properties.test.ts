import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  checkAttribute,
  checkLdap2Filter,
  classifyBindName,
  dnToDomain,
  escapeDnValue,
  escapeFilterValue,
  formatDn,
  parseDn,
  parseFilter,
  parseLdapHosts,
} from '../../src/ldap/index.js';

const TEXT = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'()&|!=*\\ab2:;,.<>~+"# \t\n/[]@ö“\ud800\0') }),
);
const VALUE = fc.string({ unit: 'binary' });
const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

function everything(text: string): void {
  for (const read of [parseDn(text), parseFilter(text), parseLdapHosts(text), checkLdap2Filter(text)]) {
    if (read.ok) continue;
    const { start, end } = read.problem;
    assert.ok(start >= 0 && start <= end && end <= text.length, `${start}..${end} of ${text.length}: ${read.problem.message}`);
  }
  classifyBindName(text);
  checkAttribute(text);
  dnToDomain(text);
}

describe('LDAP parsers', () => {
  it('never throw, and every problem lies inside the text', () =>
    fc.assert(fc.property(TEXT, everything), { numRuns: 2000 })).timeout(30_000);

  it('never throw on a truncation', () => {
    for (const text of [
      'CN=a\\,b\\c3\\b6+SN="x\\"y",OU=#0403,DC=😀',
      '(&(cn:dn:1.2:=a\\2a)(!(|(b>=c)(d=*e*f\\28😀))))',
      'ldaps://[::1]:636/dc=x??sub,ldap://dc%31',
    ]) {
      for (let length = 0; length <= text.length; length++) everything(text.slice(0, length));
    }
  });

  it('a DN written again has the same values', () =>
    fc.assert(
      fc.property(TEXT, text => {
        const read = parseDn(text);
        if (!read.ok) return;
        const again = parseDn(formatDn(read.rdns));
        assert.ok(again.ok);
        const values = (dn: typeof read): unknown =>
          dn.rdns.map(rdn => rdn.pairs.map(pair => [pair.attribute, pair.value, pair.bytes]));
        assert.deepEqual(values(again), values(read));
        assert.deepEqual(
          again.notes.filter(note => note.code !== 'empty-value' && note.code !== 'curly-quote'),
          [],
        );
      }),
      { numRuns: 5000 },
    )).timeout(30_000);

  it('an escaped value comes back', () =>
    fc.assert(
      fc.property(VALUE, value => {
        const dn = parseDn(`CN=${escapeDnValue(value)}`);
        assert.ok(dn.ok && dn.rdns.length === 1);
        assert.equal(dn.rdns[0]?.pairs[0]?.value, wellFormed(value));
        const filter = parseFilter(`(cn=${escapeFilterValue(value)})`);
        assert.ok(filter.ok && filter.filter.type === 'equality');
        assert.equal(filter.filter.value.value, wellFormed(value));
      }),
      { numRuns: 2000 },
    )).timeout(30_000);
});
