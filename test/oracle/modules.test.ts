import assert from 'node:assert/strict';
import { oracleCases } from '../support/cases.js';
import { corpusLab, corpusTrees } from '../support/corpus.js';
import { compareModules, type Figures } from '../support/module-verdict.js';
import { describeWith } from '../support/needing.js';
import { prosodyLab } from '../support/prosody.js';
import { exampleTree, fixtureTrees } from '../support/trees.js';

for (const version of ['0.12', '13.0'] as const) {
  describeWith(`the modules of each host are those of Prosody ${version}`, prosodyLab(version), lab => {
    const figures: Figures = { equal: 0, unknown: 0, failing: 0 };
    for (const tree of [exampleTree(), ...fixtureTrees()]) it(tree.name, () => compareModules(lab, tree, figures));
    it("Debian's own /etc/prosody", () => compareModules(lab, { files: lab.stockTree(), entry: 'prosody.cfg.lua' }, figures));
    for (const one of oracleCases().filter(({ versions }) => versions.includes(version)))
      it(one.name, () => compareModules(lab, one, figures));
    it('of all of these none is unknown', () => {
      assert.equal(figures.unknown, 0);
      assert.ok(figures.equal >= 150 && figures.failing >= 5, JSON.stringify(figures));
    });
  });

  describeWith(`the modules of the corpus are those of Prosody ${version}`, corpusLab, () => {
    describeWith(`Prosody ${version}`, prosodyLab(version), lab => {
      const figures: Figures = { equal: 0, unknown: 0, failing: 0 };
      for (const tree of corpusTrees(version)) it(tree.name, () => compareModules(lab, tree, figures));
      after(() => console.log(`      the corpus of ${version}, hosts: ${JSON.stringify(figures)}`));
    });
  });
}
