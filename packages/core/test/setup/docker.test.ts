import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type LdapChoices, memoryFiles, readEnvFile, setupLdap } from '../../src/index.js';

/** docker-jitsi-meet: its files are made from variables, so setup tells the variables. */

const choices: LdapChoices = {
  servers: ['ldaps://dc1.corp.example', 'ldaps://dc2.corp.example'],
  bindName: 'svc@corp.example',
  password: { kind: 'text', value: 'p$w #"d' },
  base: 'OU=Staff,DC=corp,DC=example',
  guests: true,
};

const host = 'VirtualHost "meet.jitsi"\n    authentication = "jitsi-anonymous"\nVirtualHost "auth.meet.jitsi"\n';

const trees: Readonly<Record<string, { entry: string; text: string }>> = {
  'by its folder': { entry: '/srv/.jitsi-meet-cfg/prosody/config/prosody.cfg.lua', text: host },
  'by its folders of plugins': {
    entry: '/config/prosody.cfg.lua',
    text: `plugin_paths = { "/prosody-plugins/", "/prosody-plugins-custom" }\n${host}`,
  },
};

function linesOf(entry: string, text: string, given: LdapChoices) {
  const plan = setupLdap(memoryFiles({ [entry]: text }), entry, given);
  assert.deepEqual([plan.ok, plan.files, plan.steps.map(({ status }) => status)], [false, [], ['refused']]);
  return plan.steps[0]!;
}

describe('setupLdap, docker-jitsi-meet', () => {
  for (const [name, { entry, text }] of Object.entries(trees))
    it(`${name}: is refused, with the lines of .env that come to the same`, () => {
      const { what, help, shown } = linesOf(entry, text, choices);
      assert.match(what, /docker-jitsi-meet/);
      assert.match(help ?? '', /docker compose up -d/);
      const [file] = shown;
      assert.ok(file?.secret, 'the lines have a password in them');
      const { settings } = readEnvFile(file.after);
      assert.deepEqual(Object.fromEntries([...settings].map(([key, { value }]) => [key, value])), {
        ENABLE_AUTH: '1',
        ENABLE_GUESTS: '1',
        AUTH_TYPE: 'ldap',
        LDAP_URL: 'ldaps://dc1.corp.example ldaps://dc2.corp.example',
        LDAP_USE_TLS: '1',
        LDAP_TLS_CHECK_PEER: '1',
        LDAP_BASE: 'OU=Staff,DC=corp,DC=example',
        LDAP_BINDDN: 'svc@corp.example',
        LDAP_BINDPW: 'p$w #"d',
        LDAP_FILTER:
          '(&(sAMAccountName=%u)(&(objectCategory=person)(objectClass=user)(!(userAccountControl:1.2.840.113556.1.4.803:=2))))',
      });
    });

  it('says nothing of docker on a server that has its plugins elsewhere', () => {
    const text = `plugin_paths = { "/usr/share/jitsi-meet/prosody-plugins/" }\n${host}`;
    const plan = setupLdap(memoryFiles({ '/etc/prosody/prosody.cfg.lua': text }), '/etc/prosody/prosody.cfg.lua', choices);
    assert.equal(plan.ok, true, JSON.stringify(plan.steps));
  });

  it('takes a folder that is called the same for no container, and makes nothing up', () => {
    const ours = '/srv/prosody/config/prosody.cfg.lua';
    assert.equal(setupLdap(memoryFiles({ [ours]: host }), ours, choices).ok, true);
    const { entry, text } = trees['by its folder']!;
    assert.match(linesOf(entry, text, {}).shown[0]!.after, /^LDAP_URL=$[\s\S]*^LDAP_BASE=$/m);
  });

  it('quotes any password so that it is read back as it is, or tells none', () => {
    const { entry, text } = trees['by its folder']!;
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary-ascii' }), value => {
        const { shown } = linesOf(entry, text, { ...choices, password: { kind: 'text', value } });
        const lines = shown[0]?.after;
        if (lines === undefined) assert.match(value, /['\r\n]/);
        else assert.equal(readEnvFile(lines).settings.get('LDAP_BINDPW')?.value, value);
      }),
    );
  });
});
