// npm run oracle: our reading against the real Prosody's, as a table. Ends with status 1 where anything differs.
import { type OracleCase, oracleCases } from '../support/cases.js';
import { corpusFiles, corpusFolders, corpusLab } from '../support/corpus.js';
import { compareModules, type Figures } from '../support/module-verdict.js';
import { type Lab, prosodyLab, type Tree } from '../support/prosody.js';
import { exampleTree, fixtureTrees } from '../support/trees.js';
import { judgeReading, type Outcome, ourReading } from '../support/verdict.js';

type Subject = Pick<OracleCase, 'name' | 'files' | 'entry'> & Pick<Tree, 'env'>;
type Counts = Record<Outcome, number>;

const KINDS = ['configuration', 'errors', 'warnings'] as const;
const differences: string[] = [];
const reasons = new Map<string, number>();
const rows: string[][] = [];

for (const version of ['0.12', '13.0'] as const) {
  const lab = prosodyLab(version);
  if ('missing' in lab) {
    console.error(lab.missing);
    process.exitCode = 1;
    continue;
  }
  const cases = oracleCases().filter(one => one.versions.includes(version));
  const stock = { name: "Debian's own /etc/prosody", files: lab.stockTree(), entry: 'prosody.cfg.lua' };
  await compare(
    lab,
    'fixtures',
    cases.filter(one => !isTree(one)),
  );
  await compare(lab, 'trees', [...cases.filter(isTree), exampleTree(), ...fixtureTrees(), stock]);
  if ('missing' in corpusLab) console.error(corpusLab.missing);
  else {
    await compare(lab, 'corpus, files', corpusFiles(version, true));
    await compare(lab, 'corpus, trees', corpusFolders(version, true));
  }
}

print();
if (differences.length > 0) process.exitCode = 1;
process.exit();

function isTree(one: Subject): boolean {
  return Object.keys(one.files).length > 2;
}

async function compare(lab: Lab, what: string, subjects: readonly Subject[]): Promise<void> {
  const counts = Object.fromEntries(KINDS.map(kind => [kind, { equal: 0, unknown: 0, different: 0 }])) as Record<string, Counts>;
  const modules: Counts = { equal: 0, unknown: 0, different: 0 };
  for (const subject of subjects) {
    const { name, files, entry, env = {} } = subject;
    const theirs = await lab.loadNext({ files, entry, env, milliseconds: 20_000 });
    const ours = ourReading({ files, entry, env }, lab.version, theirs.folders);
    // Prosody reads what is made of a template, and refuses the template
    if ([...ours.documents.values()].some(document => document.template)) continue;
    const verdict = judgeReading(ours, theirs);
    for (const kind of KINDS) counts[kind]![verdict[kind]] += 1;
    for (const [reason, count] of verdict.unknown) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
    for (const difference of verdict.differences) differences.push(`${lab.version}, ${what}, ${name}: ${difference}`);
    if (verdict.syntaxLine === false)
      differences.push(`${lab.version}, ${what}, ${name}: a syntax error in another line: ${theirs.err}`);
    await compareOne(lab, subject, modules, what);
  }
  for (const [kind, count] of [...Object.entries(counts), ['modules, by host', modules] as const])
    rows.push([lab.version, what, kind, String(count.equal), String(count.unknown), String(count.different)]);
}

async function compareOne(lab: Lab, { name, files, entry, env = {} }: Subject, counts: Counts, what: string): Promise<void> {
  const figures: Figures = { equal: 0, unknown: 0, failing: 0 };
  try {
    await compareModules(lab, { files, entry, env }, figures);
    counts.equal += figures.equal + figures.failing;
    counts.unknown += figures.unknown;
  } catch (error) {
    counts.different += 1;
    differences.push(`${lab.version}, ${what}, ${name}: modules: ${error instanceof Error ? error.message : error}`);
  }
}

function print(): void {
  const table = [['Prosody', 'over', 'of', 'equal', 'unknown', 'different'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map(row => row[column]!.length)));
  for (const row of table)
    console.log(
      row.map((cell, column) => (column < 3 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  '),
    );
  console.log(reasons.size > 0 ? '\nUnknown to us, and why:' : '');
  for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`${String(count).padStart(5)} × ${reason}`);
  console.log(differences.length > 0 ? `\n${differences.length} differences:` : '\nNothing differs.');
  for (const difference of differences) console.log(`  ${difference}`);
}
