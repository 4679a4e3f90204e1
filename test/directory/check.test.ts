import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import type { LookupFunction } from 'node:net';
import { checkDirectory } from '@prosodist/directory';
import { activeDirectory } from '../support/directory/ad.js';
import { lookupIn } from '../support/directory/names.js';
import { type DirectoryServer, people } from '../support/directory/server.js';
import { openLdap } from '../support/directory/slapd.js';
import { describeWith } from '../support/needing.js';
import { type Case, LINE171 } from './check-case.js';
import { ACCOUNT, SLAPD } from './check-cases-accounts.js';
import { SEARCH } from './check-cases-search.js';
import { WAY } from './check-cases-way.js';
import { assertNoSecret, codesOf, optionsFor, placed, settingsAt, stepOf, userOf, WRONG } from './settings.js';

function runCases(cases: readonly Case[], server: () => DirectoryServer): void {
  for (const each of cases) {
    it(each.title, async () => {
      const settings = settingsAt(server(), each.settings?.(server()));
      const report = await checkDirectory(settings, optionsFor(server(), each.options?.(server())));
      assert.deepEqual(codesOf(report), each.codes, JSON.stringify(report.steps.at(-1)));
      assertNoSecret(JSON.stringify(report), server());
      if (each.codes.length === 0) {
        assert.ok(report.verdict === 'ok' || report.steps.at(-1)!.code === 'time.slow');
        return;
      }
      const step = stepOf(report, each.at ?? each.codes[0]!);
      if (each.found) assert.match(step.found, each.found);
      if (each.logs !== undefined) assert.equal(step.prosodyLogs, each.logs);
      if (each.sees !== undefined) assert.equal(step.userSees, each.sees);
      if (each.help) assert.match(step.help ?? '', each.help);
      for (const text of [step.did, step.found]) assert.ok(text !== '' && !/undefined|null|\[object/.test(text), text);
      // what this check does not send says nothing of what a user sees
      if (step.verdict === 'error' && step.step !== 'clear-text')
        assert.ok(step.userSees !== null, 'an error says what the user sees');
    });
  }
}

/** Changes the root of the domain, as its administrator. */
function changeRoot(server: DirectoryServer, change: string): void {
  const run = spawnSync(
    'ldapmodify',
    ['-x', '-H', `ldaps://${server.address}`, '-D', 'administrator@corp.example', '-w', people.administrator],
    {
      input: `dn: ${server.suffix}\nchangetype: modify\n${change}\n`,
      encoding: 'utf8',
      env: { ...process.env, LDAPTLS_REQCERT: 'never' },
    },
  );
  assert.equal(run.status, 0, run.stderr);
}

describeWith('the check of a directory: Active Directory', activeDirectory(), lab => {
  let server: DirectoryServer;
  before(async function () {
    this.timeout(60_000);
    server = await lab.start();
  });
  after(() => server.stop());
  runCases([...WAY, ...SEARCH, ...ACCOUNT], () => server);

  it('a resolver that takes its time: Prosody stands still for it three times', async () => {
    const lookup: LookupFunction = (host, options, done) =>
      void setTimeout(() => lookupIn(server.names)(host, options, done), 350);
    const step = stepOf(await checkDirectory(settingsAt(server), optionsFor(server, { lookup })), 'time.slow');
    assert.equal(step.verdict, 'warning');
    assert.ok(Number(/about (\d+) ms/.exec(step.found)?.[1]) > 1050, step.found);
  });

  it('a password is not tried when one more wrong one may lock the account', async () => {
    changeRoot(server, 'replace: lockoutThreshold\nlockoutThreshold: 3');
    const wrong = { user: 'bob', password: Buffer.from(WRONG[1]!) };
    const codes: string[][] = [];
    for (let times = 0; times < 4; times++)
      codes.push(codesOf(await checkDirectory(settingsAt(server), optionsFor(server, wrong))));
    const tried = ['user-bind.invalid-credentials'];
    const risk = ['account.near-lockout', 'user-bind.risk'];
    assert.deepEqual(codes, [tried, tried, risk, risk]);
    changeRoot(server, 'replace: lockoutThreshold\nlockoutThreshold: 0');
  });
});

describeWith('the check of a directory: OpenLDAP', openLdap(), lab => {
  describe('with a good certificate', () => {
    let server: DirectoryServer;
    before(async () => {
      server = await lab.start();
    });
    after(() => server.stop());
    runCases(SLAPD, () => server);
  });

  const CERTIFICATES = [
    ['expired', 'ldap.example.org', 'meet', ['tls.expired'], /ended on 2021-01-01/],
    ['wrong-name', 'ldap.example.org', 'meet', ['tls.name'], /for other\.example\.org, not for ldap\.example\.org/],
    ['self-signed', 'ldap.example.org', 'meet', ['tls.untrusted'], /^Nobody whom/],
    // libldap puts the machine's own name in the place of localhost
    ['for-localhost', 'localhost', 'meet', ['tls.name'], /for localhost, not for meet/],
    ['for-localhost', 'localhost', 'localhost', [], null],
    ['with-address', '', 'meet', [], null],
  ] as const;
  for (const [certificate, host, machineName, codes, found] of CERTIFICATES) {
    it(`a certificate that is ${certificate}, at ${host || 'its address'} on a machine called ${machineName}`, async () => {
      const server = await lab.start({ certificate });
      try {
        const settings = settingsAt(server, { server: placed(`ldaps://${host || server.address}`, 'ldap.hostname') });
        const lookup = lookupIn({ ...server.names, localhost: server.address });
        const report = await checkDirectory(settings, optionsFor(server, { machineName, lookup, ...userOf(server, 'alice') }));
        assert.deepEqual(codesOf(report), codes, JSON.stringify(report.steps.at(-1)));
        if (found) assert.match(stepOf(report, codes[0]!).found, found);
      } finally {
        await server.stop();
      }
    });
  }

  it('no anonymous binds, no TLS, few entries, a reference', async () => {
    const closed = await lab.start({ anonymous: false, certificate: 'none' });
    const open = await lab.start({ sizeLimit: 1, demandTls: true, referral: 'ldap://127.0.0.1:9' });
    try {
      const startTls = { server: placed(closed.name, 'ldap.hostname'), startTls: placed(true, 'ldap.use_tls') };
      const refused = await checkDirectory(settingsAt(closed, startTls), optionsFor(closed));
      assert.deepEqual(codesOf(refused), ['tls.refused']);
      const anonymous = { server: placed(closed.name, 'ldap.hostname'), bindName: null, bindPassword: null };
      const nobody = await checkDirectory(settingsAt(closed, anonymous), optionsFor(closed, { allowPlaintext: true }));
      assert.deepEqual(codesOf(nobody).slice(-1), ['bind.inappropriate']);
      const plain = await checkDirectory(
        settingsAt(open, { server: placed(open.name, 'h') }),
        optionsFor(open, { allowPlaintext: true }),
      );
      assert.deepEqual(codesOf(plain).slice(-1), ['bind.tls-required']);
      assert.equal(stepOf(plain, 'bind.tls-required').prosodyLogs, `${LINE171}Confidentiality required`);
      const root = await checkDirectory(
        settingsAt(open, { base: placed(open.suffix, 'b') }),
        optionsFor(open, userOf(open, 'alice')),
      );
      assert.deepEqual(codesOf(root), ['nobody.references']);
      const elsewhere = { base: placed('ou=people,dc=other', 'b') };
      const referred = await checkDirectory(settingsAt(open, elsewhere), optionsFor(open));
      assert.deepEqual(codesOf(referred), ['root-dse.base', 'base.referral']);
      const limited = await checkDirectory(settingsAt(open), optionsFor(open));
      assert.deepEqual(codesOf(limited), []);
    } finally {
      await Promise.all([closed.stop(), open.stop()]);
    }
  });
});
