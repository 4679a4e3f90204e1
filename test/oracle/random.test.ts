import { dumpSections, type FileSystem, type Json, load, toJson } from '@prosodist/core';
import fc from 'fast-check';
import { describeWith } from '../support/needing.js';
import { asFileSystem, configText } from '../support/ours.js';
import { type ConfigDump, type Lab, prosodyLab, type Version } from '../support/prosody.js';
import { absolute } from '../support/prosody-files.js';
import { type RandomTree, randomTree, shown } from './random-configuration.js';
import { differences } from './random-verdict.js';

/**
 * Configurations made at random, read by us and by the real Prosody. PROSODIST_CASES asks for more of them a version, and
 * PROSODIST_SEED for the seed that a failed run has printed. In a CI the seed is fixed: a change is judged by what it changes,
 * and new differences are looked for on developers' machines.
 */
const CASES = Number(process.env.PROSODIST_CASES ?? 1500);
const SEEDS = process.env.PROSODIST_SEED
  ? [Number(process.env.PROSODIST_SEED)]
  : [20_260_101, ...(process.env.CI ? [] : [Math.floor(Math.random() * 2 ** 31)])];

for (const version of ['0.12', '13.0'] as const) {
  describeWith(`random configurations, as Prosody ${version} reads them`, prosodyLab(version), lab => {
    for (const seed of SEEDS) {
      it(`${Math.ceil(CASES / SEEDS.length)} of seed ${seed}`, async () => {
        const property = fc.asyncProperty(randomTree, async tree => (await compared(lab, version, tree)).length === 0);
        const found = await fc.check(property, { numRuns: Math.ceil(CASES / SEEDS.length), seed });
        if (!found.failed) return;
        const [tree] = found.counterexample!;
        const said = await compared(lab, version, tree);
        throw new Error(
          `Prosody ${version} and we differ (PROSODIST_SEED=${seed}):\n${shown(tree)}\n${said.join('\n') || found.errorInstance}`,
        );
      }).timeout(120_000 + CASES * 40);
    }
  });
}

async function compared(lab: Lab, version: Version, tree: RandomTree): Promise<string[]> {
  const theirs = await lab.loadNext({ ...tree, milliseconds: 20_000 });
  const files = inTheirOrder(asFileSystem(tree.files), theirs);
  const ours = load(files, absolute(tree.entry), { prosody: version, environment: tree.env });
  const config = ours.ok ? (toJson(dumpSections(ours) as Json) as string) : '';
  return differences(ours, config, theirs, theirs.ok ? configText(theirs.text) : '');
}

/** Folders list their names in the order in which Prosody's machine did. */
function inTheirOrder(files: FileSystem, theirs: ConfigDump): FileSystem {
  return {
    ...files,
    readDirectory(path) {
      const names = theirs.folders[path];
      return names ? { ok: true, names } : files.readDirectory(path);
    },
  };
}
