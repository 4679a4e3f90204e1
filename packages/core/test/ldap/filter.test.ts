import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { escapeFilterValue, type FilterNode, parseFilter } from '../../src/ldap/index.js';
import { filterBer } from './filter-ber.js';
import { askLibldap, itWithLibldap } from './libldap.js';

const ROWS = readFileSync(new URL('./filters.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '' && !line.startsWith('#'))
  .map(line => ({ accepted: line.startsWith('ACCEPT'), text: line.slice(8) }));

/** Filter, the text of the problem's place, where it begins, and a piece of the message. */
const PROBLEMS: [string, string, number, string][] = [
  ['', '', 0, 'empty'],
  ['   ', '   ', 0, 'empty'],
  ['(uid=alice', '(', 0, 'never closed'],
  ['(&(uid=alice)(cn=*)', '(', 0, 'never closed'],
  ['(&(uid=alice(cn=*))', '(', 2, 'never closed'],
  ['(&(a=b)(|(c=d)(e=f))', '(', 0, 'never closed'],
  ['uid=alice)', ')', 9, 'nothing opened'],
  ['(uid=alice))', ')', 11, 'nothing opened'],
  [')(a=b)', ')', 0, 'nothing opened'],
  ['(uid=alice)(cn=*)', '(cn=*)', 11, 'second filter'],
  ['(uid=alice) ', ' ', 11, 'blank or line break behind'],
  ['(uid=alice)\n', '\n', 11, 'blank or line break behind'],
  [' (uid=alice)', ' ', 0, 'blank before'],
  ['(uid=alice) x', 'x', 12, 'behind the end'],
  ['(!uid=alice)', 'uid=alice', 2, 'own parentheses'],
  ['(&uid=alice)', 'uid=alice', 2, 'own parentheses'],
  ['(&(a=b)|(c=d))', '|', 7, 'between filters'],
  ['(&(uid=alice),(cn=*))', ',', 13, 'between filters'],
  ['(!)', '!', 1, 'Nothing behind'],
  ['(!(a=b)(c=d))', '(c=d)', 7, 'only one filter'],
  ['(!(a=b) )', ' ', 7, 'blank behind'],
  ['((uid=alice))', '((', 0, 'directly behind'],
  ['&(a=b)(c=d)', '&', 0, 'no parentheses'],
  ['(AND(uid=alice)(cn=x))', 'AND', 1, 'no operator'],
  ['()', '', 1, 'Empty parentheses'],
  ['*', '*', 0, 'no "="'],
  ['(uid)', 'uid', 1, 'no "="'],
  ['(uid>1)', '>', 4, 'no operator'],
  ['(=b)', '', 1, 'missing'],
  ['(uid = alice)', ' ', 4, 'blank behind an attribute'],
  ['(u id=alice)', ' ', 2, 'blank inside an attribute'],
  ['(u_id=alice)', '_', 2, '"_" in an attribute'],
  ['(“uid”=b)', '“', 1, 'typographic quote'],
  ['(uid=b\\)', '(', 0, 'never closed'],
  ['(uid=b\\zz)', '\\z', 6, 'not an escape'],
  ['(uid=b\\2)', '\\2', 6, 'second hex digit'],
  ['uid=b\\', '\\', 5, 'lone backslash'],
  ['(uid=CORP\\alice)', '\\a', 9, 'second hex digit'],
  ['(memberOf=CN=a\\,b,DC=x)', '\\,', 14, 'not an escape'],
  ['(memberOf=CN=Jitsi Users (All),DC=x)', '(', 25, 'Unescaped'],
  ['(uid=(b))', '(', 5, 'Unescaped'],
  ['(a=b**c)', '**', 4, 'in a row'],
  ['(a>=b*)', '*', 5, 'Unescaped'],
  ['(:=x)', ':=', 1, 'Neither'],
  ['(a:x:y:=b)', 'x', 3, 'no part'],
  ['(a:r_1:=b)', 'r_1', 3, 'no matching rule'],
  ['(a=b\0)', '\0', 4, 'NUL'],
];

function show(node: FilterNode): unknown {
  switch (node.type) {
    case 'and':
    case 'or':
      return [node.type, ...node.filters.map(show)];
    case 'not':
      return ['not', show(node.filter)];
    case 'present':
      return ['present', node.attribute.text];
    case 'substrings':
      return [
        'substrings',
        node.attribute.text,
        node.initial?.value ?? null,
        node.any.map(value => value.value),
        node.final?.value ?? null,
      ];
    case 'extensible':
      return ['extensible', node.attribute?.text ?? null, node.rule?.text ?? null, node.dnAttributes, node.value.value];
    default:
      return [node.type, node.attribute.text, node.value.value];
  }
}

const TREES: [string, unknown][] = [
  ['uid=alice', ['equality', 'uid', 'alice']],
  ['( & (a=b) (!(c>=1)) )', ['and', ['equality', 'a', 'b'], ['not', ['greaterOrEqual', 'c', '1']]]],
  ['(|)', ['or']],
  ['(a<=1)', ['lessOrEqual', 'a', '1']],
  ['(a~=x)', ['approx', 'a', 'x']],
  ['(a=*)', ['present', 'a']],
  ['(a=x*y*z)', ['substrings', 'a', 'x', ['y'], 'z']],
  ['(a=*y*)', ['substrings', 'a', null, ['y'], null]],
  ['(a=J\\c3\\b6rg\\2a)', ['equality', 'a', 'Jörg*']],
  ['(memberOf=CN=a\\5c,b,DC=x)', ['equality', 'memberOf', 'CN=a\\,b,DC=x']],
  ['(memberOf:1.2.840.113556.1.4.1941:=CN=x)', ['extensible', 'memberOf', '1.2.840.113556.1.4.1941', false, 'CN=x']],
  ['(cn:dn:=x)', ['extensible', 'cn', null, true, 'x']],
  ['(:dn:2.4:=x)', ['extensible', null, '2.4', true, 'x']],
  ['(cn::=x)', ['extensible', 'cn', null, false, 'x']],
];

describe('parseFilter', () => {
  for (const { accepted, text } of ROWS)
    it(`${accepted ? 'takes' : 'refuses'} ${text}`, () => assert.equal(parseFilter(text).ok, accepted));

  itWithLibldap('filters.txt is what libldap says today', () => {
    const answers = askLibldap(
      'filter',
      ROWS.map(row => row.text),
    );
    assert.deepEqual(
      answers.map(answer => answer !== '-'),
      ROWS.map(row => row.accepted),
    );
  });

  for (const [text, culprit, start, message] of PROBLEMS) {
    it(`places the problem of ${JSON.stringify(text)}`, () => {
      const read = parseFilter(text);
      assert.ok(!read.ok);
      assert.deepEqual(
        [text.slice(read.problem.start, read.problem.end), read.problem.start],
        [culprit, start],
        read.problem.message,
      );
      assert.ok(read.problem.message.includes(message), read.problem.message);
      assert.notEqual(read.problem.help, '');
    });
  }

  for (const [text, tree] of TREES) {
    it(`reads ${text}`, () => {
      const read = parseFilter(text);
      assert.ok(read.ok);
      assert.deepEqual(show(read.filter), tree);
      assert.deepEqual([read.filter.start, read.filter.end], [0, text.length]);
    });
  }

  it('gives every node its place', () => {
    const text = '(&(a=b) (!(cn:dn:=x)))';
    const read = parseFilter(text);
    assert.ok(read.ok && read.filter.type === 'and');
    const [first, second] = read.filter.filters;
    assert.ok(first?.type === 'equality' && second?.type === 'not' && second.filter.type === 'extensible');
    const places = [first, first.attribute, first.value, second, second.filter, second.filter.value];
    assert.deepEqual(
      places.map(place => text.slice(place.start, place.end)),
      ['(a=b)', 'a', 'b', '(!(cn:dn:=x))', '(cn:dn:=x)', 'x'],
    );
  });

  it('refuses more than 1000 levels, and does not overflow on 100000', () => {
    const nested = (levels: number): string => `${'(!'.repeat(levels)}(a=b)${')'.repeat(levels)}`;
    assert.equal(parseFilter(nested(999)).ok, true);
    assert.equal(parseFilter(nested(1000)).ok, false);
    assert.equal(parseFilter(nested(100_000)).ok, false);
    assert.equal(parseFilter('('.repeat(100_000)).ok, false);
  });

  it('escapes values', () => {
    assert.equal(escapeFilterValue('a*(b)\\\0ö'), 'a\\2a\\28b\\29\\5c\\00ö');
    const read = parseFilter(`(a=${escapeFilterValue('*(x)\\')})`);
    assert.ok(read.ok && read.filter.type === 'equality');
    assert.equal(read.filter.value.value, '*(x)\\');
    assert.equal(Buffer.from(filterBer(read.filter)).toString('hex'), `a30a0401610405${Buffer.from('*(x)\\').toString('hex')}`);
  });
});
