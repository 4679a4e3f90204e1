import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { checkDirectory } from '@prosodist/directory';
import { authority } from '../support/directory/certificates.js';
import { ownFolder } from '../support/directory/daemon.js';
import { describeWith } from '../support/needing.js';
import { placed } from './settings.js';

const BIND = [0x61, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00];
const DONE = [0x65, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00];

interface Case {
  readonly title: string;
  readonly commonName: string;
  readonly alternative: string;
  /** Where it is asked for. */
  readonly host: 'localhost' | '127.0.0.1';
  /** Whether it is trusted: by itself, as it is self-signed. */
  readonly trusted?: boolean;
  readonly period?: 'expired';
  /** The code of the step; null where libldap takes it. */
  readonly code: string | null;
}

const machine = hostname();
const CASES: readonly Case[] = [
  { title: 'an alternative name', commonName: 'other.test', alternative: `DNS:${machine}`, host: 'localhost', code: null },
  {
    title: 'the name in capitals',
    commonName: 'other.test',
    alternative: `DNS:${machine.toUpperCase()}`,
    host: 'localhost',
    code: null,
  },
  {
    title: 'only the common name, beside other names',
    commonName: machine,
    alternative: 'DNS:other.test',
    host: 'localhost',
    code: null,
  },
  {
    title: 'localhost, for localhost',
    commonName: 'localhost',
    alternative: 'DNS:localhost',
    host: 'localhost',
    code: 'tls.name',
  },
  { title: 'an address', commonName: 'other.test', alternative: 'IP:127.0.0.1', host: '127.0.0.1', code: null },
  { title: 'an address as common name', commonName: '127.0.0.1', alternative: 'DNS:other.test', host: '127.0.0.1', code: null },
  {
    title: 'an address as DNS name',
    commonName: 'other.test',
    alternative: 'DNS:127.0.0.1',
    host: '127.0.0.1',
    code: 'tls.name',
  },
  { title: 'another address', commonName: 'other.test', alternative: 'IP:127.0.0.2', host: '127.0.0.1', code: 'tls.name' },
  {
    title: 'nobody trusts it',
    commonName: machine,
    alternative: `DNS:${machine}`,
    host: 'localhost',
    trusted: false,
    code: 'tls.untrusted',
  },
  { title: 'it has ended', commonName: machine, alternative: '', host: 'localhost', period: 'expired', code: 'tls.expired' },
];

/** The files of a certificate and of the one to trust for it. */
function filesOf({ commonName, alternative, trusted = true, period }: Case, folder: string, index: number) {
  if (period) return { ...authority().make({ names: [commonName], period }), ca: authority().file };
  const [key, certificate] = [join(folder, `${index}.key`), join(folder, `${index}.pem`)];
  const words = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 60'.split(' ');
  const run = spawnSync(
    'openssl',
    [...words, '-keyout', key, '-out', certificate, '-subj', `/CN=${commonName}`, '-addext', `subjectAltName=${alternative}`],
    { encoding: 'utf8' },
  );
  assert.equal(run.status, 0, run.stderr);
  return { key, certificate, ca: trusted ? certificate : authority().file };
}

/** A server that takes every bind and finds nothing. */
async function serve(certificate: string, key: string): Promise<Server> {
  const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, socket => {
    socket.on('error', () => {});
    socket.on('data', request => {
      const at = request[1]! < 0x80 ? 2 : 2 + (request[1]! & 0x7f);
      const answer = request[at + 3] === 0x60 ? BIND : DONE;
      socket.write(Buffer.from([0x30, answer.length + 3, 0x02, 0x01, request[at + 2]!, ...answer]));
    });
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Whether the real libldap gets through TLS. */
function libldapTakes(url: string, ca: string): Promise<boolean> {
  const child = spawn('ldapsearch', ['-x', '-H', url, '-b', '', '-s', 'base', '-o', 'nettimeout=5', '-l', '5'], {
    env: { PATH: process.env.PATH, LDAPTLS_CACERT: ca, LDAPTLS_REQCERT: 'demand' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let error = '';
  child.stderr.setEncoding('utf8').on('data', text => (error += text));
  return new Promise(resolve => child.once('close', () => resolve(!/Can't contact LDAP server/.test(error))));
}

describeWith(
  'the judgement of certificates',
  existsSync('/usr/bin/ldapsearch') ? {} : { missing: 'ldapsearch is not there: run test/labs/install-directory.sh' },
  () => {
    const folder = ownFolder('judgement');
    for (const [index, each] of CASES.entries()) {
      it(`is libldap's: ${each.title}`, async () => {
        const { certificate, key, ca } = filesOf(each, folder, index);
        const server = await serve(certificate, key);
        const url = `ldaps://${each.host}:${(server.address() as AddressInfo).port}`;
        try {
          const taken = await libldapTakes(url, ca);
          const settings = {
            way: 'ldap2',
            host: 'meet.test',
            server: placed(url, 'ldap.hostname'),
            startTls: placed(false, 'ldap.use_tls'),
            bindName: null,
            bindPassword: null,
            base: placed('dc=test', 'b'),
            scope: placed('subtree' as const, 's'),
            filter: placed('(a=b)', 'f'),
            userAttribute: placed('uid', 'u'),
          } as const;
          const libldap = {
            requireCertificate: 'demand',
            trusted: readFileSync(ca, 'utf8'),
            trustedFrom: ca,
            timeout: null,
            networkTimeout: null,
            referrals: true,
          } as const;
          const report = await checkDirectory(settings, {
            libldap,
            machineName: machine,
            stepTimeout: 5000,
            lookup: (_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
          });
          const step = report.steps.find(({ step }) => step === 'tls');
          assert.equal(step?.verdict !== 'error', taken, `libldap ${taken ? 'takes' : 'refuses'} it; ${JSON.stringify(step)}`);
          assert.equal(step?.verdict === 'error' ? step.code : null, each.code);
        } finally {
          await new Promise(resolve => server.close(resolve));
        }
      });
    }
  },
);
