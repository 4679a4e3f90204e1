import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { type PatchCase, patchCases } from '../../packages/core/test/support/patch-cases.js';
import { REPORT as OPERATIONS_PAGE } from '../../packages/core/test/support/patch-record.js';
import { judge, VERDICTS, type Verdict } from '../installers/judge.js';
import { REPORT, type Row, report, workOf } from '../installers/report.js';
import { type Installer, installers, runInstaller } from '../installers/run.js';
import { describeWith } from '../support/needing.js';
import { type Files, type Lab, prosodyLab } from '../support/prosody.js';

/**
 * What installers do today, on the trees of the acceptance cases, as both real Prosodys read it. docs/installers.md is the
 * report; PROSODIST_RECORD=1 writes it.
 */
describeWith('the commands of installers', bothLabs(), ({ labs }) => {
  const known = installers();
  const cases = patchCases().filter(one => !one.oursOnly);
  let rows: Row[] = [];

  before(async () => {
    rows = [];
    for (const installer of known) {
      const own = installer.script === '' ? [] : cases.filter(({ id }) => id === installer.row);
      const verdicts: { title: string; verdict: Verdict }[] = [];
      for (const one of own) verdicts.push({ title: one.title, verdict: await verdictOf(labs, installer, one) });
      rows.push({ installer, verdicts });
    }
  }).timeout(300_000);

  it('every row of the acceptance table has its installer, or says that there is none', () => {
    const wanted = [...new Set(patchCases().map(({ id }) => id))].sort();
    assert.deepEqual([...new Set(known.map(({ row }) => row))], wanted);
  });

  it('docs/installers.md says what they come to (PROSODIST_RECORD=1 writes it)', () => {
    const text = report(rows, workOf(OPERATIONS_PAGE));
    if (process.env.PROSODIST_RECORD === '1') writeFileSync(REPORT, text);
    assert.equal(readFileSync(REPORT, 'utf8'), text);
  });

  it('the mistakes that are known of them are seen', () => {
    const found = new Set(rows.flatMap(({ verdicts }) => verdicts.map(({ verdict }) => verdict)));
    for (const verdict of [
      'does not load',
      'wrong scope',
      'duplicated',
      'did nothing',
      'guessed',
      'lost a comment',
      'same',
    ] as const)
      assert.ok(found.has(verdict), verdict);
  });
});

function bothLabs(): { labs: readonly Lab[] } | { missing: string } {
  const labs: Lab[] = [];
  for (const version of ['0.12', '13.0'] as const) {
    const lab = prosodyLab(version);
    if ('missing' in lab) return lab;
    labs.push(lab);
  }
  return { labs };
}

/** The graver one of what the two versions say. */
async function verdictOf(labs: readonly Lab[], installer: Installer, one: PatchCase): Promise<Verdict> {
  const { first, second } = runInstaller(installer, one);
  const wanted: Record<string, Files[string]> = { ...one.files };
  for (const [path, content] of Object.entries(one.expected)) {
    if (content === null) delete wanted[path];
    else wanted[path] = content.startsWith('-> ') ? { link: content.slice(3) } : content;
  }
  const verdicts: Verdict[] = [];
  for (const lab of labs.filter(({ version }) => one.versions.includes(version))) {
    const trees = [one.files, wanted, first].map(files => ({ files, entry: 'prosody.cfg.lua' }));
    const [before, want, after] = await lab.loadMany(trees);
    verdicts.push(
      judge({
        outcome: one.outcome,
        before: { files: one.files, dump: before! },
        wanted: { files: wanted, dump: want! },
        first: { files: first, dump: after! },
        second,
      }),
    );
  }
  return VERDICTS.find(verdict => verdicts.includes(verdict))!;
}
