import assert from 'node:assert/strict';
import { checkLdap2Filter, parseFilter } from '../../src/ldap/index.js';
import { filterBer } from './filter-ber.js';
import { askLibldap, itWithLibldap, mutate, pick, seeded } from './libldap.js';

const ATTRIBUTES = [
  'a',
  'cn',
  'sAMAccountName',
  'memberOf',
  '2.5.4.3',
  '1',
  '01.2',
  'cn;binary',
  'cn;lang-de;x',
  'a-b',
  'u_id',
  '',
  ' a',
  'a ',
  '1.',
  'a;',
  '(a',
  'Ä',
  'AND',
];
const OPERATORS = [
  '=',
  '=',
  '=',
  '>=',
  '<=',
  '~=',
  ':=',
  ':dn:=',
  ':caseExactMatch:=',
  ':dn:2.4.6:=',
  '::=',
  ':dn::=',
  ':x:y:=',
  '>',
  '==',
  ' = ',
];
const VALUES = [
  'b',
  '*',
  'x*y',
  '*x',
  'x*',
  'a*b*c',
  '**',
  'a**b',
  '',
  ' b',
  'b ',
  '\\2a',
  '\\5c,',
  '\\,',
  '\\(',
  '\\)',
  '\\\\',
  '\\*',
  '\\2',
  '\\zz',
  'Jörg',
  'J\\c3\\b6rg',
  '(x)',
  ')',
  '(',
  '“q”',
  '%s',
  '$user',
  'CN=a,DC=b',
  '\\00',
  '\t',
  '\n',
  '😀',
  '=',
  'x=y',
  '"q"',
];
const ALPHABET = [...'()&|!=*\\ab2:;.<>~ \t\n\r-_,ö“'];

function item(random: (below: number) => number): string {
  const plain = random(3) > 0;
  const attribute = plain ? ATTRIBUTES[random(10)]! : pick(random, ATTRIBUTES);
  const operator = plain ? OPERATORS[random(10)]! : pick(random, OPERATORS);
  return attribute + operator + (plain ? VALUES[random(5)]! : pick(random, VALUES));
}

function filter(random: (below: number) => number, depth: number): string {
  const blank = (): string => (random(6) === 0 ? pick(random, [' ', '  ', '\t', '\n']) : '');
  const kind = depth > 3 ? 0 : random(8);
  if (kind < 4) return `(${blank()}${item(random)})`;
  const sign = kind < 6 ? '&' : kind < 7 ? '|' : '!';
  let parts = '';
  for (let count = sign === '!' ? 1 : random(4); count > 0; count--) parts += blank() + filter(random, depth + 1);
  return `(${blank()}${sign}${parts}${blank()})`;
}

function cases(count: number): string[] {
  const random = seeded(20240607);
  const texts: string[] = [];
  while (texts.length < count) {
    const kind = random(5);
    let text = kind === 0 ? item(random) : filter(random, 0);
    if (kind >= 3) text = mutate(random, text, ALPHABET);
    // The two texts that libldap takes without sending a filter (see parseFilter).
    if (text !== '' && text !== ' ') texts.push(text);
  }
  return texts;
}

describe('parseFilter against the real libldap', () => {
  itWithLibldap('10,000 generated filters: the same verdict and the same bytes on the wire', () => {
    const texts = cases(10_000);
    const answers = askLibldap('filter', texts);
    assert.equal(answers.length, texts.length);
    const accepted = answers.filter(answer => answer !== '-').length;
    assert.ok(accepted > 2000 && accepted < 9000, `${accepted} of ${texts.length} accepted: the cases are too one-sided`);
    texts.forEach((text, index) => {
      const read = parseFilter(text);
      const ours = read.ok ? `=${Buffer.from(filterBer(read.filter)).toString('hex')}` : '-';
      assert.equal(ours, answers[index], JSON.stringify(text));
    });
  });

  itWithLibldap('the verdict of checkLdap2Filter is that on the combined filter', () => {
    const texts = cases(2000).map(text => text.replace(/^\(|\)$/g, all => (text.length % 3 === 0 ? '' : all)));
    const results = texts.map(checkLdap2Filter);
    const answers = askLibldap(
      'filter',
      results.map(result => result.combined),
    );
    texts.forEach((text, index) => {
      const result = results[index]!;
      assert.equal(result.ok, answers[index] !== '-', JSON.stringify(text));
      if (!result.ok)
        assert.ok(
          result.problem.start >= 0 && result.problem.start <= result.problem.end && result.problem.end <= text.length,
          JSON.stringify(text),
        );
    });
  });
});
