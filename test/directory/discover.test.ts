import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type DirectorySettings, load, loginOf, memoryFiles } from '@prosodist/core';
import { checkDirectory, type DirectoryOptions, type DiscoverOptions, type Discovery, discover } from '@prosodist/directory';
import { activeDirectory } from '../support/directory/ad.js';
import { dnsLab } from '../support/directory/dns.js';
import { lookupIn } from '../support/directory/names.js';
import type { DirectoryServer } from '../support/directory/server.js';
import { openLdap } from '../support/directory/slapd.js';
import { describeWith } from '../support/needing.js';

type Options = DirectoryOptions & DiscoverOptions;

function optionsFor(server: DirectoryServer, more: Partial<Options> = {}): Options {
  const trusted = readFileSync(server.ca, 'utf8');
  const libldap = {
    requireCertificate: 'demand',
    trusted,
    trustedFrom: 'ldap.conf',
    timeout: null,
    networkTimeout: null,
    referrals: true,
  } as const;
  return { libldap, machineName: 'vm', lookup: lookupIn(server.names), ...more };
}

function bindAs({ service }: DirectoryServer, password = service.password): Pick<Options, 'bind'> {
  return { bind: { name: service.dn, password: Buffer.from(password) } };
}

/** The settings that Prosody would have from proposed Lua, with the password put in. */
function settingsFrom(lua: string, password: string): DirectorySettings {
  const text = `VirtualHost "meet.example.com"\n${lua.replace('PUT THE PASSWORD HERE', password)}`;
  const configuration = load(memoryFiles({ '/p.cfg.lua': text }), '/p.cfg.lua', { prosody: '13.0' });
  const login = loginOf(configuration, 'meet.example.com');
  assert.ok(login.kind === 'directory', JSON.stringify(login));
  return login.settings;
}

/** The proposal of each module lets a user log in, by the live check with the very text. */
async function assertWorks(found: Discovery, server: DirectoryServer, user: string): Promise<void> {
  const account = server.accounts[user]!;
  for (const lua of Object.values(found.proposal!.lua)) {
    const settings = settingsFrom(lua, server.service.password);
    const report = await checkDirectory(settings, { ...optionsFor(server), user, password: Buffer.from(account.password) });
    const faults = report.steps.filter(({ verdict }) => verdict === 'error');
    assert.deepEqual(faults, [], lua);
    assert.equal(report.steps.find(({ step }) => step === 'user-bind')?.verdict, 'ok', lua);
  }
}

function assertNoSecrets(found: Discovery, server: DirectoryServer): void {
  const text = JSON.stringify(found);
  for (const { password } of Object.values(server.accounts)) assert.ok(!text.includes(password));
}

function port(found: Discovery, number: number, mode: string) {
  const fact = found.servers[0]!.ports.find(each => each.port === number && each.mode === mode);
  assert.ok(fact, `no port ${number}`);
  return fact;
}

describeWith('discover an Active Directory (Samba)', activeDirectory(), lab => {
  let server: DirectoryServer;
  before(async function () {
    this.timeout(60_000);
    server = await lab.start();
  });
  after(() => server?.stop());

  it('with an account: users, units, login attribute, groups, and settings that work', async () => {
    const found = await discover(server.name, optionsFor(server, bindAs(server)));
    assert.equal(found.rootDse?.kind, 'samba');
    assert.equal(found.domain, 'corp.example');
    assert.equal(found.boundAs, server.service.dn);
    const units = new Map(found.population!.units.map(unit => [unit.dn, unit]));
    assert.deepEqual([...units.keys()].sort(), [
      'CN=Users,DC=corp,DC=example',
      'OU=Contractors,DC=corp,DC=example',
      'OU=Staff,DC=corp,DC=example',
    ]);
    assert.equal(units.get('OU=Staff,DC=corp,DC=example')!.users, 13);
    assert.equal(units.get('OU=Staff,DC=corp,DC=example')!.enabled, 12, 'dora is disabled');
    assert.ok(units.get('CN=Users,DC=corp,DC=example')!.builtIn);
    assert.equal(found.population!.attributes.find(({ name }) => name === 'sAMAccountName')!.filled, found.population!.users);
    assert.equal(found.population!.attributes.find(({ name }) => name === 'mail')!.shared, 2, 'the twins');
    assert.deepEqual(found.population!.groups[0], {
      dn: 'CN=Jitsi-Users,OU=Groups,DC=corp,DC=example',
      name: 'Jitsi-Users',
      members: 3,
    });
    const { settings } = found.proposal!;
    // two units with nothing but the domain in common: the catalogue, whose root has no references
    assert.equal(settings.server, 'ldaps://dc1.corp.example:3269');
    assert.equal(settings.base, 'DC=corp,DC=example');
    assert.equal(settings.userAttribute, 'sAMAccountName');
    assert.deepEqual(found.problems, []);
    assertNoSecrets(found, server);
    await assertWorks(found, server, 'alice');
    await assertWorks(found, server, 'carl');
  });

  it('without an account: what it is, and that an account is needed', async () => {
    const found = await discover(`ldap://${server.name}`, optionsFor(server));
    assert.equal(found.rootDse?.defaultContext, 'DC=corp,DC=example');
    assert.ok(!found.population?.users);
    assert.match(found.problems.map(({ text }) => text).join(), /shows them to nobody who has not logged in/);
    assert.equal(found.proposal?.settings.bindName, null);
    assert.match(found.proposal!.lua.ldap, /SERVICE ACCOUNT/);
  });

  it('a wrong password is tried once, and said', async () => {
    const found = await discover(server.name, optionsFor(server, bindAs(server, 'not-the-password')));
    assert.equal(found.boundAs, null);
    assert.match(found.problems[0]!.text, /refuses the account CN=svc-prosody.*Invalid credentials \(49\)/);
    assert.ok(!JSON.stringify(found).includes('not-the-password'));
  });

  it('an authority that is not trusted: the certificate is shown, and no password goes out', async () => {
    const options = optionsFor(server, bindAs(server));
    const found = await discover(server.name, { ...options, libldap: { ...options.libldap, trusted: null, trustedFrom: null } });
    const tls = port(found, 636, 'tls');
    assert.deepEqual([tls.usable, tls.code], [false, 'tls.untrusted']);
    assert.ok(tls.certificate!.names.includes('dc1.corp.example'));
    assert.match(found.problems.map(({ text }) => text).join('\n'), /refuses the certificate[\s\S]*The account was not tried/);
    assert.equal(found.rootDse?.kind, 'samba', 'what everybody may read is read all the same');
  });

  it('by its address, which is not in the certificate', async () => {
    const found = await discover(server.address, optionsFor(server));
    assert.equal(port(found, 636, 'tls').code, 'tls.name');
    assert.match(found.problems[0]!.help, /dc1\.corp\.example/);
  });

  describeWith('by its domain', dnsLab(), ({ startDns }) => {
    it('the servers come from DNS, in its order', async () => {
      const service = (name: string, to: string, rank: string) => `${name}.corp.example,${to},${rank}`;
      const dns = await startDns({
        domain: 'corp.example',
        hosts: { 'dc1.corp.example': server.address, 'dc9.corp.example': '127.0.0.9' },
        services: [
          service('_ldap._tcp.dc._msdcs', 'dc9.corp.example', '389,10,100'),
          service('_ldap._tcp.dc._msdcs', 'dc1.corp.example', '389,0,100'),
          service('_gc._tcp', 'dc1.corp.example', '3268,0,100'),
        ],
      });
      try {
        const { lookup: _, ...options } = optionsFor(server, { ...bindAs(server), dnsServer: dns.address });
        const found = await discover('corp.example', options);
        assert.deepEqual(
          found.servers.map(({ host }) => host),
          ['dc1.corp.example', 'dc9.corp.example'],
        );
        assert.equal(found.servers[0]!.from, '_ldap._tcp.dc._msdcs.corp.example');
        assert.deepEqual(found.records[0]!.values, ['0 100 389 dc1.corp.example', '10 100 389 dc9.corp.example']);
        assert.equal(port(found, 3269, 'tls').usable, true);
        assert.equal(found.proposal!.settings.server, 'ldaps://dc1.corp.example:3269');
      } finally {
        await dns.stop();
      }
    });
  });
});

describeWith('discover an OpenLDAP', openLdap(), lab => {
  async function withServer(options: Parameters<typeof lab.start>[0], use: (server: DirectoryServer) => Promise<void>) {
    const server = await lab.start(options);
    try {
      await use(server);
    } finally {
      await server.stop();
    }
  }

  it('without an account, where everybody may read', () =>
    withServer({}, async server => {
      const found = await discover(server.name, optionsFor(server));
      assert.equal(found.rootDse?.kind, 'openldap');
      assert.equal(found.population?.users, 15);
      assert.equal(found.population?.objectClass, 'person');
      const { settings } = found.proposal!;
      assert.deepEqual(
        [settings.server, settings.base, settings.userAttribute],
        ['ldaps://ldap.example.org', 'dc=example,dc=org', 'uid'],
      );
      assert.match(found.proposal!.lua.ldap2, /filter = "\(objectClass=person\)"/);
    }));

  it('with an account: settings that work', () =>
    withServer({}, async server => {
      const found = await discover(server.name, optionsFor(server, bindAs(server)));
      assertNoSecrets(found, server);
      await assertWorks(found, server, 'alice');
    }));

  it('without TLS no password goes out, unless that is allowed', () =>
    withServer({ certificate: 'none' }, async server => {
      const found = await discover(server.name, optionsFor(server, bindAs(server)));
      assert.equal(found.boundAs, null);
      assert.match(found.problems[0]!.text, /The account was not tried/);
      assert.match(found.proposal!.reasons.find(({ field }) => field === 'server')!.text, /in clear/);
      const allowed = await discover(server.name, optionsFor(server, { ...bindAs(server), allowPlaintext: true }));
      assert.equal(allowed.boundAs, server.service.dn);
    }));

  it('a certificate that has ended', () =>
    withServer({ certificate: 'expired' }, async server => {
      const found = await discover(`ldaps://${server.name}`, optionsFor(server));
      assert.equal(port(found, 636, 'tls').code, 'tls.expired');
      assert.equal(found.proposal, null);
    }));

  it('StartTLS alone, at a port that was named', () =>
    withServer({}, async server => {
      const found = await discover(`${server.name}:389`, optionsFor(server));
      assert.equal(found.proposal!.settings.startTls, true);
      assert.match(found.proposal!.lua.ldap, /ldap_server = "ldap:\/\/ldap\.example\.org"\nldap_tls = true/);
    }));
});

describe('discover', () => {
  const options: Options = {
    libldap: {
      requireCertificate: 'demand',
      trusted: null,
      trustedFrom: null,
      timeout: null,
      networkTimeout: null,
      referrals: true,
    },
    machineName: 'vm',
    stepTimeout: 500,
  };

  it('nobody there: said, within the time of a step', async () => {
    const start = performance.now();
    const found = await discover('127.0.0.1:9', options);
    assert.match(found.problems[0]!.text, /No LDAP server answers for 127\.0\.0\.1: .*ECONNREFUSED/);
    assert.ok(performance.now() - start < 5000);
    assert.equal(found.proposal, null);
  });

  for (const name of ['', 'a b', 'ldapi:///tmp/socket', 'http://x', 'x/../y', 'ldaps://a ldaps://b', '$(id)'])
    it(`is no name: ${JSON.stringify(name)}`, async () => {
      await assert.rejects(discover(name, options), { name: 'BadName' });
    });
});
