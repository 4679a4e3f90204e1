// The rehearsal of a login against the real one: every case, both versions of Prosody, at least four users each.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LoginReport } from '@prosodist/directory';
import { whyNoDirectories } from '../support/directory/directories.js';
import type { LoginEnd } from '../support/directory/prosody-login.js';
import { rehearsed, told } from '../support/directory/rehearsed.js';
import { ownCases, prepared, sharedCases, type TruthCase, truthOf } from '../support/directory/truth.js';
import { describeWith } from '../support/needing.js';
import { prosodyLab, type Version } from '../support/prosody.js';

const document = fileURLToPath(new URL('../../docs/agreement.md', import.meta.url));
const cases: readonly TruthCase[] = [...ownCases(), ...sharedCases()];
const versions = ['0.12', '13.0'] as const;
/** Group of cases → version → how many logins there were, and how many ended as rehearsed. */
const counts = new Map<string, Map<Version, { logins: number; same: number }>>();

describeWith('rehearsed logins end as real ones', whatIsMissing() ?? {}, () => {
  for (const version of versions)
    for (const one of cases)
      it(`${one.name}, Prosody ${version}`, async () => {
        const truth = await truthOf(one, version);
        const reports = await rehearsed(await prepared(one), version);
        const wrong = truth.flatMap(({ login, end }, index) => {
          const report = reports[index]!;
          assert.equal(told(report, login), null, 'a password is in the report');
          // accounts that Prosody keeps itself are not the directory's, and nothing is said of them
          if (report.outcome === 'unknown' && /has its accounts in Prosody itself/.test(report.why)) return [];
          const same = said(report) === answered(end);
          count(one, version, same);
          const unlogged = unseen(report, end);
          return [
            ...(same ? [] : [`${login.user}: rehearsed ${said(report)}, really ${answered(end)}; ${report.why}`]),
            ...(unlogged.length > 0
              ? [`${login.user}: not in Prosody's log: ${unlogged.join(' | ')}; there is ${end.log.join(' | ')}`]
              : []),
          ];
        });
        assert.deepEqual(wrong, []);
      }).timeout(60_000);

  it(`docs/agreement.md has the figures${sharedCases().length > 0 ? '' : ' (needs ../shared)'}`, function () {
    if (sharedCases().length === 0) this.skip();
    const text = table();
    console.log(text.split('\n').slice(4).join('\n'));
    if (process.env.PROSODIST_WRITE_AGREEMENT) writeFileSync(document, text);
    assert.equal(existsSync(document) ? readFileSync(document, 'utf8') : '', text, 'run with PROSODIST_WRITE_AGREEMENT=1');
  });
});

function whatIsMissing(): { missing: string } | null {
  const labs = versions.map(prosodyLab).find(lab => 'missing' in lab);
  if (labs && 'missing' in labs) return labs;
  const missing = whyNoDirectories();
  return missing === null ? null : { missing };
}

/** The end of a login in one line, as a rehearsal says it. */
function said({ outcome, answer }: LoginReport): string {
  return ended(outcome, (answer ?? '').split(', '));
}

/** The same of a real one. */
function answered({ outcome, answer }: LoginEnd): string {
  return ended(outcome, (answer ?? '').split(' '));
}

function ended(outcome: string, words: readonly string[]): string {
  const counts = outcome === 'refused' || outcome === 'not-offered';
  return [outcome, ...(counts ? [...words].sort() : [])].join(' ').trim();
}

/** What the rehearsal says Prosody logs at the login, and Prosody did not; what it logs while it starts is not looked for. */
function unseen({ outcome, stations }: LoginReport, { log }: LoginEnd): string[] {
  if (outcome === 'not-offered' || outcome === 'not-served') return [];
  const lines = stations.flatMap(({ prosodyLogs }) => prosodyLogs?.split('\n') ?? []);
  // where a module was installed to is not what the rehearsal knows
  const text = log.join('\n').replace(/\/usr\/lib\/prosody\/modules\/(?:mod_\w+\/)?/g, '');
  return lines.filter(line => !text.includes(line.replace('/usr/lib/prosody/modules/', '')));
}

function count({ name }: TruthCase, version: Version, same: boolean): void {
  const group = name.split(':')[0]!;
  const versionsOf = counts.get(group) ?? new Map<Version, { logins: number; same: number }>();
  counts.set(group, versionsOf);
  const before = versionsOf.get(version) ?? { logins: 0, same: 0 };
  versionsOf.set(version, { logins: before.logins + 1, same: before.same + (same ? 1 : 0) });
}

function table(): string {
  const names = (group: string) => cases.filter(({ name }) => name.startsWith(`${group}:`)).length;
  const rows = [...counts].map(([group, of]) => {
    const cells = versions.map(version => `${of.get(version)?.same ?? 0} of ${of.get(version)?.logins ?? 0}`);
    return `| ${group} | ${names(group)} | ${cells.join(' | ')} |`;
  });
  return `# Rehearsed logins and real ones

\`prosodist login\` says how a login ends without Prosody. These cases were tried both ways: rehearsed, and really, over BOSH and
WebSocket, at Prosody 0.12.3 and 13.0.1 with real directories behind them (Samba's Active Directory, OpenLDAP, servers that misbehave).
Counted are logins that ended the same: the outcome, the condition of a refusal, the mechanisms on offer.

| cases | number | Prosody 0.12 | Prosody 13.0 |
|---|---|---|---|
${rows.join('\n')}

The test is \`test/directory/agreement.test.ts\`; with \`PROSODIST_WRITE_AGREEMENT=1\` it writes this page.
`;
}
