import assert from 'node:assert/strict';
import { oracleCases } from '../support/cases.js';
import { describeWith } from '../support/needing.js';
import { type ConfigDump, prosodyLab } from '../support/prosody.js';
import { judgeReading, ourReading } from '../support/verdict.js';

const cases = oracleCases();

it('the fixtures of the oracle are as many as they should be, each with a name of its own', () => {
  assert.ok(cases.length >= 500, `${cases.length} cases`);
  assert.equal(new Set(cases.map(one => one.name)).size, cases.length);
  assert.ok(cases.filter(one => Object.keys(one.files).length > 2).length >= 30, 'trees');
});

for (const version of ['0.12', '13.0'] as const)
  describeWith(`our reading of the fixtures is that of Prosody ${version}`, prosodyLab(version), lab => {
    const wanted = cases.filter(one => one.versions.includes(version));
    let dumps: ConfigDump[] = [];
    before(async () => {
      dumps = await lab.loadMany(wanted);
    }).timeout(60_000);
    for (const [index, one] of wanted.entries())
      it(one.name, () => {
        const theirs = dumps[index]!;
        const { differences, unknown, syntaxLine } = judgeReading(ourReading(one, version, theirs.folders), theirs);
        assert.deepEqual(differences, []);
        if (one.unknown === null) assert.deepEqual([...unknown.keys()], [], 'unknown to us');
        else assert.ok(unknown.size > 0 || !theirs.ok, 'everything is known to us: @unknown is needless');
        assert.notEqual(syntaxLine, false, `the line of the syntax error: ${theirs.err}`);
      });
  });
