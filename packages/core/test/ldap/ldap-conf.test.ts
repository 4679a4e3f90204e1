import assert from 'node:assert/strict';
import { type LdapConf, ldapConfOfEnvironment, parseLdapConf } from '../../src/ldap/index.js';

type Wanted = Partial<{ [Option in keyof LdapConf]: readonly [unknown, string] }>;

/** What the files say, in order, and what comes out: the value and its place. ldap.conf(5). */
const CASES: readonly (readonly [title: string, texts: readonly string[], wanted: Wanted])[] = [
  ['nothing', [''], {}],
  [
    'the file of Debian',
    ['#\n# LDAP Defaults\n\n#BASE dc=x\nTLS_CACERT\t/etc/ssl/certs/ca-certificates.crt\n'],
    { caFile: ['/etc/ssl/certs/ca-certificates.crt', '/a:5'] },
  ],
  ['names in any case', ['tls_reqcert Never'], { requireCertificate: ['never', '/a:1'] }],
  ['a later line wins', ['TLS_REQCERT never\nTLS_REQCERT demand'], { requireCertificate: ['demand', '/a:2'] }],
  ['a later file wins', ['TLS_REQCERT never', 'TLS_REQCERT allow'], { requireCertificate: ['allow', '/b:1'] }],
  ['a level that there is not', ['TLS_REQCERT try\nTLS_REQCERT always'], { requireCertificate: ['try', '/a:1'] }],
  ['seconds', ['TIMEOUT 5\nNETWORK_TIMEOUT 3'], { timeout: [5, '/a:1'], networkTimeout: [3, '/a:2'] }],
  ['no seconds', ['TIMEOUT 0\nNETWORK_TIMEOUT 5s\nTIMEOUT -1'], {}],
  ['referrals', ['REFERRALS off'], { referrals: [false, '/a:1'] }],
  ['referrals on', ['REFERRALS off\nREFERRALS Yes'], { referrals: [true, '/a:2'] }],
  ['folders', ['TLS_CACERTDIR /etc/ssl/certs;/srv/ca dir'], { caFolder: ['/etc/ssl/certs;/srv/ca dir', '/a:1'] }],
  [
    'blanks before and behind',
    ['   TLS_CACERT   /x y.pem   \r\nURI ldaps://a ldaps://b'],
    { caFile: ['/x y.pem', '/a:1'], uri: ['ldaps://a ldaps://b', '/a:2'] },
  ],
  ['an option without a value', ['TLS_CACERT /x\nTLS_CACERT'], { caFile: ['/x', '/a:1'] }],
];

describe('ldap.conf', () => {
  for (const [title, texts, wanted] of CASES) {
    it(title, () => {
      const conf = parseLdapConf(texts.map((text, index) => ({ name: `/${'ab'[index]}`, text })));
      const found = Object.entries(conf).filter(([, value]) => value !== null);
      assert.deepEqual(Object.fromEntries(found.map(([option, value]) => [option, [value!.value, value!.from]])), wanted);
    });
  }

  it('the environment, which comes last', () => {
    const conf = parseLdapConf([
      { name: '/etc/ldap/ldap.conf', text: 'TLS_REQCERT demand\nTIMEOUT 9' },
      ldapConfOfEnvironment({ LDAPTLS_REQCERT: 'never', LDAPTLS_CACERT: '/x', TLS_CACERT: '/no', LDAPTIMEOUT: 'x\nTIMEOUT 1' }),
    ]);
    assert.deepEqual(conf.requireCertificate, { value: 'never', from: 'the environment' });
    assert.deepEqual(conf.caFile, { value: '/x', from: 'the environment' });
    assert.equal(conf.timeout?.value, 9);
  });
});
