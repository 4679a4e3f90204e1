import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DirectoryReport } from '@prosodist/directory';
import { run } from 'prosodist';
import { activeDirectory } from '../support/directory/ad.js';
import type { DirectoryServer } from '../support/directory/server.js';
import { describeWith } from '../support/needing.js';
import { misbehaving } from './broken-servers.js';
import { assertNoSecret, WRONG } from './settings.js';

interface Answer {
  readonly status: number;
  readonly out: string;
  readonly error: string;
}

describeWith('prosodist directory check', activeDirectory(), lab => {
  let server: DirectoryServer;
  let folder: string;
  before(async function () {
    this.timeout(60_000);
    server = await lab.start({ certificate: 'with-address' });
    folder = mkdtempSync(join(tmpdir(), 'directory-check-'));
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  });

  const host = (name: string, password: string, more = '') => `VirtualHost "${name}"
  authentication = "ldap2"
  ldap = {
    hostname = "ldaps://${server.address}"; ${more}
    bind_dn = "${server.service.dn}"; bind_password = "${password}";
    user = { basedn = "${server.people}"; usernamefield = "sAMAccountName"; filter = "(objectClass=user)" };
  }
`;

  async function check(text: string, argv: readonly string[] = [], stdin = ''): Promise<Answer> {
    const file = join(folder, 'prosody.cfg.lua');
    writeFileSync(file, text);
    let out = '';
    let error = '';
    const status = await run(['directory', 'check', file, '--prosody', '13.0', ...argv], {
      stdout: { write: chunk => (out += String(chunk)) },
      stderr: { write: chunk => (error += String(chunk)) },
      stdin: (async function* () {
        yield stdin;
      })(),
      env: { LDAPTLS_CACERT: server.ca },
      cwd: folder,
      isTTY: false,
    });
    assertNoSecret(out + error, server);
    return { status, out, error };
  }

  it('all is well', async () => {
    const { status, out, error } = await check(
      host('meet.test', server.service.password),
      ['--user', 'alice', '--password-file', '-'],
      `${server.accounts.alice!.password}\n`,
    );
    assert.equal(status, 0, out + error);
    assert.match(out, /^ok {6}form 0 ms$/m);
    assert.match(out, /It is CN=Alice\s+Liddell/);
    assert.match(out, /\nmeet\.test: (?:all 13 steps are well|1 warning in 13 steps)\n$/);
  });

  it('as JSON, with places', async () => {
    const { status, out } = await check(host('meet.test', WRONG[0]!), ['--format', 'json']);
    assert.equal(status, 1);
    const json = JSON.parse(out) as { host: string; way: string; verdict: string; server: string } & DirectoryReport;
    assert.deepEqual([json.host, json.way, json.verdict, json.server], ['meet.test', 'ldap2', 'error', 'samba']);
    const last = json.steps.at(-1)!;
    assert.equal(last.code, 'bind.invalid-credentials');
    assert.deepEqual(
      last.settings.map(({ name, ...at }) => [name, (at as unknown as { line: number }).line]),
      [
        ['ldap.bind_dn', 5],
        ['ldap.bind_password', 5],
      ],
    );
  });

  it('a wrong password of the user: status 1, the log and what to do', async () => {
    const { status, out } = await check(
      host('meet.test', server.service.password),
      ['--user', 'bob', '--password-file', '-'],
      WRONG[1],
    );
    assert.equal(status, 1);
    assert.match(out, /^error {3}user-bind ldaps:\S+ \[user-bind\.invalid-credentials\]/m);
    assert.match(out, /Prosody logs:\n {10}_M\.bind - who: CN=Bob Builder/);
    assert.match(out, /The user sees: the name or password is refused/);
    assert.match(out, /To do: Check the password\./);
  });

  it('--timeout bounds a step', async () => {
    const silent = await misbehaving('silent');
    const started = performance.now();
    const text = host('meet.test', 'x').replace(server.address, `127.0.0.1:${silent.port}`);
    const { status, out } = await check(text, ['--timeout', '200']);
    await silent.stop();
    assert.equal(status, 1);
    assert.match(out, /\[tls\.timeout\] 2\d\d ms\n[\s\S]*within 200 ms/);
    assert.ok(performance.now() - started < 3000);
  });

  const WRONG_USE: readonly (readonly [title: string, text: () => string, argv: readonly string[], error: RegExp])[] = [
    ['several hosts', () => host('a.test', 'x') + host('b.test', 'x'), [], /say which with --host: a\.test, b\.test/],
    ['no such host', () => host('a.test', 'x'), ['--host', 'c.test'], /no virtual host "c\.test"; there are a\.test/],
    [
      'a host that asks none',
      () => 'VirtualHost "a.test"\nauthentication = "anonymous"\n',
      ['--host', 'a.test'],
      /asks no directory/,
    ],
    ['none that asks one', () => 'VirtualHost "a.test"\nauthentication = "anonymous"\n', [], /no virtual host asks a directory/],
    ['a password without a user', () => host('a.test', 'x'), ['--password-file', '-'], /name the user too/],
    ['an empty password', () => host('a.test', 'x'), ['--user', 'a', '--password-file', '-'], /no password in the first line/],
    ['a time that is none', () => host('a.test', 'x'), ['--timeout', '0'], /from 10 to 600000/],
    ['a broken configuration', () => 'VirtualHost "a.test', [], /would not load/],
  ];
  for (const [title, text, argv, error] of WRONG_USE) {
    it(`${title}: status 2`, async () => {
      const answer = await check(text(), argv);
      assert.equal(answer.status, 2, answer.out);
      assert.match(answer.error, error);
    });
  }

  it('what the configuration alone shows: status 1', async () => {
    const { status, out } = await check('VirtualHost "a.test"\nauthentication = "ldap2"\n');
    assert.equal(status, 1);
    assert.match(out, /^error {3}configuration\n[\s\S]*To do: /);
  });
});
