// Reads test/fixtures/parity: the checks of prosodyctl, each with the rule that reports the same, and makes docs/parity.md of it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Every check that needs no network; `docs/parity.md` has them in this order. */
export const CHECKS = [
  ...numbered('P', 10),
  'D01',
  ...numbered('C', 28),
  'DN7',
  'DN9',
  'DN10',
  'DN11',
  'CERTS',
  'CONN',
  'T1',
  'T2',
  'T3',
];

function numbered(letter, last) {
  return Array.from({ length: last }, (_, index) => `${letter}${String(index + 1).padStart(2, '0')}`);
}

/** The checks in a folder of fixtures. */
export function readChecks(folder) {
  return readdirSync(folder)
    .filter(name => name.endsWith('.md') && name !== 'README.md')
    .map(name => readCheck(name.slice(0, -'.md'.length), readFileSync(path.join(folder, name), 'utf8')))
    .sort((a, b) => CHECKS.indexOf(a.id) - CHECKS.indexOf(b.id));
}

function readCheck(id, text) {
  const [head, ...parts] = text.split(/^## /m);
  const title = new RegExp(`^# ${id} (.+)\n`).exec(head)?.[1];
  if (!title) throw new Error(`${id}.md does not begin with # ${id}`);
  return { id, title, variants: parts.map(part => readVariant(id, part)) };
}

function readVariant(id, part) {
  const name = part.slice(0, part.indexOf('\n')).trim();
  const lines = new Map([...part.matchAll(/^- ([a-z0-9. ]+): (.+)$/gm)].map(([, key, value]) => [key, value]));
  const verdict = version => {
    const line = lines.get(version) ?? lines.get('both');
    if (line === undefined) return null;
    const match = /^(says|silent|wrong|fails) "((?:[^"\\]|\\.)+)"(?:: (.+))?$|^(absent): (.+)$/.exec(line);
    if (!match) throw new Error(`${id}, ${name}: no verdict: ${line}`);
    const [, kind, said = '', why = '', absent, since = ''] = match;
    return { kind: absent ?? kind, text: said.replaceAll('\\"', '"'), why: why || since };
  };
  const ours = lines.get('ours');
  return {
    name,
    rule: lines.get('rule') ?? 'none',
    command: lines.get('command') ?? 'config',
    reason: lines.get('not tried') ?? null,
    verdicts: { 0.12: verdict('0.12'), '13.0': verdict('13.0') },
    ours: ours ? [ours] : ['0.12', '13.0'],
    // the block in the form of the rules' pages, with a heading of its own
    page: `## ${name}\n\n${/```lua[\s\S]*?^```$/m.exec(part)?.[0] ?? ''}\n`,
    hasBlock: part.includes('```lua'),
  };
}

/** docs/parity.md. */
export function parityTable(checks) {
  const rows = checks.flatMap(({ id, title, variants }) =>
    variants.map((variant, index) =>
      row([
        index === 0 ? `[${id}](../test/fixtures/parity/${id}.md)` : '',
        index === 0 ? title : '',
        variant.name,
        variant.reason && !variant.verdicts['0.12'] ? `not tried: ${variant.reason}` : words(variant.verdicts['0.12']),
        variant.reason && !variant.verdicts['13.0'] ? '' : words(variant.verdicts['13.0']),
        variant.rule === 'none'
          ? '–'
          : `[${variant.rule}](../packages/core/src/rules/${variant.rule}/rule.md)${ofVersion(variant)}`,
      ]),
    ),
  );
  return [
    '# What `prosodyctl check` says, and which rule does',
    '',
    'Made by `npm run docs` from [test/fixtures/parity](../test/fixtures/parity/README.md). Each row is a configuration that both Prosodys',
    '(0.12.3 and 13.0.1) and the rule are tried with (`test/oracle/parity.test.ts`). *Silent*: the mistake is there, and Prosody does not',
    'say so. *Wrong*: it says so without need. *Fails*: it ends with a Lua error. All checks that need no network are here, with the',
    'reason where no rule does the same.',
    '',
    '| check | of | configuration | Prosody 0.12 | Prosody 13.0 | our rule |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function row(cells) {
  return `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function words(verdict) {
  if (!verdict) return '';
  return `${verdict.kind}${verdict.why ? `: ${verdict.why}` : ''}`;
}

function ofVersion({ ours }) {
  return ours.length === 1 ? ` (${ours[0]})` : '';
}
