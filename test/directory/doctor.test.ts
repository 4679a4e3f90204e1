import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { axeViolations, chromiumLab, openFile } from '../support/chromium.js';
import { prosodist } from '../support/command.js';
import { activeDirectory } from '../support/directory/ad.js';
import { namesEnvironment } from '../support/directory/names.js';
import type { DirectoryServer } from '../support/directory/server.js';
import { describeWith } from '../support/needing.js';

interface Shown {
  readonly state: string;
  readonly first: { readonly title: string; readonly cause: { readonly text: string; readonly log: string | null } } | null;
  readonly rehearsal: { readonly outcome: string } | null;
  readonly stations: readonly {
    readonly station: string;
    readonly state: string;
    readonly checks: readonly { readonly state: string; readonly text: string }[];
  }[];
}

const folder = join(tmpdir(), `prosodist-doctor-${process.pid}`);
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** A configuration as Jitsi's with ldap, and a password file; returns the entry. */
function configuration(options: string, extra = ''): string {
  const entry = join(folder, 'prosody.cfg.lua');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    entry,
    `modules_enabled = { "bosh"; "websocket"; "saslauth"; "tls"; "roster" }
consider_bosh_secure = true
consider_websocket_secure = true
VirtualHost "meet.example.com"
${options}
VirtualHost "auth.meet.example.com"
    authentication = "internal_hashed"
${extra}`,
  );
  return entry;
}

function ldap({ address, service }: DirectoryServer, more: { server?: string; base?: string; password?: string } = {}): string {
  return `    authentication = "ldap"
    ldap_server = "${more.server ?? `ldaps://${address}`}"
    ldap_rootdn = "${service.dn}"
    ldap_password = "${more.password ?? service.password}"
    ldap_base = "${more.base ?? 'OU=Staff,DC=corp,DC=example'}"
    ldap_filter = "(&(sAMAccountName=$user)(objectClass=user))"
`;
}

function stateOf({ stations }: Shown, name: string): string {
  return stations.find(({ station }) => station === name)!.state;
}

describeWith('doctor with an Active Directory (Samba)', activeDirectory(), lab => {
  let ad: DirectoryServer;
  before(async function () {
    this.timeout(60_000);
    ad = await lab.start({ certificate: 'with-address' });
  });
  after(() => ad?.stop());

  async function doctor(entry: string, argv: readonly string[] = [], stdin = ''): Promise<{ status: number; shown: Shown }> {
    const env = { LDAPTLS_CACERT: ad.ca };
    const result = await prosodist(['doctor', ...argv, '--format', 'json', entry], { env, stdin });
    for (const account of Object.values(ad.accounts))
      assert.ok(!result.stdout.includes(account.password), 'a secret in the output');
    assert.ok(result.stdout !== '', result.stderr);
    const { hosts } = JSON.parse(result.stdout) as { hosts: Shown[] };
    assert.equal(hosts.length, 1, 'only the host that asks a directory');
    return { status: result.status, shown: hosts[0]! };
  }

  it('all good: every station is green, and the answer too', async () => {
    // a name in the stead of an address, which only a process of its own can resolve
    const entry = configuration(ldap(ad, { server: `ldaps://${ad.name}` }));
    const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
    const { NODE_OPTIONS, ...names } = namesEnvironment(ad.names);
    const env = { ...process.env, ...names, NODE_OPTIONS: `${NODE_OPTIONS} --import=tsx`, LDAPTLS_CACERT: ad.ca };
    const argv = [main, 'doctor', '--prosody', '13.0', '--format', 'json', entry];
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, { env, encoding: 'utf8' });
    assert.ok(stdout !== '', stderr);
    const { stations } = (JSON.parse(stdout) as { hosts: Shown[] }).hosts[0]!;
    // on a busy machine the times are in doubt, and nothing else
    const doubts = stations
      .slice(0, -1)
      .flatMap(({ checks }) => checks.filter(({ state }) => state !== 'green' && state !== 'grey'));
    assert.deepEqual(
      doubts.filter(({ text }) => !/^Prosody stands still/.test(text)),
      [],
    );
    const expected = doubts.length > 0 ? 'ggggaa' : 'gggggg';
    assert.equal(stations.map(({ state }) => state[0]).join(''), expected);
    assert.equal(status, 0);
  });

  it('an address in the stead of a name works here, and is in doubt', async () => {
    const { status, shown } = await doctor(configuration(ldap(ad)));
    assert.deepEqual(
      [stateOf(shown, 'prosody'), stateOf(shown, 'directory'), stateOf(shown, 'answer')],
      ['green', 'amber', 'amber'],
    );
    assert.equal(status, 0);
  });

  it('a user with his password: the login is rehearsed', async () => {
    const { status, shown } = await doctor(
      configuration(ldap(ad)),
      ['--user', 'alice', '--password-file', '-'],
      ad.accounts.alice!.password,
    );
    assert.equal(shown.rehearsal?.outcome, 'granted');
    assert.equal(status, 0);
  });

  it('a disabled user: red at the answer', async () => {
    const { status, shown } = await doctor(
      configuration(ldap(ad)),
      ['--user', 'dora', '--password-file', '-'],
      ad.accounts.dora!.password,
    );
    assert.equal(shown.rehearsal?.outcome, 'refused');
    assert.equal(stateOf(shown, 'answer'), 'red');
    assert.equal(status, 1);
  });

  it('what may lock an account is not tried: a locked user, and a service account that was refused', async () => {
    const lena = await doctor(configuration(ldap(ad)), ['--user', 'lena', '--password-file', '-'], ad.accounts.lena!.password);
    assert.deepEqual([lena.shown.rehearsal, stateOf(lena.shown, 'directory'), lena.status], [null, 'red', 1]);
    const wrong = configuration(ldap(ad, { password: 'Falsch-4711' }));
    const refused = await doctor(wrong, ['--user', 'alice', '--password-file', '-'], ad.accounts.alice!.password);
    assert.equal(refused.shown.rehearsal, null);
  });

  it('a wrong password of the service account: red at the directory, with the words of the log', async () => {
    const { status, shown } = await doctor(configuration(ldap(ad, { password: 'Falsch-4711' })));
    assert.deepEqual([stateOf(shown, 'module'), stateOf(shown, 'directory'), stateOf(shown, 'answer')], ['green', 'red', 'red']);
    assert.equal(shown.first?.title, 'Directory');
    assert.match(shown.first!.cause.log!, /Invalid credentials/);
    assert.ok(!JSON.stringify(shown).includes('Falsch-4711'));
    assert.equal(status, 1);
  });

  it('a base that is not there, and no TLS', async () => {
    const gone = await doctor(configuration(ldap(ad, { base: 'OU=Nowhere,DC=corp,DC=example' })));
    assert.equal(stateOf(gone.shown, 'directory'), 'red');
    const clear = await doctor(configuration(ldap(ad, { server: `ldap://${ad.address}` })));
    assert.equal(stateOf(clear.shown, 'directory'), 'red');
    assert.equal(clear.status, 1);
  });

  it('--offline: the directory is grey, and so is the answer', async () => {
    const { status, shown } = await doctor(configuration(ldap(ad, { server: `ldaps://${ad.name}` })), ['--offline']);
    assert.deepEqual([stateOf(shown, 'directory'), stateOf(shown, 'answer')], ['grey', 'grey']);
    assert.equal(status, 0);
  });

  it('the picture in a terminal: drawn, in ASCII, and never with a secret', async () => {
    const entry = configuration(ldap(ad, { base: 'OU=Nowhere,DC=corp,DC=example' }));
    const env = { LDAPTLS_CACERT: ad.ca };
    const drawn = (await prosodist(['doctor', entry], { env: { ...env, LANG: 'de_DE.UTF-8' } })).stdout;
    assert.match(
      drawn,
      /● {2}User .*\n.*\n[\s\S]*│ {2}LDAPS\n[\s\S]*✖ {2}Directory[\s\S]*✖ {2}Answer[\s\S]*Broken, first at Directory: /,
    );
    assert.match(drawn, /ldap_password = •••/);
    const ascii = (await prosodist(['doctor', entry], { env: { ...env, LANG: 'C' } })).stdout;
    assert.match(ascii, /\(X\) {2}Directory/);
    assert.ok(!/[●▲✖○│┆✔]/.test(ascii));
    for (const text of [drawn, ascii]) assert.ok(!text.includes(ad.service.password));
  });

  describeWith('as a page, in a real browser', chromiumLab(), browsers => {
    let browser: Browser;
    const file = join(folder, 'doctor.html');
    before(async function () {
      this.timeout(60_000);
      browser = await browsers.start();
      const evil = `    ldap_mode = "<script>document.title='taken'</script><img src=x onerror=alert(1)>"\n`;
      const entry = configuration(`${ldap(ad, { base: 'OU=Nowhere,DC=corp,DC=example' })}${evil}`);
      const { stderr } = await prosodist(['doctor', '--html', file, entry], { env: { LDAPTLS_CACERT: ad.ca } });
      assert.match(stderr, /wrote/);
    });
    after(async () => {
      await browser?.close();
      rmSync(file, { force: true });
    });

    for (const looks of [
      { width: 1100, scheme: 'light' },
      { width: 1100, scheme: 'dark' },
      { width: 400, scheme: 'light' },
      { width: 400, scheme: 'dark' },
    ] as const)
      it(`${looks.width} wide, ${looks.scheme}: quiet, no wider than the window, and without a violation that axe knows`, async function () {
        this.timeout(30_000);
        const { page, noise } = await openFile(browser, file, looks);
        assert.deepEqual(await axeViolations(page), []);
        assert.deepEqual(noise, []);
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), looks.width);
        assert.equal(await page.title(), 'Login at meet.example.com', 'what stands in the configuration is text');
        const headings = (await page.locator('h3').allInnerTexts()).map(text =>
          text.replace(/\s*(?:good|in doubt|broken|not looked at)$/, ''),
        );
        assert.deepEqual(headings, await page.locator('.stop .name').allInnerTexts());
        await page.context().close();
      });

    it('needs nothing else: no script, no address but its own, and a policy that forbids both', () => {
      const html = readFileSync(file, 'utf8');
      assert.ok(
        !/<(?:script|img|link|iframe|object|form|base)\b|<[^>]*\s(?:on\w+|style|src)=|href="(?!#)|url\(|@import/i.test(html),
      );
      assert.ok(html.includes('&#60;script&#62;'), 'the hostile value is shown, as text');
      assert.match(
        html,
        /Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-[^"]*; base-uri &#39;none&#39;; form-action &#39;none&#39;"/,
      );
      assert.ok(!html.includes(ad.service.password));
    });
  });
});

describe('doctor: wrong use', () => {
  const entry = configuration('    authentication = "internal_hashed"\n');
  const cases: readonly [string, readonly string[], RegExp][] = [
    ['a password without a user', ['--password-file', 'x'], /name the user too/],
    ['a user without a directory', ['--user', 'alice', '--offline'], /--offline asks no directory/],
    ['no such host', ['--host', 'elsewhere.example'], /no virtual host "elsewhere\.example"; there are meet\.example\.com, auth/],
    ['a page that cannot be written', ['--html', '/nowhere/x.html'], /cannot be written/],
  ];
  for (const [title, argv, message] of cases)
    it(title, async () => {
      const { status, stderr } = await prosodist(['doctor', ...argv, entry]);
      assert.match(stderr, message);
      assert.equal(status, 2);
    });

  it('a host without a directory: drawn all the same', async () => {
    const { status, stdout } = await prosodist(['doctor', '--host', 'auth.meet.example.com', entry]);
    assert.match(stdout, /the provider internal_hashed asks no directory/);
    assert.equal(status, 0);
  });

  it('a configuration that Prosody refuses: red at Prosody', async () => {
    const broken = configuration('    authentication = "ldap"\n', 'x = {');
    const { status, stdout } = await prosodist(['doctor', broken], { env: { LANG: 'C' } });
    assert.match(stdout, /\(X\) {2}Prosody/);
    assert.equal(status, 1);
  });
});
