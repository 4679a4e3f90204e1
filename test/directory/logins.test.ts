import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { whyNoDirectories } from '../support/directory/directories.js';
import { type Observed, ownCases, sharedCases, truthOf } from '../support/directory/truth.js';
import { describeWith } from '../support/needing.js';
import { prosodyLab, type Version } from '../support/prosody.js';

/** What was recorded of the same cases at another time and place, without our help. */
const recorded = fileURLToPath(new URL('../../../shared/directory-lab/out/', import.meta.url));

const denied = 'not-authorized';

/** The own cases that show each way in which a login ends: good, wrong password, unknown, disabled. */
const known: Readonly<Record<string, readonly string[]>> = {
  'ldap2-active-directory: ldaps': ['granted', denied, denied, denied],
  'ldap2-active-directory: no TLS': ['hangs', 'hangs', 'hangs', 'hangs'],
  'ldap2-active-directory: domain root': ['granted', denied, 'hangs', denied],
  'ldap2-active-directory: authority unknown': ['hangs', 'hangs', 'hangs', 'hangs'],
  'ldap2-active-directory: another host only': ['not-served', 'not-served', 'not-served', 'not-served'],
  'ldap2-openldap: start-tls': ['granted', denied, denied, denied],
  'ldap2-openldap: silent server': ['hangs', 'hangs', 'hangs', 'hangs'],
  'ldap: Active Directory': ['granted', denied, denied, denied],
  'ldap: OpenLDAP, no base': ['not-offered', 'not-offered', 'not-offered', 'not-offered'],
  'modules: anonymous': Array(4).fill('not-offered ANONYMOUS') as string[],
  'switches: WebSocket, consider_bosh_secure': ['not-offered', 'not-offered', 'not-offered', 'not-offered'],
  'switches: WebSocket, consider_websocket_secure': ['granted', denied, denied, denied],
  'cyrus: saslauthd': ['granted', denied, denied, denied],
};

for (const version of ['0.12', '13.0'] as const) {
  const why = whyNoDirectories();
  const prosody = prosodyLab(version);
  const lab = why ? { missing: why } : 'missing' in prosody ? prosody : {};

  describeWith(`logins at the real Prosody ${version} and a real directory`, lab, () => {
    for (const [name, expected] of Object.entries(known))
      it(`${name}: ${expected.join(', ')}`, async () => {
        const one = ownCases().find(each => each.name === name);
        assert.ok(one, `no case is called ${name}`);
        const truth = await truthOf(one, version);
        assert.deepEqual(truth.slice(0, expected.length).map(inWords), expected);
      }).timeout(60_000);
  });

  const there = existsSync(recorded) ? lab : { missing: 'what was recorded is not here (needs ../shared)' };
  describeWith(`logins at Prosody ${version} as recorded before`, there, () => {
    for (const [name, expected] of existsSync(recorded) ? record(version) : [])
      it(`${name}: ${expected.join(', ')}`, async () => {
        const one = sharedCases().find(each => each.name === `shared: ${name}`);
        assert.ok(one, `no case is called ${name}`);
        const truth = (await truthOf(one, version)).map(inWords);
        assert.deepEqual(expected.length === 2 ? [truth[0], truth[2]] : truth, expected);
      }).timeout(60_000);
  });
}

function inWords({ end }: Observed): string {
  if (end.outcome === 'refused') return end.answer;
  return end.outcome === 'not-offered' && end.answer !== '' ? `${end.outcome} ${end.answer}` : end.outcome;
}

// `=== NAME`, then for each login a line that begins with the user, or with what came instead of an answer.
function record(version: Version): [string, string[]][] {
  const text = readFileSync(`${recorded}${version === '0.12' ? 'replay' : 'sc13'}.out`, 'utf8');
  return text
    .split(/^=== (?:P13 )?/m)
    .slice(1)
    .map(section => {
      const [name, ...lines] = section.split('\n');
      const ends = lines.flatMap(line => {
        const mechanisms = /^no-plain offered; mechanisms=\[(.*?)\]/.exec(line)?.[1];
        if (mechanisms !== undefined) return [`not-offered ${mechanisms}`.trim()];
        const said = /^(?:alice|nobody|dora): (success|other|ERROR|[a-z-]+)/.exec(line)?.[1];
        const words: Record<string, string> = { success: 'granted', other: 'hangs', ERROR: 'not-served' };
        return said === undefined ? [] : [words[said] ?? said];
      });
      return [name!.trim(), ends] as [string, string[]];
    })
    .filter(([, ends]) => ends.length > 0);
}
