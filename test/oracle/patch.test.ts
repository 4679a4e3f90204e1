import assert from 'node:assert/strict';
import { dumpSections, type Json, load, memoryFiles, toJson } from '@prosodist/core';
import { ENTRY, type PatchCase, patchCases, resultOf, type Spec, treeOf } from '../../packages/core/test/support/patch-cases.js';
import { describeWith } from '../support/needing.js';
import { configText } from '../support/ours.js';
import { type ConfigDump, prosodyLab } from '../support/prosody.js';
import { type Config, expectedAfter } from './patch-model.js';

/**
 * The acceptance cases of the patcher, read by the real Prosody before and after: what it has in memory has changed by
 * exactly the operation. What the operation means is said by a model that looks at no text; where the operation alone does
 * not say it (a file that comes in, a comment that becomes a statement), our own reading of the tree is held against
 * Prosody's.
 */
for (const version of ['0.12', '13.0'] as const) {
  describeWith(`patched trees, as Prosody ${version} reads them`, prosodyLab(version), lab => {
    const cases = patchCases().filter(one => one.versions.includes(version) && !one.oursOnly);
    const results = cases.map(one => resultOf(one, version));
    let olds: ConfigDump[] = [];
    let youngs: ConfigDump[] = [];
    let modelled = 0;

    before(async () => {
      olds = await lab.loadMany(cases.map(({ files }) => ({ files, entry: 'prosody.cfg.lua' })));
      youngs = await lab.loadMany(
        cases.map((one, index) => ({ files: patched(one, results[index]!.expected), entry: 'prosody.cfg.lua' })),
      );
    }).timeout(120_000);

    for (const [index, one] of cases.entries()) {
      it(`${one.id} ${one.title}`, () => {
        const [old, young] = [olds[index]!, youngs[index]!];
        if (one.outcome.startsWith('refused')) {
          assert.deepEqual(young.config, old.config);
          return;
        }
        assert.equal(young.ok, true, young.err ?? '');
        assert.equal(old.ok, true, old.err ?? '');
        const wanted = model(one, old.config);
        if (wanted) {
          modelled += 1;
          assert.deepEqual(inAnyOrder(young.config, one), inAnyOrder(wanted, one));
        }
        const { outcome } = one;
        if (outcome === 'already') assert.equal(young.text, old.text);
        const ours = load(memoryFiles(treeOf(patched(one, results[index]!.expected))), ENTRY, { prosody: version });
        assert.equal(toJson(dumpSections(ours) as Json), configText(young.text));
      });
    }

    it('most operations say by themselves what they change', () => assert.ok(modelled > 150, `${modelled}`));
  });
}

function model({ operations }: PatchCase, config: Config): Config | undefined {
  let current: Config | undefined = config;
  for (const operation of operations) current = current && expectedAfter(current, operation);
  return current;
}

/** What an operation does not say: where a commented entry stands in its list, and whether an empty list stays. */
function inAnyOrder(config: Config, { operations }: PatchCase): Config {
  const sorted = structuredClone(config);
  for (const operation of operations) {
    // whether a list goes with its last entry depends on the comments in it
    if (operation.op === 'list.remove' && operation.dropEmpty)
      for (const options of Object.values(sorted))
        if (JSON.stringify(options[operation.name]) === '[]') delete options[operation.name];
    if (operation.op !== 'list.add' || !operation.reuseDisabled) continue;
    for (const { [operation.name]: list } of Object.values(sorted)) if (Array.isArray(list)) list.sort();
  }
  return sorted;
}

/** The files of a case after what is expected of it. */
function patched({ files }: PatchCase, expected: PatchCase['expected']): Record<string, Spec> {
  const after: Record<string, Spec> = { ...files };
  for (const [path, content] of Object.entries(expected)) {
    if (content === null) delete after[path];
    else after[path] = content.startsWith('-> ') ? { link: content.slice(3) } : content;
  }
  return after;
}
