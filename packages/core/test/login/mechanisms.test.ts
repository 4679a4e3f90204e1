import assert from 'node:assert/strict';
import { type LoginConnection, load, loginOf, mechanismsOffered, memoryFiles, type ProsodyVersion } from '@prosodist/core';

const HOST = 'meet.test';
const TABLE = 'ldap = { hostname = "dc1", user = { basedn = "", usernamefield = "uid" } }';

function offered(text: string, connection: LoginConnection, prosody: ProsodyVersion = '0.12', saslConf?: string) {
  const files = memoryFiles({
    '/etc/prosody/prosody.cfg.lua': text,
    ...(saslConf !== undefined && { '/etc/sasl/prosody.conf': saslConf }),
  });
  const configuration = load(files, '/etc/prosody/prosody.cfg.lua', { prosody });
  return mechanismsOffered(configuration, loginOf(configuration, HOST, { files }), connection, {
    files,
    root: '',
    saslauthd: '/etc/saslauthd.conf',
  });
}

function at(global: string, host = '') {
  return `modules_enabled = { "saslauth", "bosh", "websocket" }\nauthentication = "ldap2"\n${TABLE}\n${global}\nVirtualHost "${HOST}"\n${host}`;
}

const HTTP: LoginConnection = { transport: 'bosh', secure: false };
const HTTPS: LoginConnection = { transport: 'bosh', secure: true };
const FORWARDED: LoginConnection = { ...HTTP, forwardedProto: 'https' };
const SOCKET: LoginConnection = { transport: 'websocket', secure: false };

/** Settings → what is offered over HTTP, HTTPS, HTTP with X-Forwarded-Proto, and WebSocket without TLS. As seen with 0.12.3 and 13.0.1. */
const MATRIX: readonly (readonly [
  global: string,
  host: string,
  http: string,
  https: string,
  forwarded: string,
  socket: string,
])[] = [
  ['', '', '', 'PLAIN', 'PLAIN', ''],
  ['consider_bosh_secure = true', '', 'PLAIN', 'PLAIN', 'PLAIN', ''],
  ['consider_bosh_secure = "true"', '', 'PLAIN', 'PLAIN', 'PLAIN', ''],
  ['', 'consider_bosh_secure = true', '', 'PLAIN', 'PLAIN', ''],
  ['consider_websocket_secure = true', '', '', 'PLAIN', 'PLAIN', 'PLAIN'],
  ['c2s_require_encryption = false', '', '', 'PLAIN', 'PLAIN', ''],
  ['allow_unencrypted_plain_auth = true', '', '', 'PLAIN', 'PLAIN', ''],
  ['c2s_require_encryption = false', 'allow_unencrypted_plain_auth = true', 'PLAIN', 'PLAIN', 'PLAIN', 'PLAIN'],
  ['require_encryption = false', 'insecure_sasl_mechanisms = { "LOGIN" }', 'PLAIN', 'PLAIN', 'PLAIN', 'PLAIN'],
  // neither word: Prosody takes it for nil, and nil for no
  ['c2s_require_encryption = "no" allow_unencrypted_plain_auth = 1', '', 'PLAIN', 'PLAIN', 'PLAIN', 'PLAIN'],
  ['consider_bosh_secure = true', 'disable_sasl_mechanisms = { "PLAIN" }', '', '', '', ''],
  ['trusted_proxies = { "10.0.0.1" }', '', '', 'PLAIN', '', ''],
];

describe('the mechanisms that are offered', () => {
  for (const [global, host, ...wanted] of MATRIX)
    it(`${global} | ${host}`, () => {
      const got = [HTTP, HTTPS, FORWARDED, SOCKET].map(connection => {
        const offer = offered(at(global, host), connection);
        if (offer.kind !== 'offer') return offer.kind;
        assert.equal(offer.why === null, offer.mechanisms.length > 0);
        return offer.mechanisms.join(' ');
      });
      assert.deepEqual(got, wanted);
    });

  it('logs what Prosody logs, and knows the setting that does nothing below a host', () => {
    const plain = offered(at('', 'consider_bosh_secure = true'), HTTP);
    assert.ok(plain.kind === 'offer');
    assert.deepEqual(plain.logs, ['Not offering authentication on insecure connection']);
    assert.match(plain.help ?? '', /^Move consider_bosh_secure = true above/);
    assert.equal(plain.settings.length, 1);
    const withheld = offered(at('c2s_require_encryption = false'), HTTP);
    assert.ok(withheld.kind === 'offer');
    assert.deepEqual(withheld.logs, [
      "All SASL mechanisms provided by authentication module 'ldap2' are forbidden on insecure connections (PLAIN)",
    ]);
  });

  it('13.0 takes X-Forwarded-Proto unless it is told not to', () => {
    const get = (option: string) => {
      const offer = offered(at(option), FORWARDED, '13.0');
      return offer.kind === 'offer' && offer.mechanisms.join();
    };
    assert.equal(get(''), 'PLAIN');
    assert.equal(get('http_legacy_x_forwarded = false'), '');
  });

  it('a module that is not loaded, a provider without passwords, SASL files', () => {
    const kind = (text: string, connection: LoginConnection, conf?: string) => {
      const offer = offered(text, connection, '13.0', conf);
      return offer.kind === 'offer' ? offer.mechanisms.join() : offer.kind;
    };
    const own = (modules: string, rest: string) => `modules_enabled = { ${modules} }\nVirtualHost "${HOST}"\n${rest}`;
    assert.equal(kind(own('"saslauth"', ''), HTTPS), 'not-served');
    assert.equal(kind(own('"bosh"', ''), HTTPS), '');
    assert.equal(kind(own('"bosh", "saslauth"', 'authentication = "anonymous"'), HTTPS), 'ANONYMOUS');
    assert.equal(kind(own('"bosh", "saslauth"', ''), HTTPS), 'PLAIN,SCRAM-SHA-1');
    assert.equal(kind(own('"bosh", "saslauth"', 'authentication = "cyrus"'), HTTPS, 'mech_list: plain login'), 'LOGIN,PLAIN');
    assert.equal(kind(own('os.getenv("X")', ''), HTTPS), 'unknown');
    assert.equal(kind(at('', ''), { transport: 'c2s', secure: false }), '');
    assert.equal(kind(at('', ''), { transport: 'c2s', secure: true }), 'PLAIN');
  });
});
