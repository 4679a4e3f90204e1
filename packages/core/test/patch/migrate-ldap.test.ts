import assert from 'node:assert/strict';
import { effective, ldapMigrations, load, memoryFiles, plan } from '@prosodist/core';

const ENTRY = 'prosody.cfg.lua';
const HOST = 'VirtualHost "a.example"\n    authentication = "ldap2"\n';
const table = (user: string, more = '') => `ldap = { hostname = "dc1"; ${more}user = { ${user} } }\n`;
const USER = 'basedn = "dc=x"; usernamefield = "uid"; filter = "objectClass=person"';

/** What goes in, and what comes out of it: a text, or the code and the words of the refusal. */
const CASES: readonly {
  readonly title: string;
  readonly before: string;
  readonly host?: string;
  readonly after: string | readonly [string, RegExp];
}[] = [
  {
    title: 'one line; a filter without parentheses gets them',
    before: table(USER) + HOST,
    after:
      'ldap_server = "dc1"\nldap_base = "dc=x"\nldap_filter = "(&(uid=$user)(objectClass=person))"\nVirtualHost "a.example"\n    authentication = "ldap"\n',
  },
  {
    title: 'comments go with what they are about, in order',
    before: `-- above\nldap = { -- head\n    -- server\n    hostname = "dc1"; -- first\n    use_tls = false; -- why not\n\n    -- free\n\n    bind_dn = "cn=s";\n    bind_password = 'x"y'; -- secret\n    user = {\n        usernamefield = "uid"; -- name\n        filter = "(a=b)(c=d)"; -- who\n        -- gone\n        namefield = "cn"; -- gone too\n        basedn = "dc=x";\n    };\n    -- last\n}; -- done\n${HOST}`,
    after:
      '-- above\n-- head\n-- server\nldap_server = "dc1" -- first\nldap_tls = false -- why not\n-- free\nldap_rootdn = "cn=s"\nldap_password = \'x"y\' -- secret\n-- name\nldap_filter = "(&(uid=$user)(a=b)(c=d))" -- who\nldap_base = "dc=x"\n-- last -- done\nVirtualHost "a.example"\n    authentication = "ldap"\n',
  },
  {
    title: 'what stands behind the table on its line stays code',
    before: `ldap = { hostname = "dc1", user = { basedn = "dc=x", usernamefield = "uid" -- no filter\n} -- end\n} x = "a --b"\n${HOST}`,
    after:
      'ldap_server = "dc1"\nldap_base = "dc=x"\n-- no filter\n-- end\nldap_filter = "(&(uid=$user))" x = "a --b"\nVirtualHost "a.example"\n    authentication = "ldap"\n',
  },
  {
    title: 'StartTLS is what Lua takes for true',
    before: table(USER, 'use_tls = "false"; ') + HOST,
    after:
      'ldap_server = "dc1"\nldap_tls = true\nldap_base = "dc=x"\nldap_filter = "(&(uid=$user)(objectClass=person))"\nVirtualHost "a.example"\n    authentication = "ldap"\n',
  },
  {
    title: 'a secret from elsewhere is copied as it is written',
    before: table(USER, 'bind_dn = "cn=s"; bind_password = Credential("ldap"); ') + HOST,
    after:
      'ldap_server = "dc1"\nldap_rootdn = "cn=s"\nldap_password = Credential("ldap")\nldap_base = "dc=x"\nldap_filter = "(&(uid=$user)(objectClass=person))"\nVirtualHost "a.example"\n    authentication = "ldap"\n',
  },
  {
    title: 'a host of its own table, beside the global one, says what it does not set too',
    before: `${table(USER, 'bind_dn = "cn=s"; ')}authentication = "ldap2"\nVirtualHost "a.example"\nVirtualHost "b.example"\n    ldap = { hostname = "b"; user = { basedn = "dc=b"; usernamefield = "cn"; filter = "(x=y)" } }\n`,
    after:
      'ldap_server = "dc1"\nldap_rootdn = "cn=s"\nldap_base = "dc=x"\nldap_filter = "(&(uid=$user)(objectClass=person))"\nauthentication = "ldap"\nVirtualHost "a.example"\nVirtualHost "b.example"\n    ldap_server = "b"\n    ldap_base = "dc=b"\n    ldap_filter = "(&(cn=$user)(x=y))"\n    ldap_rootdn = ""\n    ldap_password = ""\n    ldap_tls = false\n',
  },
  {
    title: 'one host of two: the table stays for the other, and the provider is set in the host',
    before: `${table(USER)}authentication = "ldap2"\nVirtualHost "a.example"\nVirtualHost "b.example"\n`,
    host: 'a.example',
    after: `${table(USER)}ldap_server = "dc1"\nldap_base = "dc=x"\nldap_filter = "(&(uid=$user)(objectClass=person))"\nauthentication = "ldap2"\nVirtualHost "a.example"\n    authentication = "ldap"\nVirtualHost "b.example"\n`,
  },
  {
    title: 'the table stays where mod_storage_ldap reads it',
    before: `storage = { vcard = "ldap" }\n${table(USER)}${HOST}`,
    after: `storage = { vcard = "ldap" }\n${table(USER)}ldap_server = "dc1"\nldap_base = "dc=x"\nldap_filter = "(&(uid=$user)(objectClass=person))"\nVirtualHost "a.example"\n    authentication = "ldap"\n`,
  },
  {
    title: 'nothing to move is no fault',
    before: 'VirtualHost "a.example"\n    authentication = "internal_hashed"\n',
    after: 'VirtualHost "a.example"\n    authentication = "internal_hashed"\n',
  },
  {
    title: 'another provider',
    before: 'VirtualHost "a.example"\n',
    host: 'a.example',
    after: ['wrong-kind', /does not use ldap2/],
  },
  { title: 'no such host', before: HOST, host: 'x.example', after: ['not-found', /no virtual host x\.example/] },
  { title: 'no table', before: HOST, after: ['not-found', /no `ldap` table/] },
  { title: 'no server', before: `ldap = { user = { ${USER} } }\n${HOST}`, after: ['not-found', /`ldap\.hostname` is not set/] },
  { title: 'no base', before: table('usernamefield = "uid"') + HOST, after: ['not-found', /basedn/] },
  {
    title: 'a broken filter',
    before: table(`${USER.replace('objectClass=person', '(a=b')}`) + HOST,
    after: ['wrong-kind', /is no filter/],
  },
  {
    title: 'an empty filter',
    before: table(`${USER.replace('objectClass=person', '')}`) + HOST,
    after: ['wrong-kind', /is no filter/],
  },
  {
    title: 'what mod_auth_ldap would replace',
    before: table(USER.replace('objectClass=person', '(cn=%s)')) + HOST,
    after: ['wrong-kind', /puts names in the place of/],
  },
  {
    title: 'a computed filter',
    before: table(USER.replace('"objectClass=person"', 'ENV_FILTER')) + HOST,
    after: ['computed-value', /is computed/],
  },
  {
    title: 'a table made by code',
    before: `local function t() return { hostname = "h"; user = { ${USER} } } end\nldap = t()\n${HOST}`,
    after: ['computed-value', /not written in one piece/],
  },
  { title: 'a table that may not be', before: `if ENV_X then\n${table(USER)}end\n${HOST}`, after: ['dynamic', /code/] },
  { title: 'two tables', before: table(USER) + table(USER) + HOST, after: ['ambiguous', /more than once/] },
  {
    title: 'a provider chosen by code',
    before: `${table(USER)}VirtualHost "a.example"\n    if ENV_X == ENV_X then authentication = "ldap2" end\n`,
    after: ['computed-value', /decided by code/],
  },
  {
    title: 'options of ldap that are there',
    before: `ldap_scope = "onelevel"\n${table(USER)}${HOST}`,
    after: ['exists', /`ldap_scope`/],
  },
  {
    title: 'another host with settings of its own',
    before: `${table(USER)}${HOST}VirtualHost "b.example"\n    authentication = "ldap"\n    ldap_base = "dc=b"\n`,
    after: ['exists', /b\.example uses "ldap" with settings of its own/],
  },
];

describe('migrate.ldap', () => {
  for (const { title, before, host, after } of CASES)
    it(`${typeof after === 'string' ? '' : 'refused: '}${title}`, () => {
      for (const eol of ['\n', '\r\n']) {
        const text = before.replaceAll('\n', eol);
        const files = memoryFiles({ [ENTRY]: text });
        const operation = { op: 'migrate.ldap' as const, ...(host !== undefined && { host }) };
        const { ok, outcomes, files: changed } = plan(files, ENTRY, [operation]);
        const [outcome] = outcomes;
        if (typeof after !== 'string') {
          assert.deepEqual([ok, outcome!.code], [false, after[0]], outcome!.why);
          assert.match(outcome!.why, after[1]);
          continue;
        }
        assert.ok(ok, outcome!.why);
        const result = changed[0]?.after ?? text;
        assert.equal(result, after.replaceAll('\n', eol));
        const again = plan(memoryFiles({ [ENTRY]: result }), ENTRY, [operation]);
        assert.equal(again.outcomes[0]!.status, 'already');
      }
    });

  it('tells what is looked for, and what is otherwise', () => {
    const before = memoryFiles({ [ENTRY]: table(USER, 'groups = { }; ') + HOST });
    const { files } = plan(before, ENTRY, [{ op: 'migrate.ldap' }]);
    const after = memoryFiles({ [ENTRY]: files[0]!.after });
    const [migration, ...others] = ldapMigrations(load(before, ENTRY), load(after, ENTRY));
    assert.deepEqual(others, []);
    assert.deepEqual(migration!.search, { user: 'alice', filter: '(&(uid=alice)(objectClass=person))' });
    assert.deepEqual(
      migration!.escaped.map(({ user, after, valid }) => [user, after, valid]),
      [
        ['al*', '(&(uid=al\\2a)(objectClass=person))', true],
        ['alice)(cn=*', '(&(uid=alice\\29\\28cn=\\2a)(objectClass=person))', true],
        ['corp\\alice', '(&(uid=corp\\5calice)(objectClass=person))', false],
      ],
    );
    assert.match(migration!.differences.join('\n'), /never read `groups`/);
    assert.equal(effective(load(after, ENTRY), 'a.example', 'ldap'), undefined);
  });
});
