import assert from 'node:assert/strict';
import {
  applyEdits,
  compare,
  effective,
  GLOBAL,
  load,
  type MemoryFile,
  memoryFiles,
  type Operation,
  type Plan,
  parse,
  plan,
  print,
} from '@prosodist/core';
import fc from 'fast-check';
import { afterPlan, patchCases, treeOf } from '../../packages/core/test/support/patch-cases.js';
import { randomTree } from '../oracle/random-configuration.js';
import { corpusFiles, corpusFolders, corpusLab } from '../support/corpus.js';
import { describeWith } from '../support/needing.js';
import { absolute } from '../support/prosody-files.js';
import { exampleTree, fixtureTrees } from '../support/trees.js';
import { type MakeOperation, makeOperation } from './random-operations.js';
import { decodeSpecs } from './specs.js';

/**
 * The laws of the patcher, P0 to P8, for operations made at random: over the repository's trees, over configurations made at
 * random, and over the corpus. In a CI the seed is fixed; PROSODIST_CASES asks for more cases, PROSODIST_SEED for the seed
 * that a failed run has printed.
 */
interface Ground {
  readonly name: string;
  readonly files: Readonly<Record<string, MemoryFile>>;
  readonly entry: string;
}

const CASES = Number(process.env.PROSODIST_CASES ?? 250);
const seed = process.env.PROSODIST_SEED
  ? Number(process.env.PROSODIST_SEED)
  : process.env.CI
    ? 20_260_101
    : Math.floor(Math.random() * 2 ** 31);

const repository: Ground[] = [
  ...[exampleTree(), ...fixtureTrees()].map(({ name, files, entry }) => ({
    name,
    files: decodeSpecs(files),
    entry: absolute(entry),
  })),
  ...patchCases().map(one => ({ name: `${one.id} ${one.title}`, files: treeOf(one.files), entry: absolute('prosody.cfg.lua') })),
];
const random: fc.Arbitrary<Ground> = randomTree.map(({ files, entry }) => ({
  name: 'random',
  files: decodeSpecs(files),
  entry: absolute(entry),
}));

describe('laws of the patcher', () => {
  lawsOver('the trees of the repository', fc.constantFrom(...repository), CASES * 3);
  lawsOver('configurations made at random', random, CASES * 3);
});

describeWith('laws of the patcher over the corpus', corpusLab, () => {
  const corpus = [...corpusFiles('13.0', true), ...corpusFolders('13.0', true)].map(({ name, files, entry }) => ({
    name,
    files: decodeSpecs(files),
    entry: absolute(entry),
  }));
  lawsOver('the corpus', fc.constantFrom(...corpus), CASES);
});

function lawsOver(what: string, grounds: fc.Arbitrary<Ground>, numRuns: number): void {
  const shaped = fc
    .tuple(grounds, fc.constantFrom('as it is', 'CRLF', 'no line end'))
    .map(([ground, shape]) => reshape(ground, shape));
  const check = (property: fc.IRawProperty<unknown>) => fc.assert(property, { numRuns, seed, endOnFailure: true });

  it(`P1, P3, P4, P7, P8: idempotent, local, still Lua, line ends kept, refusals write nothing: ${what}`, () => {
    check(fc.property(shaped, makeOperation, (ground, make) => holdsFor(ground, make)));
  }).timeout(300_000);

  it(`P2: what is taken back leaves the bytes as they were: ${what}`, () => {
    check(fc.property(shaped, makeOperation, (ground, make) => takenBack(ground, make)));
  }).timeout(300_000);

  it(`P6: independent operations commute: ${what}`, () => {
    check(fc.property(shaped, makeOperation, makeOperation, (ground, one, other) => commutes(ground, one, other)));
  }).timeout(300_000);
}

function reshape({ name, files, entry }: Ground, shape: string): Ground {
  const change = (text: string) => {
    if (shape === 'CRLF') return text.replace(/\r?\n/g, '\r\n');
    return shape === 'no line end' ? text.replace(/\n+$/, '') : text;
  };
  return {
    name: `${name}, ${shape}`,
    entry,
    files: Object.fromEntries(
      Object.entries(files).map(([path, file]) => [path, typeof file === 'string' ? change(file) : file]),
    ),
  };
}

function planned(ground: Ground, operations: readonly Operation[]): Plan {
  return plan(memoryFiles(ground.files), ground.entry, operations);
}

function holdsFor(ground: Ground, make: MakeOperation): void {
  const operation = make(load(memoryFiles(ground.files), ground.entry));
  const made = planned(ground, [operation]);
  const shown = () =>
    `${ground.name}: ${JSON.stringify(operation)}\n${JSON.stringify(
      made.files.map(file => [file.before, file.after]),
      null,
      1,
    )}`;
  const [outcome] = made.outcomes;
  if (!made.ok) {
    assert.ok(outcome!.at.length > 0 && outcome!.why !== '' && outcome!.code, shown());
    assert.deepEqual([made.files, made.links, made.removes], [[], [], []], shown());
    return;
  }
  if (outcome!.status === 'already') assert.deepEqual([made.files, made.links, made.removes], [[], [], []], shown());
  const again = planned({ ...ground, files: afterPlan(ground.files, made) }, [operation]);
  assert.deepEqual([again.files, again.outcomes[0]!.status], [[], 'already'], shown());
  for (const { before, after, edits } of made.files) {
    if (before === null) continue;
    assert.equal(applyEdits(before, edits), after);
    const [old, young] = [parse(before), parse(after)];
    assert.equal(print(young), after);
    assert.ok(young.problems.length <= old.problems.length, shown());
    if (old.problems.length === 0 && !old.template) commentsStay(operation, comments(before), comments(after), shown);
    if (before.includes('\n') && !/(?<!\r)\n/.test(before)) assert.ok(!/(?<!\r)\n/.test(after), shown());
    if (!/\r/.test(before)) assert.ok(!/\r/.test(after), shown());
    if (before !== '' && after !== '') assert.equal(after.endsWith('\n'), before.endsWith('\n'), shown());
  }
}

function comments(text: string): string[] {
  return parse(text).comments.map(({ start, end }) => text.slice(start, end));
}

/** Nothing takes a comment away that it does not own, and nothing writes one that is not asked for. */
function commentsStay(operation: Operation, before: string[], after: string[], shown: () => string): void {
  const { op } = operation;
  const [lost, added] = [without(before, after), without(after, before)];
  const asked = 'comment' in operation && operation.comment !== undefined;
  const comment =
    op === 'comment' || op === 'uncomment' || ('mode' in operation && operation.mode === 'comment') || op === 'remove.host';
  if (comment) return;
  assert.ok(added.length === 0 || (asked && added.every(text => text.includes('a remark'))), `${shown()}\nadded: ${added}`);
  // inside a value that is replaced, and with what is deleted, comments may go
  if (['list.add', 'ensure.host', 'ensure.component', 'component.module', 'rename.host'].includes(op))
    assert.deepEqual(lost, [], shown());
}

function without(all: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return all.filter(text => {
    const at = rest.indexOf(text);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

/** The operation that takes another one back, where there is one. */
function inverse(ground: Ground, operation: Operation): Operation | undefined {
  const configuration = load(memoryFiles(ground.files), ground.entry);
  const scope = 'scope' in operation ? operation.scope : 'global';
  const section = scope === 'global' ? GLOBAL : 'host' in scope ? scope.host : scope.component;
  const option = 'name' in operation ? configuration.sections.get(section)?.options.get(operation.name) : undefined;
  const source = ({ file, start, end }: { file: string; start: number; end: number }) =>
    configuration.documents.get(file)!.text.slice(start, end);
  switch (operation.op) {
    case 'set':
      if (configuration.settings.some(setting => setting.scope === section && setting.name === operation.name)) {
        if (!option) return undefined;
        return { ...operation, value: { raw: source(option.setting.valueOrigin) } };
      }
      return { op: 'unset', scope, name: operation.name };
    case 'list.add': {
      // an empty list gets blanks that nobody can tell from its own
      const filled = option?.value.kind === 'table' && option.value.table.entries.size > 0;
      if (!filled || option.setting.form === 'append') return option ? undefined : { op: 'unset', scope, name: operation.name };
      return { op: 'list.remove', scope, name: operation.name, items: operation.items };
    }
    case 'table.set': {
      const whole = effective(configuration, section, String(operation.path[0]));
      if (configuration.settings.some(setting => setting.scope === section && setting.name === operation.path[0]) !== !!whole)
        return undefined;
      if (!whole || whole.inherited) return { op: 'unset', scope, name: String(operation.path[0]) };
      const filled = whole.value.kind === 'table' && whole.value.table.entries.size > 0;
      const there = whole.value.kind === 'table' && whole.value.table.entries.has(operation.path[1]!);
      return filled && !there ? { op: 'table.unset', scope, path: operation.path } : undefined;
    }
    case 'comment': {
      const often = configuration.settings.filter(setting => setting.scope === section && setting.name === operation.name).length;
      return often === 1 ? { op: 'uncomment', scope, name: operation.name } : undefined;
    }
    case 'ensure.host':
    case 'ensure.component':
      return configuration.sections.has(operation.host) ? undefined : { op: 'remove.host', host: operation.host };
    default:
      return undefined;
  }
}

function takenBack(ground: Ground, make: MakeOperation): void {
  const operation = make(load(memoryFiles(ground.files), ground.entry));
  const back = inverse(ground, operation);
  const made = planned(ground, [operation]);
  if (!back || !made.ok || made.outcomes[0]!.status !== 'changed') return;
  // of a file that is nothing but blank lines, nobody can tell which ones were there
  if (made.files.some(({ before }) => before !== null && before.trim() === '')) return;
  const returned = planned({ ...ground, files: afterPlan(ground.files, made) }, [back]);
  // a value that is no expression of one line cannot be given back, two commented statements cannot be told apart
  if (!returned.ok && /wrong-kind|ambiguous|dynamic|computed-value/.test(returned.outcomes.at(-1)!.code ?? '')) return;
  const shown = () => `${ground.name}: ${JSON.stringify([operation, back])}\n${JSON.stringify(returned.outcomes)}`;
  assert.ok(returned.ok, shown());
  for (const { file, before } of made.files) {
    const end = returned.files.find(other => other.file === file)?.after ?? made.files.find(other => other.file === file)!.after;
    // the blanks in an empty table are nobody's
    const plain = (text: string | null) => text?.replace(/\{[ \t]*\}/g, '{ }');
    assert.equal(plain(end), plain(before), shown());
  }
}

/** Two operations on different options, in either order. */
function commutes(ground: Ground, makeOne: MakeOperation, makeOther: MakeOperation): void {
  const configuration = load(memoryFiles(ground.files), ground.entry);
  const [one, other] = [makeOne(configuration), makeOther(configuration)];
  if (!independent(one, other)) return;
  const [there, back] = [planned(ground, [one, other]), planned(ground, [other, one])];
  const shown = () => `${ground.name}: ${JSON.stringify([one, other])}\n${JSON.stringify([there.outcomes, back.outcomes])}`;
  if (!there.ok || !back.ok) return;
  const [a, b, same] = [there, back, back].map(made => load(memoryFiles(afterPlan(ground.files, made)), ground.entry));
  const told = (changes: ReturnType<typeof compare>) =>
    changes.flatMap(({ scope, options }) =>
      options.filter(({ kind }) => kind !== 'uncertain').map(({ name }) => `${scope} ${name}`),
    );
  // what is not known differs from itself
  const unknown = told(compare(b!, same!));
  assert.deepEqual(
    told(compare(a!, b!)).filter(name => !unknown.includes(name)),
    [],
    shown(),
  );
}

function independent(one: Operation, other: Operation): boolean {
  const names = [one, other].map(operation => {
    if ('name' in operation && 'scope' in operation) return `${JSON.stringify(operation.scope)} ${operation.name}`;
    return 'path' in operation ? `${JSON.stringify(operation.scope)} ${operation.path[0]}` : undefined;
  });
  return names[0] !== undefined && names[1] !== undefined && names[0] !== names[1];
}
