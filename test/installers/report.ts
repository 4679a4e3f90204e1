// docs/installers.md, made of the verdicts.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { VERDICTS, type Verdict } from './judge.js';
import type { Installer } from './run.js';

export const REPORT = fileURLToPath(new URL('../../docs/installers.md', import.meta.url));

export interface Row {
  readonly installer: Installer;
  /** By the title of the case. */
  readonly verdicts: readonly { readonly title: string; readonly verdict: Verdict }[];
}

const HEAD = `# What installers do today, and what comes of it

Packages, installers and handbooks change the configuration of Prosody with \`sed\`, \`grep\` and \`echo\`. Their commands are run here on the
trees of the acceptance cases of [operations.md](operations.md), with the names and values of each case in the place of their own (rebuilt
from what the installers do; their scripts are not copied); then both real Prosodys (0.12 and 13.0) read the result, and it is judged by what is expected of our operation. \`npm test -- -g installers\` does
it again; the commands are in \`test/fixtures/patch/installers.txt\`.

| verdict | means |
|---|---|
| same | Prosody has in memory what it should, comments and links stay, a second run changes nothing. A case that has to be refused is left alone |
| does not load | Prosody does not start any more |
| wrong scope | options or hosts changed that nobody asked for |
| duplicated | the option is there twice; the last one wins, what was in the other is lost |
| wrong value | the option has changed to something else |
| did nothing | the command did not find its line |
| no effect | something was written that Prosody does not see |
| guessed | written where code or several places decide, where our operation refuses |
| lost a comment, lost a link | a remark went with the line; a link of \`conf.d\` became a file of its own |
| changed again | right, but the second run writes it once more |

Our operations are \`same\` in every case: that is what \`test/oracle/patch.test.ts\` holds them to.
`;

export function report(rows: readonly Row[], work: ReadonlyMap<string, string>): string {
  const all = rows.flatMap(({ verdicts }) => verdicts);
  const right = all.filter(({ verdict }) => verdict === 'same').length;
  const lines = rows.map(({ installer: { row, source, script }, verdicts }) => {
    const count = script === '' ? '–' : `${verdicts.filter(({ verdict }) => verdict === 'same').length} of ${verdicts.length}`;
    return `| ${row} | ${work.get(row) ?? ''} | ${script === '' ? `nobody: ${source}` : source} | ${count} | ${counts(verdicts)} |`;
  });
  const table = ['| | work | done today by | same | else |', '|---|---|---|--:|---|', ...lines].join('\n');
  const commands = rows
    .filter(({ installer }) => installer.script !== '')
    .map(({ installer: { row, source, script }, verdicts }) => {
      const each = verdicts.map(({ title, verdict }) => `| ${title.replaceAll('|', '\\|')} | ${verdict} |`).join('\n');
      return `### ${row}, ${source}\n\n\`\`\`bash\n${script}\n\`\`\`\n\n| case | verdict |\n|---|---|\n${each}\n`;
    });
  const sum = `${right} of ${all.length} come out as they should.`;
  return `${HEAD}\n## Row by row\n\n${sum}\n\n${table}\n\n## The commands\n\n${commands.join('\n')}`;
}

function counts(verdicts: Row['verdicts']): string {
  return VERDICTS.filter(verdict => verdict !== 'same')
    .flatMap(verdict => {
      const count = verdicts.filter(one => one.verdict === verdict).length;
      return count > 0 ? [`${count} ${verdict}`] : [];
    })
    .join(', ');
}

/** What the rows are about, as docs/operations.md says it. */
export function workOf(operationsPage: string): Map<string, string> {
  const text = readFileSync(operationsPage, 'utf8');
  return new Map([...text.matchAll(/^\| (A\d\d) \| (.*?) \|/gm)].map(([, row, work]) => [row!, work!]));
}
