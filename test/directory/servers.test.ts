import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { activeDirectory } from '../support/directory/ad.js';
import { misbehaving } from '../support/directory/misbehaving.js';
import type { DirectoryServer } from '../support/directory/server.js';
import { openLdap } from '../support/directory/slapd.js';
import { describeWith } from '../support/needing.js';

/** What Active Directory adds to "invalid credentials" for each kind of account: the Windows error in hex. */
const codes = {
  disabled: '533',
  expired: '701',
  'must-change': '773',
  'password-expired': '532',
  locked: '775',
  'logon-hours': '530',
  workstation: '531',
} as const;

describeWith('the Active Directory of the tests', activeDirectory(), lab => {
  let server: DirectoryServer;
  before(async () => {
    server = await lab.start();
  });
  after(() => server.stop());

  it('tells every special account apart, and takes every other', () => {
    for (const { name, dn, password, is } of Object.values(server.accounts)) {
      const said = bind(server, `ldaps://${server.address}`, dn, password);
      if (is) assert.match(said, new RegExp(`data ${codes[is]},`), name);
      else assert.doesNotMatch(said, /ldap_bind/, name);
    }
  });

  it('takes no password without TLS', () => {
    const { dn, password } = server.service;
    assert.match(bind(server, `ldap://${server.address}`, dn, password), /Strong\(er\) authentication required/);
  });
});

describeWith('the OpenLDAP of the tests', openLdap(), lab => {
  it('takes every account but the locked one', async () => {
    const server = await lab.start();
    for (const { name, dn, password, is } of Object.values(server.accounts))
      assert.equal(/Invalid credentials/.test(bind(server, `ldaps://${server.address}`, dn, password)), is !== null, name);
    await server.stop();
  });

  it('can demand TLS, and be closed to the anonymous', async () => {
    const server = await lab.start({ demandTls: true, anonymous: false });
    const { dn, password } = server.service;
    assert.match(bind(server, `ldap://${server.address}`, dn, password), /Confidentiality required/);
    assert.match(bind(server, `ldaps://${server.address}`, '', ''), /Inappropriate authentication/);
    await server.stop();
  });
});

describe('servers that do not behave', () => {
  it('a silent one lets a client wait', async () => {
    const server = await misbehaving('silent', { port: 3890 });
    const run = spawnSync(
      'node',
      ['-e', `require('net').connect(3890, '${server.address}').on('data', () => process.exit(3)).write('x')`],
      {
        timeout: 500,
      },
    );
    assert.equal(run.error && 'code' in run.error ? run.error.code : run.status, 'ETIMEDOUT');
    await server.stop();
  });
});

function bind(server: DirectoryServer, url: string, dn: string, password: string): string {
  const who = dn ? ['-D', dn, '-w', password] : [];
  const run = spawnSync('ldapwhoami', ['-x', '-H', url, ...who], {
    encoding: 'utf8',
    // the certificate is for the name, and this asks the address
    env: { ...process.env, LDAPTLS_CACERT: server.ca, LDAPTLS_REQCERT: 'allow' },
  });
  return run.stdout + run.stderr;
}
