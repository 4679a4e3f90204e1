import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SaslauthdTls } from '@prosodist/core';
import { libldapOptions } from '../src/index.js';

const PEM = '-----BEGIN CERTIFICATE-----\n';
const PASSWD = 'root:x:0:0::/root:/bin/sh\nprosody:x:106:113:Prosody:/var/lib/prosody:/bin/false\n';
const SASL: SaslauthdTls = {
  checkPeer: null,
  caFile: null,
  caFolder: null,
  timeout: 5,
  method: 'bind',
  sizeLimit: 1,
  group: null,
  service: 'xmpp',
  realm: '',
  defaultRealm: '',
};

describe("libldap's settings of a machine", () => {
  let root: string;
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const read = (environment: Record<string, string> = {}, more: object = {}) => libldapOptions({ root, environment, ...more });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'libldap-'));
    put('/etc/passwd', PASSWD);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('without any file: demand, and nobody is trusted', () =>
    assert.deepEqual(read(), {
      requireCertificate: 'demand',
      trusted: null,
      trustedFrom: null,
      timeout: null,
      networkTimeout: null,
      referrals: true,
    }));

  it('takes the files in the order of libldap', () => {
    const set = (path: string, seconds: number) => put(path, `TIMEOUT ${seconds}\n`);
    set('/etc/ldap/ldap.conf', 1);
    assert.equal(read().timeout, 1);
    set('/var/lib/prosody/ldaprc', 2);
    assert.equal(read().timeout, 2);
    set('/var/lib/prosody/.ldaprc', 3);
    assert.equal(read().timeout, 3);
    set('/srv/ldaprc', 4);
    assert.equal(read({}, { cwd: '/srv' }).timeout, 4);
    set('/srv/own.conf', 5);
    assert.equal(read({ LDAPCONF: '/srv/own.conf' }, { cwd: '/srv' }).timeout, 5);
    set('/var/lib/prosody/.rc', 6);
    assert.equal(read({ LDAPCONF: '/srv/own.conf', LDAPRC: 'rc' }).timeout, 6);
    assert.equal(read({ LDAPTIMEOUT: '7', LDAPRC: 'rc' }).timeout, 7);
    assert.equal(read({ LDAPTIMEOUT: '7', LDAPNOINIT: '' }).timeout, null);
  });

  it('reads the trusted certificates, of a file and of folders', () => {
    put('/ca.pem', `${PEM}one`);
    put('/ca/a.pem', `${PEM}two`);
    put('/ca/readme', 'nothing');
    mkdirSync(join(root, 'ca/more'));
    put('/etc/ldap/ldap.conf', '\nTLS_CACERT /ca.pem\nTLS_CACERTDIR /ca;/nowhere\n');
    const options = read();
    assert.equal(options.trusted, `${PEM}one\n${PEM}two`);
    assert.equal(options.trustedFrom, '/etc/ldap/ldap.conf:2 (/ca.pem) and /etc/ldap/ldap.conf:3 (/ca;/nowhere)');
    assert.deepEqual(options.problems, ['TLS_CACERTDIR of /etc/ldap/ldap.conf:3 names /nowhere, which is not there']);
  });

  it('says what of it cannot be read', () => {
    put('/big.pem', 'x'.repeat(17 * 1024 * 1024));
    put('/empty.pem', '');
    execFileSync('mkfifo', [join(root, 'pipe')]);
    mkdirSync(join(root, 'folder'));
    for (const [file, why] of [
      ['/nowhere', 'is not there'],
      ['/big.pem', 'is larger than 16777216 bytes'],
      ['/empty.pem', 'has no certificate in PEM form'],
      ['/pipe', 'is no file'],
      ['/folder', 'is no file'],
    ] as const) {
      put('/etc/ldap/ldap.conf', `TLS_CACERT ${file}\n`);
      const options = read();
      assert.equal(options.trusted, null);
      assert.deepEqual(options.problems, [`TLS_CACERT of /etc/ldap/ldap.conf:1 names ${file}, which ${why}`]);
    }
  });

  it('lets saslauthd.conf win, for the cyrus way', () => {
    put('/etc/ldap/ldap.conf', 'TLS_CACERT /a.pem\nTIMEOUT 9\nTLS_REQCERT demand\n');
    put('/a.pem', `${PEM}a`);
    put('/b.pem', `${PEM}b`);
    const options = read({}, { saslauthd: { ...SASL, checkPeer: false, caFile: '/b.pem' } });
    assert.equal(options.requireCertificate, 'never');
    assert.equal(options.trusted, `${PEM}b`);
    assert.equal(options.trustedFrom, 'saslauthd.conf (/b.pem)');
    assert.equal(options.timeout, 5);
    assert.equal(read({}, { saslauthd: SASL }).trusted, `${PEM}a`);
  });
});
