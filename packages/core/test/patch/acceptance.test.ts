import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { memoryFiles, type Operation, parse, plan } from '../../src/index.js';
import { afterPlan, ENTRY, type PatchCase, patchCases, resultOf, treeOf } from '../support/patch-cases.js';
import { REPORT, recordCases, report } from '../support/patch-record.js';

/** The operations that people's scripts do today (A01 to A46), each with the traps that these scripts fall into. */

if (process.env.PROSODIST_RECORD) {
  recordCases();
  writeFileSync(REPORT, report(patchCases()));
}
const cases = patchCases();
const KINDS = ['one line', 'many lines', 'comments', 'trap'];

describe('acceptance of the patcher', () => {
  it('every operation has its cases: one line, many lines, comments, traps', () => {
    const missing = Array.from({ length: 46 }, (_, index) => `A${String(index + 1).padStart(2, '0')}`).flatMap(id =>
      KINDS.filter(kind => !cases.some(one => one.id === id && one.title.startsWith(kind))).map(kind => `${id} ${kind}`),
    );
    assert.deepEqual(missing, []);
    const names = cases.map(one => `${one.id} ${one.title}`);
    assert.equal(new Set(names).size, names.length);
  });

  it('every operation and every refusal occurs', () => {
    const operations = new Set(cases.flatMap(one => one.operations.map(operation => operation.op)));
    const known: Record<Exclude<Operation['op'], 'add.ldap2' | 'migrate.ldap'>, true> = {
      set: true,
      unset: true,
      'list.add': true,
      'list.remove': true,
      'list.set': true,
      'table.set': true,
      'table.unset': true,
      'table.match': true,
      'ensure.host': true,
      'ensure.component': true,
      'remove.host': true,
      'rename.host': true,
      'component.module': true,
      'ensure.include': true,
      'enable.file': true,
      'disable.file': true,
      comment: true,
      uncomment: true,
      'ensure.file': true,
    };
    assert.deepEqual([...operations].sort(), Object.keys(known).sort());
    const codes = new Set(cases.flatMap(one => /^refused (\S+)/.exec(one.outcome)?.[1] ?? []));
    for (const code of 'dynamic computed-value ambiguous ambiguous-file parse-error wrong-kind not-found scope-conflict placeholder exists'.split(
      ' ',
    ))
      assert.ok(codes.has(code), code);
  });

  it('the report in docs/operations.md is that of the cases (PROSODIST_RECORD=1 writes it)', () =>
    assert.equal(readFileSync(REPORT, 'utf8'), report(cases)));

  for (const one of cases) {
    it(`${one.id} ${one.title}`, () => {
      const { outcome, expected, plan: made } = resultOf(one);
      assert.equal(outcome, one.outcome);
      assert.deepEqual(expected, one.expected);
      if (!made.ok) {
        // a refusal is an answer: a place, a reason, and nothing to write
        const last = made.outcomes.at(-1)!;
        assert.ok(last.at.length > 0 && last.why.length > 10 && last.code !== undefined);
        assert.deepEqual([made.files, made.links, made.removes], [[], [], []]);
      }
      assert.deepEqual(again(one, made), made.ok ? 'already' : 'refused');
      for (const { file, before, after } of made.files)
        assert.ok(
          parse(after).problems.length <= (before === null ? 0 : parse(before).problems.length),
          `${file} does not parse`,
        );
    });
  }
});

/** What the same operations say of the tree that they have made. */
function again(one: PatchCase, made: ReturnType<typeof resultOf>['plan']): string {
  const tree = afterPlan(treeOf(one.files), made);
  const second = plan(memoryFiles(tree), ENTRY, one.operations, { prosody: '13.0' });
  if (!second.ok) return 'refused';
  // operations that undo each other do so each time
  const oscillates = one.title.includes('there and back again');
  return oscillates || (second.files.length === 0 && second.outcomes.every(outcome => outcome.status === 'already'))
    ? 'already'
    : 'changed';
}
