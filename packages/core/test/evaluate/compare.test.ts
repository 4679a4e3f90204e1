import assert from 'node:assert/strict';
import { compare, load, memoryFiles } from '../../src/index.js';

/** What of an option changes between two configurations of one line each. */
function change(before: string, after: string): string {
  const read = (text: string) => load(memoryFiles({ '/p.cfg.lua': text }), '/p.cfg.lua');
  const changes = compare(read(before), read(after)).flatMap(({ options }) => options.map(({ name, kind }) => `${name} ${kind}`));
  return changes.join();
}

const CASES: readonly (readonly [before: string, after: string, expected: string])[] = [
  ['x = 1', 'x = 1 -- moved', ''],
  ['x = 1', 'x = 2', 'x changed'],
  ['x = 1', 'x = 1.0', 'x changed'],
  ['x = 1', '', 'x removed'],
  ['', 'x = 1', 'x added'],
  ['x = { "a"; y = { 1 } }', 'x = { "a"; y = { 1 } }', ''],
  ['x = { "a"; y = { 1 } }', 'x = { "a"; y = { 2 } }', 'x changed'],
  // one unknown thing is what it was; of another nobody can say
  ['x = ENV_A', 'x = ENV_A', ''],
  ['x = ENV_A', 'x = ENV_B', 'x uncertain'],
  ['x = ENV_A', 'x = 1', 'x uncertain'],
  ['x = { "a", ENV_A }', 'x = { "a", ENV_A }', ''],
  ['x = { "a", ENV_A }', 'x = { "a", ENV_B }', 'x uncertain'],
  // what is known decides
  ['x = { "a", ENV_A }', 'x = { "b", ENV_A }', 'x changed'],
  ['x = { "a", ENV_A }', 'x = "a"', 'x changed'],
  // functions cannot be compared; the same text makes two of them
  ['x = function() return 1 end', 'x = function() return 1 end', ''],
  ['x = { f = function() end }', 'x = { f = function() end }', ''],
  ['x = {} x.me = x', 'x = {} x.me = x', ''],
  ['local t = {} t.me = t x = t', 'local t = {} t.me = t x = t', ''],
  ['local t = {} t.me = t t.a = 1 x = t', 'local t = {} t.me = t t.a = 2 x = t', 'x changed'],
];

describe('what changes between two readings', () => {
  for (const [before, after, expected] of CASES)
    it(`${before || 'nothing'} → ${after || 'nothing'}: ${expected || 'nothing'}`, () =>
      assert.equal(change(before, after), expected));
});
