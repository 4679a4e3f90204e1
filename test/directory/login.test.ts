// `prosodist login` as people run it: a real directory, a real Prosody beside it, and no password in anything that is printed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { load, loginOf, mechanismsOffered, memoryFiles } from '@prosodist/core';
import { disagreement, loginThrough, rehearseLogin, throughUrl } from '@prosodist/directory';
import { activeDirectory } from '../support/directory/ad.js';
import { misbehaving } from '../support/directory/misbehaving.js';
import { namesEnvironment } from '../support/directory/names.js';
import { prosodyServer, type ServingProsody } from '../support/directory/prosody-login.js';
import type { DirectoryServer } from '../support/directory/server.js';
import { eventually } from '../support/eventually.js';
import { describeWith } from '../support/needing.js';

const program = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const SWITCHES = 'consider_bosh_secure = true\nconsider_websocket_secure = true\n';
const MODULES = 'modules_enabled = { "saslauth"; "bosh"; "websocket" }\n';

function settings(server: string, bindPassword = 'Svc-Pr0sody!'): string {
  return `${SWITCHES}authentication = "ldap2"
ldap = {
  hostname = "${server}",
  bind_dn = "CN=svc-prosody,OU=Service Accounts,DC=corp,DC=example",
  bind_password = "${bindPassword}",
  user = { basedn = "OU=Staff,DC=corp,DC=example", usernamefield = "sAMAccountName", filter = "(objectClass=user)" },
}
VirtualHost "meet.test"
`;
}

const LIBLDAP = {
  requireCertificate: 'demand',
  trusted: null,
  trustedFrom: null,
  timeout: null,
  networkTimeout: null,
  referrals: true,
} as const;

/** What is rehearsed at a server without TLS that is not there or does not behave. */
function rehearsalAt(server: string, user: string, password: string) {
  const files = memoryFiles({ '/etc/prosody/prosody.cfg.lua': MODULES + settings(server) });
  const configuration = load(files, '/etc/prosody/prosody.cfg.lua');
  const login = loginOf(configuration, 'meet.test');
  const connection = { transport: 'bosh', secure: false } as const;
  return { login, offered: mechanismsOffered(configuration, login, connection), connection, user, password };
}

const both = () => {
  const [directory, prosody] = [activeDirectory(), prosodyServer('13.0')];
  if ('missing' in directory) return directory;
  return 'missing' in prosody ? prosody : { directory, prosody };
};

describeWith('prosodist login', both(), ({ directory, prosody }) => {
  let ad: DirectoryServer;
  let server: ServingProsody;
  let folder: string;
  before(async () => {
    ad = await directory.start();
    const files = { 'prosody.cfg.lua': settings(`ldaps://${ad.name}`) };
    server = await prosody.start({ files, names: ad.names, ca: ad.ca, ldapConf: 'TLS_CACERT /etc/ldap/ca.pem\n' });
    folder = mkdtempSync(join(tmpdir(), 'prosodist-login-'));
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
    await ad.stop();
  });

  function run(text: string, password: string, ...args: string[]): Promise<{ status: number | null; output: string }> {
    const tree = join(folder, 'etc/prosody');
    mkdirSync(tree, { recursive: true });
    writeFileSync(join(tree, 'prosody.cfg.lua'), MODULES + text);
    const env = { ...process.env, ...namesEnvironment(ad.names), LDAPTLS_CACERT: ad.ca };
    const child = spawn(process.execPath, ['--import=tsx', program, 'login', '--password-file', '-', ...args, tree], { env });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', more => {
        output += more;
      });
    child.stdin.end(`${password}\n`);
    return new Promise(resolve => child.on('close', status => resolve({ status, output })));
  }

  /** User, password → status, outcome and answer; the same is asked of Prosody over BOSH and over WebSocket. */
  const LOGINS = [
    ['alice', 'Al1ce-pass!', 0, 'granted'],
    ['ALICE', 'Al1ce-pass!', 0, 'granted'],
    ['alice', 'N0t-her-pass!', 1, 'refused not-authorized'],
    ['dora', 'D0ra-pass!', 1, 'refused not-authorized'],
    ['jörg', 'Jörg-pässw0rd!', 0, 'granted'],
    ['alice@corp.example', 'Al1ce-pass!', 1, 'refused malformed-request'],
    ['CORP\\alice', 'Al1ce-pass!', 1, 'hangs'],
  ] as const;

  for (const [user, password, status, ending] of LOGINS)
    for (const scheme of ['http', 'ws'])
      it(`${user} with ${password}, through ${scheme}`, async () => {
        const through = ['--through-prosody', `${scheme}://${server.address}:5280`, '--timeout', '4000'];
        const json = await run(settings(`ldaps://${ad.name}`), password, user, '--format', 'json', '--show-secrets', ...through);
        const report = JSON.parse(json.output);
        assert.deepEqual([`${report.outcome} ${report.answer ?? ''}`.trim(), json.status], [ending, status]);
        assert.equal(report.throughProsody.agrees, true, JSON.stringify(report.throughProsody));
        assert.ok(!json.output.includes(password) && !json.output.includes('Svc-Pr0sody!'));
      }).timeout(60_000);

  it('prints no password, whatever comes', async () => {
    const texts = [settings(`ldaps://${ad.name}`), settings(`ldaps://${ad.name}`, 'S0me-other-one'), settings(ad.name)];
    for (const text of texts) {
      const { output, status } = await run(text, 'N0t-her-pass!', 'alice');
      assert.ok(!/N0t-her-pass!|Svc-Pr0sody!|S0me-other-one/.test(output), output);
      assert.equal(status, 1);
      assert.match(output, /Login at meet\.test[\s\S]*Request[\s\S]*Prosody[\s\S]*Module[\s\S]*Directory[\s\S]*Answer/);
    }
    const { output } = await run(settings(ad.name), 'N0t-her-pass!', 'alice');
    assert.match(output, /^Cannot be told$/m);
    const allowed = await run(settings(ad.name), 'N0t-her-pass!', 'alice', '--allow-plaintext');
    assert.match(allowed.output, /171: Strong\(er\) authentication required/);
  }).timeout(60_000);

  it('names a disagreement: Prosody runs with other settings', async () => {
    const { output, status } = await run(
      settings('ldaps://127.0.0.1:1'),
      'Al1ce-pass!',
      'alice',
      '--through-prosody',
      `http://${server.address}:5280`,
    );
    assert.equal(status, 1);
    assert.match(output, /The rehearsal says hangs, Prosody granted\./);
  }).timeout(60_000);

  it('a silent directory is a login that hangs, in bounded time; it can be called off; nothing is left', async () => {
    const silent = await misbehaving('silent');
    const before = handles();
    const rehearsal = rehearsalAt(`ldap://${silent.address}`, 'alice', 'Al1ce-pass!');
    const options = { libldap: LIBLDAP, machineName: 'vm', allowPlaintext: true, stepTimeout: 300 };
    const report = await rehearseLogin(rehearsal, options);
    assert.equal(report.outcome, 'hangs');
    assert.match(report.stations[2]!.found, /it waits, and the whole of Prosody with it/);
    // with TIMEOUT in ldap.conf libldap gives up, and the module raises
    const timed = await rehearseLogin(rehearsal, { ...options, libldap: { ...LIBLDAP, timeout: 1 } });
    assert.match(timed.stations[2]!.prosodyLogs ?? '', /:171: Timed out$/);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const late = rehearseLogin(rehearsal, { ...options, stepTimeout: 60_000, signal: stop.signal });
    await assert.rejects(late, { code: 'aborted' });
    await assert.rejects(loginThrough({ ...THROUGH, url: `http://${silent.address}:389`, signal: AbortSignal.abort() }), {
      code: 'aborted',
    });
    await eventually(
      () => isDeepStrictEqual(handles(), before),
      () => `left open: ${handles().join(', ')}`,
    );
    await silent.stop();
  });

  it('through what is no Prosody, or not at all', async () => {
    const silent = await misbehaving('garbage');
    const end = (url: string) => loginThrough({ ...THROUGH, url }).then(({ outcome }) => outcome);
    assert.equal(await end(`http://${silent.address}:389`), 'not-served');
    assert.equal(await end(`ws://${silent.address}:389`), 'not-served');
    assert.equal(await end(`http://${silent.address}:9`), 'unknown');
    assert.equal(await end('ftp://meet.test'), 'unknown');
    // another machine without TLS: nothing is sent
    assert.equal(await end('http://192.0.2.1/'), 'unknown');
    await silent.stop();
    assert.equal((throughUrl('wss://meet.test') as URL).pathname, '/xmpp-websocket');
    assert.equal(typeof throughUrl('http://alice:secret@meet.test'), 'string');
    const said = { outcome: 'refused', answer: 'not-authorized', found: '', milliseconds: 0 } as const;
    const report = await rehearseLogin(rehearsalAt('ldaps://127.0.0.1:1', 'a@b', 'x'), { libldap: LIBLDAP, machineName: 'vm' });
    assert.match(disagreement(report, said) ?? '', /refused \(malformed-request\), Prosody refused \(not-authorized\)/);
    assert.equal(disagreement(report, { ...said, outcome: 'unknown' }), null);
  });
});

const THROUGH = { url: '', host: 'meet.test', user: 'alice', password: 'Al1ce-pass!', timeout: 500 };

/** What keeps the process busy: sockets and timers. */
function handles(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter(name => /TCPSocket|TCPConnect|Timeout|TLS/.test(name))
    .sort();
}
