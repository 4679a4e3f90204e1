import assert from 'node:assert/strict';
import { type FileSystem, load, memoryFiles, type Operation, plan } from '@prosodist/core';
import fc from 'fast-check';
import { afterPlan } from '../../packages/core/test/support/patch-cases.js';
import { type MakeOperation, makeOperation } from '../patch/random-operations.js';
import { decodeSpecs } from '../patch/specs.js';
import { corpusLab, corpusTrees } from '../support/corpus.js';
import { describeWith } from '../support/needing.js';
import { type ConfigDump, type Lab, prosodyLab, type Version } from '../support/prosody.js';
import { absolute, type FileSpec } from '../support/prosody-files.js';
import { type Config, expectedAfter } from './patch-model.js';
import { type RandomTree, randomTree, shown } from './random-configuration.js';

/**
 * The fifth law of the patcher: operations made at random on configurations made at random change what the real Prosody has
 * in memory by exactly the operation. PROSODIST_CASES asks for more cases a version, PROSODIST_SEED for a seed; in a CI the
 * seed is fixed.
 */
const CASES = Number(process.env.PROSODIST_CASES ?? 250);
const seed = process.env.PROSODIST_SEED
  ? Number(process.env.PROSODIST_SEED)
  : process.env.CI
    ? 20_260_101
    : Math.floor(Math.random() * 2 ** 31);

for (const version of ['0.12', '13.0'] as const) {
  describeWith(`P5: random operations on random configurations, as Prosody ${version} reads them`, prosodyLab(version), lab => {
    it(`${CASES} of seed ${seed}`, async () => {
      const counts = { changed: 0, compared: 0 };
      await fc.assert(
        fc.asyncProperty(randomTree, makeOperation, async (tree, make) => compared(lab, version, tree, make, counts)),
        { numRuns: CASES, seed },
      );
      console.log(`      ${counts.changed} changed the tree; of ${counts.compared} the whole effect is known`);
      assert.ok(counts.changed > CASES / 20);
    }).timeout(120_000 + CASES * 60);
  });
}

for (const version of ['0.12', '13.0'] as const) {
  const lab = prosodyLab(version);
  describeWith(
    `P5 over the corpus: random operations, as Prosody ${version} reads them`,
    'missing' in corpusLab ? corpusLab : lab,
    () => {
      it(`${CASES / 2} of seed ${seed}`, async () => {
        const counts = { changed: 0, compared: 0 };
        const trees = corpusTrees(version).map(({ files, entry }) => ({ files: files as RandomTree['files'], entry, env: {} }));
        await fc.assert(
          fc.asyncProperty(fc.constantFrom(...trees), makeOperation, async (tree, make) =>
            compared(lab as Lab, version, tree, make, counts),
          ),
          { numRuns: CASES / 2, seed },
        );
        console.log(`      ${counts.changed} changed the tree; of ${counts.compared} the whole effect is known`);
      }).timeout(120_000 + CASES * 60);
    },
  );
}

async function compared(
  lab: Lab,
  version: Version,
  tree: RandomTree,
  make: MakeOperation,
  counts: { changed: number; compared: number },
) {
  const before = await lab.loadNext({ ...tree, milliseconds: 20_000 });
  if (!before.ok) return;
  const memory = decodeSpecs(tree.files);
  const files = inTheirOrder(memoryFiles(memory), before);
  const options = { prosody: version, environment: tree.env };
  const entry = absolute(tree.entry);
  const operation = make(load(files, entry, options));
  const made = plan(files, entry, [operation], options);
  if (!made.ok || made.outcomes[0]!.status === 'already') return;
  counts.changed += 1;
  const after = await lab.loadNext({ ...tree, files: afterPlan(memory, made) as Record<string, FileSpec>, milliseconds: 20_000 });
  const told = () => `${JSON.stringify(operation)}\n${shown(tree)}\n${made.files.map(file => file.after).join('\n---\n')}`;
  assert.equal(after.ok, true, `${after.err}\n${told()}`);
  const wanted = expectedAfter(before.config, operation);
  if (!wanted || !isSimple(before.config, operation)) {
    assert.deepEqual(others(after.config, operation), others(before.config, operation), told());
    return;
  }
  counts.compared += 1;
  assert.deepEqual(after.config, wanted, told());
}

/** Lists with holes and mixtures of all kinds are more than the model knows. */
function isSimple(config: Config, operation: Operation): boolean {
  if (operation.op === 'rename.host' || operation.op === 'remove.host') return !operation.refs;
  if (!('scope' in operation) || operation.op === 'set' || operation.op === 'unset') return true;
  const name = 'name' in operation ? operation.name : String(operation.path[0]);
  const scope = operation.scope === 'global' ? '*' : 'host' in operation.scope ? operation.scope.host : operation.scope.component;
  const value = config[scope]?.[name];
  return value === undefined || (Array.isArray(value) && value.every(item => typeof item === 'string'));
}

/** All that an operation on an option must not touch. */
function others(config: Config, operation: Operation): Config {
  if (!('scope' in operation)) return {};
  const rest = structuredClone(config);
  const scope = operation.scope === 'global' ? '*' : 'host' in operation.scope ? operation.scope.host : operation.scope.component;
  if (rest[scope]) delete rest[scope]['name' in operation ? operation.name : String(operation.path[0])];
  return rest;
}

function inTheirOrder(files: FileSystem, theirs: ConfigDump): FileSystem {
  return {
    ...files,
    readDirectory(path) {
      const names = theirs.folders[path];
      return names ? { ok: true, names } : files.readDirectory(path);
    },
  };
}
