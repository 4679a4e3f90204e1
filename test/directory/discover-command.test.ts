import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, loginOf, memoryFiles } from '@prosodist/core';
import type { Discovery } from '@prosodist/directory';
import { prosodist } from '../support/command.js';
import { dnsLab } from '../support/directory/dns.js';
import type { DirectoryServer } from '../support/directory/server.js';
import { openLdap } from '../support/directory/slapd.js';
import { describeWith } from '../support/needing.js';

const folder = join(tmpdir(), `prosodist-discover-${process.pid}`);
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

describeWith('directory discover, the command, with OpenLDAP', openLdap(), lab => {
  let server: DirectoryServer;
  let secret: string;
  before(async function () {
    this.timeout(60_000);
    server = await lab.start({ certificate: 'with-address' });
    mkdirSync(folder, { recursive: true });
    secret = join(folder, 'secret');
    writeFileSync(secret, `${server.service.password}\nmore\n`);
  });
  after(() => server?.stop());

  const discover = (argv: readonly string[], stdin = '') =>
    prosodist(['directory', 'discover', ...argv], { env: { LDAPTLS_CACERT: server.ca }, stdin });
  const account = () => ['--bind-name', server.service.dn, '--password-file', secret];

  it('text: what is there, and Lua that Prosody reads', async () => {
    const { status, stdout, stderr } = await discover([server.address, ...account()]);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /OpenLDAP\n {2}holds dc=example,dc=org\n {2}looked at as uid=svc-prosody/);
    assert.match(
      stdout,
      /\+ 636 {3}LDAPS {4}open, TLS\n {6}certificate for .*, until \d{4}-\d\d-\d\d, by CN=Prosodist Test Authority/,
    );
    assert.match(stdout, /- 3269 /);
    assert.match(stdout, / {6}13 {2}ou=people,dc=example,dc=org/);
    assert.ok(!stdout.includes(server.service.password));
    const lua = /mod_auth_ldap2, in the VirtualHost.*\n([\s\S]*)$/.exec(stdout)![1]!;
    const files = memoryFiles({ '/p.cfg.lua': `VirtualHost "a.example"\n${lua}` });
    const login = loginOf(load(files, '/p.cfg.lua', { prosody: '13.0' }), 'a.example');
    assert.ok(login.kind === 'directory' && login.settings.server.value === `ldaps://${server.address}`);
  });

  it('json: the same as the library, with the password from standard input', async () => {
    const { status, stdout } = await discover(
      ['--format', 'json', `ldaps://${server.address}`, '--bind-name', server.service.dn, '--password-file', '-'],
      server.service.password,
    );
    const found = JSON.parse(stdout) as Discovery;
    assert.equal(found.boundAs, server.service.dn);
    assert.deepEqual(Object.keys(found.proposal!.settings).sort(), [
      'base',
      'bindName',
      'filter',
      'scope',
      'server',
      'startTls',
      'userAttribute',
      'userFilter',
    ]);
    assert.ok(!stdout.includes(server.service.password));
    assert.equal(status, 0);
  });

  it('nothing to propose: status 1, and why', async () => {
    const { status, stdout } = await discover(['127.0.0.1:9']);
    assert.match(stdout, /! No LDAP server answers for 127\.0\.0\.1/);
    assert.equal(status, 1);
  });

  describeWith('by a DNS server that is named', dnsLab(), ({ startDns }) => {
    it('its records are printed, and its names are used', async () => {
      const services = ['_ldap._tcp.example.org,ldap.example.org,389,0,0'];
      const dns = await startDns({ domain: 'example.org', hosts: { 'ldap.example.org': server.address }, services });
      try {
        const { status, stdout } = await discover(['example.org', '--server', dns.address, ...account()]);
        assert.match(stdout, /_ldap\._tcp\.example\.org {2}0 0 389 ldap\.example\.org/);
        assert.match(stdout, /server = ldaps:\/\/ldap\.example\.org\n/);
        assert.equal(status, 0);
      } finally {
        await dns.stop();
      }
    });
  });
});

describe('directory discover: wrong use', () => {
  const cases: readonly [string, readonly string[], RegExp][] = [
    ['a name without a password', ['a.example', '--bind-name', 'x'], /needs a password: --password-file/],
    ['a password without a name', ['a.example', '--password-file', 'x'], /name the account too/],
    [
      'a password file that is not there',
      ['a.example', '--bind-name', 'x', '--password-file', '/nowhere/x'],
      /password cannot be read/,
    ],
    ['an empty password', ['a.example', '--bind-name', 'x', '--password-file', '/dev/null'], /password/],
    ['no name', ['a b'], /neither a domain nor the name of a machine/],
    ['no address of a DNS server', ['a.example', '--server', 'dns.example'], /--server wants the address/],
  ];
  for (const [title, argv, message] of cases)
    it(title, async () => {
      const { status, stdout, stderr } = await prosodist(['directory', 'discover', ...argv]);
      assert.match(stderr, message);
      assert.equal(stdout, '');
      assert.equal(status, 2);
    });
});
