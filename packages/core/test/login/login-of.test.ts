import assert from 'node:assert/strict';
import { type Login, type LoginOptions, load, loginOf, memoryFiles, type ProsodyVersion } from '@prosodist/core';

const HOST = 'meet.test';
const USER = 'user = { basedn = "OU=Staff,DC=corp,DC=example", usernamefield = "sAMAccountName", filter = "(objectClass=user)" }';

function loginAt(text: string, options: LoginOptions = {}, prosody: ProsodyVersion = '13.0', host = HOST): Login {
  const files = memoryFiles({ '/etc/prosody/prosody.cfg.lua': text });
  return loginOf(load(files, '/etc/prosody/prosody.cfg.lua', { prosody }), host, options);
}

const ldap2 = (table: string) => `authentication = "ldap2"\nldap = ${table}\nVirtualHost "${HOST}"`;
const ldap = (options: string) => `authentication = "ldap"\n${options}\nVirtualHost "${HOST}"`;

/** Text → what comes of it, as `code effect`, and the end of what Prosody logs. Seen with 0.12.3 and 13.0.1. */
const FAULTS: readonly (readonly [text: string, fault: string, log: string])[] = [
  [`authentication = "ldap2" VirtualHost "${HOST}"`, 'no-ldap-table not-offered', 'required to use the LDAP storage module'],
  [ldap2('false'), 'no-ldap-table not-offered', 'required to use the LDAP storage module'],
  [ldap2(`{ ${USER} }`), 'bad-argument hangs', ":166: bad argument #1 to 'open_simple' (string expected, got nil)"],
  [ldap2('"ldaps://dc1"'), 'bad-argument hangs', ":166: bad argument #1 to 'open_simple' (string expected, got nil)"],
  [ldap2('5'), 'bad-argument hangs', ":166: attempt to index a number value (upvalue 'params')"],
  [ldap2('{ hostname = { "dc1" } }'), 'bad-argument hangs', "bad argument #1 to 'open_simple' (string expected, got table)"],
  [
    ldap2('{ hostname = "dc1", bind_dn = true }'),
    'bad-argument hangs',
    "bad argument #2 to 'open_simple' (string expected, got boolean)",
  ],
  [
    ldap2('{ hostname = "dc1", bind_password = {} }'),
    'bad-argument hangs',
    "bad argument #3 to 'open_simple' (string expected, got table)",
  ],
  [ldap2('{ hostname = "dc1" }'), 'no-user-table hangs', ":181: attempt to index a nil value (field 'user')"],
  [ldap2('{ hostname = "dc1", user = true }'), 'no-user-table hangs', ":181: attempt to index a boolean value (field 'user')"],
  [
    ldap2('{ hostname = "dc1", user = { filter = 5 } }'),
    'bad-filter-type hangs',
    ":231: attempt to index a number value (local 'filter')",
  ],
  [
    ldap2('{ hostname = "dc1", user = { filter = {} } }'),
    'bad-filter-type hangs',
    ":231: attempt to call a nil value (method 'sub')",
  ],
  [ldap2('{ hostname = "dc1", user = { basedn = {} } }'), 'bad-search-option hangs', "option `base': string expected, got table"],
  [ldap2('{ hostname = "dc1", user = { usernamefield = { "uid" } } }'), 'bad-search-option hangs', 'LuaLDAP: Bad search filter'],
  [ldap('ldap = { hostname = "dc1" }'), 'no-ldap-base not-offered', 'ldap_base is a required option for ldap'],
  [ldap('ldap_base = "" ldap_mode = "Bind"'), 'unsupported-mode not-offered', 'Unsupported ldap_mode Bind'],
  [ldap('ldap_base = "" ldap_scope = "Sub"'), 'bad-scope refused', "LDAP: LuaLDAP: invalid search scope `Sub'"],
  [`authentication = "null" VirtualHost "${HOST}"`, 'no-provider not-offered', ''],
  [`VirtualHost "${HOST}" enabled = false`, 'disabled-host not-served', ''],
  [`VirtualHost "other.test"`, 'no-host not-served', `BOSH client tried to connect to non-existent host: ${HOST}`],
  [`Component "${HOST}" "muc"`, 'component not-served', ''],
  [`authentication = { VirtualHost "${HOST}"`, 'load-error not-served', ''],
  [
    `authentication = {} VirtualHost "${HOST}"`,
    'module-lists not-served',
    "attempt to concatenate a table value (local 'auth_provider')",
  ],
];

describe('who answers a login', () => {
  for (const [text, fault, log] of FAULTS)
    it(`${fault}: ${text.split('\n').slice(0, 2).join(' ').slice(0, 90)}`, () => {
      const login = loginAt(text);
      assert.ok(login.kind === 'fault', JSON.stringify(login));
      assert.equal(`${login.fault.code} ${login.fault.effect}`, fault);
      assert.ok((login.fault.logs.at(-1) ?? '').endsWith(log), login.fault.logs.at(-1) ?? '');
      assert.match(login.fault.why, /\.$/);
      assert.match(login.fault.help, /\.$/);
    });

  it('names the line of each version', () => {
    const log = (version: ProsodyVersion) => {
      const login = loginAt(ldap(''), {}, version);
      return login.kind === 'fault' ? login.fault.logs[0] : '';
    };
    assert.match(log('0.12') ?? '', /'auth_ldap' on 'meet\.test': .*mod_auth_ldap\.lua:18:/);
    assert.match(log('13.0') ?? '', /mod_auth_ldap\.lua:17:/);
  });

  it('reads the table of ldap2 with the places, numbers as texts, and every value but nil and false as StartTLS', () => {
    const login = loginAt(ldap2(`{ hostname = "dc1\\0x"; use_tls = "false"; bind_dn = ""; bind_password = 12.0; ${USER} }`));
    assert.ok(login.kind === 'directory');
    const { server, startTls, bindName, bindPassword, base, userAttribute, filter } = login.settings;
    assert.deepEqual([server.value, startTls.value, bindName, bindPassword?.value], ['dc1', true, null, '12.0']);
    assert.deepEqual(
      [base?.name, userAttribute?.value, filter.value],
      ['ldap.user.basedn', 'sAMAccountName', '(objectClass=user)'],
    );
    assert.ok(base?.origin && login.named);
  });

  it("the host's own table takes the place of the global one, whole", () => {
    const login = loginAt(`${ldap2(`{ hostname = "dc1", ${USER} }`)}\nldap = { hostname = "dc2" }`);
    assert.ok(login.kind === 'fault' && login.settings?.server.value === 'dc2');
  });

  it('reads the options of ldap as Prosody does: the first entry of a list, words for booleans, defaults', () => {
    const login = loginAt(ldap('ldap_server = { "dc1", "dc2" } ldap_base = "DC=x" ldap_tls = "true" ldap_scope = "o"'));
    assert.ok(login.kind === 'directory');
    const { server, startTls, scope, filter, mode, realm } = login.settings;
    assert.deepEqual([server.value, startTls.value, scope.value], ['dc1', true, 'onelevel']);
    assert.deepEqual([filter.value, filter.origin, mode?.value, realm?.value], ['(uid=$user)', null, 'bind', HOST]);
  });

  it('a value that is not known makes it unknown, with the place', () => {
    const login = loginAt(ldap2(`{ hostname = os.getenv("LDAP_HOST"), ${USER} }`));
    assert.ok(login.kind === 'unknown' && /^ldap\.hostname is not known/.test(login.reason) && login.settings[0]?.origin);
    assert.equal(loginAt(`authentication = os.getenv("X") VirtualHost "${HOST}"`).kind, 'unknown');
  });

  it('other providers, modules and libraries that are not there', () => {
    const other = loginAt(`VirtualHost "${HOST}" authentication = "anonymous"`);
    assert.deepEqual([other.kind, other.provider], ['other', 'anonymous']);
    assert.equal(loginAt(`VirtualHost "MEET.test"`, {}, '13.0', 'Meet.Test').provider, 'internal_hashed');
    assert.equal(loginAt(`VirtualHost "${HOST}" authentication = "ldap3"`).kind, 'unknown');
    const code = (text: string, options: LoginOptions) => {
      const login = loginAt(text, options);
      return login.kind === 'fault' ? login.fault.code : login.kind;
    };
    const good = ldap2(`{ hostname = "dc1", ${USER} }`);
    assert.equal(code(good, { hasModule: () => false }), 'module-missing');
    assert.equal(code(good, { hasLibrary: name => name !== 'lualdap' }), 'library-missing');
    assert.equal(code(good, { hasLibrary: name => name !== 'ldap.lib' }), 'library-missing');
    assert.equal(code(good, { hasModule: () => true, hasLibrary: () => true }), 'directory');
  });

  it('cyrus: saslauthd.conf as lak.c reads it, and what libsasl says of the application', () => {
    const at = (files: Record<string, string>) => {
      const tree = memoryFiles({ ...files, '/etc/prosody/prosody.cfg.lua': `authentication = "cyrus" VirtualHost "${HOST}"` });
      return loginOf(load(tree, '/etc/prosody/prosody.cfg.lua'), HOST, { files: tree });
    };
    const sasl = { '/etc/sasl/prosody.conf': 'pwcheck_method: saslauthd\nmech_list: PLAIN\n' };
    const conf =
      'LDAP_SERVERS: ldaps://dc1/\nldap_search_base: DC=x\nldap_password: a\nldap_bind_pw: b\nldap_filter: (uid=%U)\nldap_scope: one\nldap_tls_check_peer: no\n';
    const login = at({ ...sasl, '/etc/saslauthd.conf': conf });
    assert.ok(login.kind === 'directory');
    const { server, bindPassword, base, scope, filter, saslauthd } = login.settings;
    assert.deepEqual([server.value, bindPassword?.value, base?.value], ['ldaps://dc1/', 'b', 'DC=x']);
    assert.deepEqual([scope.value, filter.value, saslauthd?.checkPeer], ['onelevel', '(uid=%U)', false]);
    const fault = (files: Record<string, string>) => {
      const found = at(files);
      return found.kind === 'fault' ? `${found.fault.code} ${found.fault.condition}` : found.kind;
    };
    assert.equal(fault({}), 'saslauthd-not-used undefined-condition');
    assert.equal(fault({ '/etc/sasl/prosody.conf': 'mech_list: PLAIN' }), 'saslauthd-not-used undefined-condition');
    assert.equal(fault(sasl), 'saslauthd-file not-authorized');
    assert.equal(fault({ ...sasl, '/etc/saslauthd.conf': 'ldap_servers = ldap://x' }), 'saslauthd-file not-authorized');
  });
});
