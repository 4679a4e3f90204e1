import assert from 'node:assert/strict';
import { fixAll, lint, memoryFiles } from '../../src/index.js';

const ENTRY = '/etc/prosody/prosody.cfg.lua';
const LDAP2 = `ldap = {
    hostname = "ldaps://dc1.corp.example";
    bind_dn = "CN=prosody,OU=Services,DC=corp,DC=example";
    bind_password = "5om3thing-Long";
    user = { basedn = "OU=Staff,DC=corp,DC=example"; usernamefield = "sAMAccountName"; filter = "objectClass=user" };
}
`;
const HOST = 'VirtualHost "meet.corp.example"\n    authentication = "ldap2"\n';

describe('a fix that is a choice', () => {
  it('is there, but is taken only where its rule is asked for', () => {
    const files = memoryFiles({ [ENTRY]: LDAP2 + HOST });
    assert.ok(lint(files, ENTRY).findings.some(({ fix }) => fix?.choice));
    assert.deepEqual(fixAll(files, ENTRY, { unsafe: true }).applied, []);
    const [chosen] = fixAll(files, ENTRY, { unsafe: true, choices: ['unescaped-user-names'] }).files;
    assert.match(chosen!.after, /^ldap_server = "ldaps:\/\/dc1\.corp\.example"\n/);
    assert.match(chosen!.after, /\nldap_filter = "\(&\(sAMAccountName=\$user\)\(objectClass=user\)\)"\n/);
    const { findings } = lint(memoryFiles({ [ENTRY]: chosen!.after }), ENTRY);
    assert.deepEqual(
      findings.filter(({ severity }) => severity !== 'info'),
      [],
    );
  });

  it('moves comments along, and leaves out what no login reads', () => {
    const table = LDAP2.replace('";\n    user', '"; -- see the safe\n    groups = { };\n    user');
    const [chosen] = fixAll(memoryFiles({ [ENTRY]: table + HOST }), ENTRY, {
      unsafe: true,
      choices: ['unescaped-user-names'],
    }).files;
    assert.match(chosen!.after, /^ldap_password = "5om3thing-Long" -- see the safe$/m);
    assert.doesNotMatch(chosen!.after, /groups/);
  });

  for (const [title, text] of [
    ['a password that is no text', LDAP2.replace('"5om3thing-Long"', '{ }') + HOST],
    [
      'another host with the provider and a table of its own',
      `${LDAP2}authentication = "ldap2"\nVirtualHost "a.example"\nVirtualHost "b.example"\n    ldap = { }\n`,
    ],
    ['options of the other module', `ldap_base = "x=y"\n${LDAP2}${HOST}`],
  ] as const)
    it(`is not offered for ${title}`, () => {
      const { findings } = lint(memoryFiles({ [ENTRY]: text }), ENTRY);
      const hints = findings.filter(({ rule }) => rule === 'unescaped-user-names');
      assert.ok(hints.length > 0);
      for (const { fix } of hints) assert.equal(fix, null);
    });
});
