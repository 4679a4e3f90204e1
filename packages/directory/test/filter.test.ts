import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type FilterNode, parseFilter } from '@prosodist/core';
import { BerWriter } from 'ldapts';
import { askLibldap, itWithLibldap } from '../../core/test/ldap/libldap.js';
import { writeFilter } from '../src/wire/filter.js';

const file = new URL('../../core/test/ldap/filters.txt', import.meta.url);

const MORE = [
  '(&)',
  '(|)',
  '(&(&)(!(|)))',
  '(cn=J\\c3\\b6rg)',
  '(cn=Jörg)',
  '(cn=\\ff\\00\\2a)',
  '(cn=a*\\2a*\\c3\\28*z)',
  '(cn=*a*)',
  '(userCertificate;binary=\\30\\82)',
  '(1.2.840.113556.1.4.221=alice)',
  '(memberOf:1.2.840.113556.1.4.1941:=CN=x,DC=y)',
  '(userAccountControl:1.2.840.113556.1.4.803:=2)',
  '(cn:dn:caseExactMatch:=x)',
  '(:dn:2.4.6.8.10:=Dino)',
  '(cn:=x)',
  '(a>=1)',
  '(a<=1)',
  '(a~=x)',
  '(a=)',
  `(&${'(a=b)'.repeat(3000)})`,
  `${'(!'.repeat(200)}(a=b)${')'.repeat(200)}`,
];

function written(filter: FilterNode): string {
  const writer = new BerWriter();
  writeFilter(writer, filter);
  return writer.buffer.toString('hex');
}

describe('a filter as it is sent', () => {
  itWithLibldap('is what libldap sends, byte for byte', () => {
    const taken = readFileSync(file, 'utf8')
      .split('\n')
      .filter(line => line.startsWith('ACCEPT'))
      .map(line => line.slice(8));
    const texts = [...MORE, ...taken].filter(text => parseFilter(text).ok);
    assert.ok(texts.length > 40, `${texts.length} filters`);
    const answers = askLibldap('filter', texts);
    for (const [index, text] of texts.entries()) {
      const parsed = parseFilter(text);
      assert.ok(parsed.ok);
      assert.equal(`=${written(parsed.filter)}`, answers[index], text.slice(0, 200));
    }
  });
});
