import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import type { DirectorySettings } from '@prosodist/core';
import { type CheckOptions, checkDirectory, type DirectoryReport } from '@prosodist/directory';
import type { DirectoryServer } from '../support/directory/server.js';
import { openLdap } from '../support/directory/slapd.js';
import { eventually } from '../support/eventually.js';
import { describeWith } from '../support/needing.js';
import { type Misbehaviour, misbehaving, wireTo } from './broken-servers.js';
import { codesOf, libldapFor, placed, settingsAt, stepOf, userOf } from './settings.js';

/** Milliseconds of a step, and what a busy machine may add to all of them. */
const STEP = 300;
/** Of a step that a real server answers before it breaks down: on a busy machine it takes longer than the ones above. */
const ANSWERED = 3000;
const SLACK = 1500;

const NO_SERVER = {
  name: '127.0.0.1',
  suffix: 'dc=example,dc=org',
  people: 'ou=people,dc=example,dc=org',
  service: { name: 'svc', dn: 'cn=svc,dc=example,dc=org', password: 'N0t-sent!', is: null },
} as unknown as DirectoryServer;

const LIBLDAP = {
  requireCertificate: 'demand',
  trusted: null,
  trustedFrom: null,
  timeout: null,
  networkTimeout: null,
  referrals: true,
} as const;

/** How it misbehaves, how it is asked, the last code, and whether Prosody would stand still. */
const CASES: readonly (readonly [how: Misbehaviour, scheme: 'ldap' | 'ldaps' | 'starttls', code: string, freezes: boolean])[] = [
  ['silent', 'ldap', 'answer.timeout', true],
  ['silent', 'ldaps', 'tls.timeout', true],
  ['silent', 'starttls', 'answer.timeout', true],
  ['closes', 'ldap', 'answer.closed', false],
  ['closes', 'ldaps', 'tls.port', false],
  ['closes', 'starttls', 'answer.closed', false],
  ['resets', 'ldaps', 'tls.port|connect.reset', false],
  ['closes-later', 'ldap', 'answer.closed', false],
  ['speaks-http', 'ldap', 'answer.malformed', false],
  ['speaks-http', 'ldaps', 'tls.port', false],
  ['trickles', 'ldap', 'answer.timeout', true],
  ['announces-2-gib', 'ldap', 'answer.too-big', false],
  ['never-ends', 'ldap', 'answer.too-big|answer.timeout', false],
  ['agrees-and-is-silent', 'starttls', 'tls.timeout', true],
  ['agrees-and-talks-on', 'starttls', 'answer.malformed', false],
];

function settingsFor(scheme: string, port: number): DirectorySettings {
  return settingsAt(NO_SERVER, {
    server: placed(`${scheme === 'ldaps' ? 'ldaps' : 'ldap'}://127.0.0.1:${port}`, 'ldap.hostname'),
    startTls: placed(scheme === 'starttls', 'ldap.use_tls'),
  });
}

/** Runs a check, and sees that it leaves no socket and no timer. */
async function checked(settings: DirectorySettings, options: Partial<CheckOptions> = {}): Promise<DirectoryReport> {
  // mocha's own timer begins when the test has given a promise
  await new Promise(resolve => setImmediate(resolve));
  const before = handles();
  const start = performance.now();
  const { stepTimeout = STEP } = options;
  const report = await checkDirectory(settings, { libldap: LIBLDAP, machineName: 'meet', ...options, stepTimeout });
  const passed = performance.now() - start;
  assert.ok(passed < 3 * stepTimeout + SLACK, `took ${Math.round(passed)} ms`);
  // a socket that is destroyed is gone some turns of the loop later
  for (let turns = 0; turns < 500 && handles() > before; turns++) await new Promise(resolve => setImmediate(resolve));
  assert.ok(handles() <= before, `${process.getActiveResourcesInfo()}, ${before} before`);
  return report;
}

/** Sockets of clients and timers that are there. Those that servers accepted are of the test. */
function handles(): number {
  return process.getActiveResourcesInfo().filter(kind => /^(?:TLSWrap|Timeout|TCPConnectWrap|GetAddrInfoReqWrap)$/.test(kind))
    .length;
}

describe('the check of a directory that misbehaves', () => {
  for (const [how, scheme, code, freezes] of CASES) {
    it(`${how}, asked by ${scheme}: ${code}`, async () => {
      const server = await misbehaving(how);
      try {
        const report = await checked(settingsFor(scheme, server.port), { allowPlaintext: true });
        const last = report.steps.at(-1)!;
        assert.match(last.code, new RegExp(`^(?:${code})$`), JSON.stringify(last));
        assert.equal(report.verdict, 'error');
        if (freezes) assert.match(last.found, /serves nobody else/);
        // the other side sees the end of a connection a moment later
        await eventually(
          () => server.sockets.every(socket => socket.destroyed || socket.readableEnded),
          () => 'a connection is still open',
        );
      } finally {
        await server.stop();
      }
    });
  }

  it('says what libldap says when it has a TIMEOUT', async () => {
    const server = await misbehaving('silent');
    const libldap = { ...LIBLDAP, timeout: 5 };
    const report = await checked(settingsFor('ldap', server.port), { allowPlaintext: true, libldap });
    await server.stop();
    assert.equal(report.steps.at(-1)!.prosodyLogs, 'Traceback[bosh]: .../ldap.lib.lua:171: Timed out');
  });

  it('a resolver that never answers', async () => {
    const report = await checked(settingsAt(NO_SERVER, { server: placed('ldaps://dc1.example.org', 'h') }), { lookup: () => {} });
    assert.deepEqual(codesOf(report), ['name.timeout']);
  });

  it('a machine that drops packets: the next address of the name is tried', async () => {
    // a queue of connections that nobody takes is full at once; from then on the kernel drops what comes
    const script =
      'import socket,time\ns=socket.socket()\ns.bind(("127.0.0.1",0))\ns.listen(0)\nprint(s.getsockname()[1],flush=True)\ntime.sleep(60)';
    const child = spawn('python3', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const port = Number(await new Promise<string>(resolve => child.stdout.once('data', chunk => resolve(String(chunk)))));
    const fillers = [1, 2, 3].map(() => connect(port, '127.0.0.1').on('error', () => {}));
    await new Promise(resolve => setTimeout(resolve, 100));
    try {
      const report = await checked(settingsFor('ldaps', port));
      assert.deepEqual(codesOf(report), ['connect.timeout']);
      assert.match(report.steps.at(-1)!.found, /about two minutes/);
    } finally {
      for (const filler of fillers) filler.destroy();
      child.kill('SIGKILL');
    }
  });

  it('is called off at once', async () => {
    const server = await misbehaving('silent');
    const control = new AbortController();
    const start = performance.now();
    setTimeout(() => control.abort(), 50);
    const report = await checked(settingsFor('ldaps', server.port), { stepTimeout: 60_000, signal: control.signal });
    assert.ok(performance.now() - start < 1000);
    assert.deepEqual(codesOf(report), ['aborted']);
    const again = await checked(settingsFor('ldaps', server.port), { signal: control.signal });
    assert.deepEqual(codesOf(again), ['aborted']);
    await server.stop();
  });
});

describeWith('the check of a directory that breaks down meanwhile', openLdap(), lab => {
  let server: DirectoryServer;
  before(async () => {
    server = await lab.start();
  });
  after(() => server.stop());

  /** After which step the wire is cut, how, and what comes of it. */
  const CUTS = [
    ['connect', 'silence', 'tls.timeout'],
    ['tls', 'silence', 'answer.timeout'],
    ['root-dse', 'reset', 'answer.closed'],
    ['bind', 'silence', 'answer.timeout'],
    ['base', 'reset', 'answer.closed'],
    ['search', 'silence', 'answer.timeout'],
    ['nobody', 'reset', 'answer.closed'],
    ['account', 'silence', 'tls.timeout'],
  ] as const;
  for (const [step, how, code] of CUTS) {
    it(`${how} after the step ${step}`, async () => {
      const wire = await wireTo(server.address, 636);
      try {
        const settings = settingsAt(server, { server: placed(`ldaps://${server.name}:${wire.port}`, 'ldap.hostname') });
        const report = await checked(settings, {
          libldap: libldapFor(server),
          stepTimeout: ANSWERED,
          lookup: (_host, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
          ...userOf(server, 'alice'),
          onEvent: event => {
            if (event.type === 'done' && event.step.step === step) wire.cut(how);
          },
        });
        assert.equal(stepOf(report, code).verdict, 'error');
        assert.ok(report.steps.filter(each => each.code !== 'ok').length <= 2, JSON.stringify(codesOf(report)));
      } finally {
        await wire.stop();
      }
    });
  }
});
