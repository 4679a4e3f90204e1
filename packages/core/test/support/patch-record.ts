// Writes what the patcher makes of the acceptance cases into their files, and the report into docs/operations.md. Look at the
// difference before it is kept: `PROSODIST_RECORD=1 npx mocha packages/core/test/patch/acceptance.test.ts`.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { OPERATIONS } from '../../src/index.js';
import { caseFiles, type PatchCase, parseCase, resultOf } from './patch-cases.js';

export const REPORT = fileURLToPath(new URL('../../../../docs/operations.md', import.meta.url));

export function recordCases(): void {
  for (const file of caseFiles()) {
    const parts = readFileSync(file, 'utf8').split(/^=== /m).slice(1);
    writeFileSync(file, parts.map(part => `=== ${recorded(part)}`).join('\n'));
  }
}

function recorded(part: string): string {
  const asked = `${part.replace(/^--- outcome: [\s\S]*$/m, '').trimEnd()}\n`;
  const { outcome, expected } = resultOf(parseCase(asked));
  const after = Object.entries(expected).map(([path, text]) => {
    if (text === null) return `--- gone: ${path}\n`;
    if (text.startsWith('-> ')) return `--- link: ${path} ${text}\n`;
    const plain = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
    return `--- after: ${path}\n${plain}${plain === '' || plain.endsWith('\n') ? '' : '\n'}`;
  });
  return `${asked}--- outcome: ${outcome}\n${after.join('')}`;
}

/** What people's scripts do to configurations today; the numbers are those of the cases. */
const WORK: readonly string[] = [
  'a host from a template, with secrets',
  'an Include in the main file',
  'a file of conf.avail linked',
  'a file unlinked, a host disabled',
  'a component with its options',
  'a module for a component',
  'an obsolete option removed',
  'an option uncommented',
  'an option commented out',
  'a path added to `plugin_paths`',
  'an option set unless it is',
  'a global option before the others',
  "a module for a host's list",
  "a module for a component's list",
  'a module disabled everywhere',
  'a commented module enabled',
  'a module before or behind another, with a remark',
  'a module removed',
  'a global switch',
  'the authentication of one host',
  'commented options set',
  'the way back of A20 and A21',
  'a guest host behind the main one',
  'a host that two installers want',
  'certificates in `ssl`',
  'the storage of some components',
  'a host switched on',
  'a global option that hosts override',
  'a global option next to another',
  'a global option where the file ends in a host',
  'one row of `external_services`',
  'a rate in `limits`',
  'a list uncommented, with words behind it',
  'a domain renamed',
  'an administrator added',
  'a global option in an included file',
  'a table with keys of all kinds',
  'a group of options',
  'a list given as a whole',
  'entries of `log`',
  'an obsolete global option removed',
  'options about HTTP',
  'a row of `disco_items`',
  'a component removed, with what refers to it',
  'a new file in an included folder',
  'what must not be written',
];

/** The page about the operations, with what the cases show of each. */
export function report(cases: readonly PatchCase[]): string {
  const rows = WORK.map((work, index) => {
    const id = `A${String(index + 1).padStart(2, '0')}`;
    const own = cases.filter(one => one.id === id);
    const operations = [...new Set(own.flatMap(one => one.operations.map(operation => `\`${operation.op}\``)))];
    const refusals = [...new Set(own.flatMap(one => /^refused (\S+)/.exec(one.outcome)?.[1] ?? []))];
    const count = (outcome: string) => own.filter(one => one.outcome.startsWith(outcome)).length;
    return `| ${id} | ${work} | ${operations.join(' ')} | ${count('changed')} | ${count('already')} | ${count('refused')} | ${refusals.join(', ')} |`;
  });
  return `${[
    '# Operations',
    '',
    'What `prosodist patch -f FILE` takes: a JSON list of operations, each done on what the one before left, or one operation alone.',
    'Their form is [operations.schema.json](operations.schema.json). Done twice, an operation changes nothing; one that cannot be',
    'done is refused with a code, a place and a reason, and then nothing at all is written.',
    '',
    '| operation | does |',
    '|---|---|',
    ...OPERATIONS.map(({ op, summary }) => `| \`${op}\` | ${summary} |`),
    '',
    '## What is tested',
    '',
    'The work that scripts and packages do to configurations today, each with the traps that these scripts fall into. The cases are in',
    '`test/fixtures/patch`; both real Prosodys read each tree before and after, and what they have in memory has changed by exactly',
    'the operation (`test/oracle/patch.test.ts`). The laws behind them (idempotence, inverse, locality, commutation, line ends) are',
    'held by operations made at random (`test/patch/laws.test.ts`). What the scripts themselves make of the same trees is in',
    '[installers.md](installers.md).',
    '',
    '| | work | operations | changed | already | refused | codes |',
    '|---|---|---|--:|--:|--:|---|',
    ...rows,
    '',
    `${cases.length} cases.`,
  ].join('\n')}\n`;
}
