import assert from 'node:assert/strict';
import { parseDn } from '../../src/ldap/index.js';
import { askLibldap, itWithLibldap, mutate, pick, seeded } from './libldap.js';

const ATTRIBUTES = [
  'CN',
  'OU',
  'DC',
  'cn;x',
  'cn;lang-de;',
  'a-b',
  '2.5.4.3',
  '1',
  '01.2',
  '1.',
  '1..2',
  'u_id',
  '',
  'oid.1.2',
  'Ä',
  'a b',
  '“CN',
];
const VALUES = [
  'corp',
  'x y',
  '',
  ' ',
  'a\\,b',
  'a\\2cb',
  'a\\ ',
  'a\\\\ ',
  'a  ',
  '"q,r"',
  '"q\\2c\\"" ',
  '"q"x',
  '"q',
  '#0403',
  '#04 x',
  '#0',
  '#',
  '\\#x',
  'a#b',
  'a=b',
  'a"b',
  'a<b',
  'a>b',
  'Jörg',
  'J\\c3\\b6rg',
  '\\ff',
  '\\00',
  'a\\zb',
  'a\\',
  '\t',
  'x\r',
  '😀',
  '“x”',
];
const SEPARATORS = [',', ',', ',', ', ', ' , ', ';', '+', ',\n', ',,', ''];
const ALPHABET = [...',;+="\\<># \t\r\nab2F.-_ö“'];

function cases(count: number): string[] {
  const random = seeded(4514);
  const texts: string[] = [''];
  while (texts.length < count) {
    let text = random(8) === 0 ? ' ' : '';
    for (let parts = 1 + random(4); parts > 0; parts--) {
      const plain = random(4) > 0;
      text += plain ? ATTRIBUTES[random(7)]! : pick(random, ATTRIBUTES);
      text += pick(random, ['=', '=', '=', ' = ', '= ', random(20) === 0 ? '' : '=']);
      text += plain ? VALUES[random(10)]! : pick(random, VALUES);
      if (parts > 1 || random(12) === 0) text += pick(random, SEPARATORS);
    }
    texts.push(random(3) === 0 ? mutate(random, text, ALPHABET) : text);
  }
  return texts;
}

describe('parseDn against the real libldap', () => {
  itWithLibldap('10,000 generated DNs: the same verdict, names and values', () => {
    const texts = cases(10_000);
    const answers = askLibldap('dn', texts);
    const accepted = answers.filter(answer => answer !== '-').length;
    assert.ok(accepted > 2000 && accepted < 9000, `${accepted} of ${texts.length} accepted: the cases are too one-sided`);
    texts.forEach((text, index) => {
      const read = parseDn(text);
      const pairs = read.ok
        ? JSON.stringify(
            read.rdns.map(rdn =>
              rdn.pairs.map(pair => [
                Buffer.from(pair.attribute).toString('hex'),
                Buffer.from(pair.bytes).toString('hex'),
                pair.form === 'hex',
              ]),
            ),
          )
        : '-';
      assert.equal(pairs, answers[index], JSON.stringify(text));
    });
  });
});
