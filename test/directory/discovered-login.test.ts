import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Discovery, discover } from '@prosodist/directory';
import { activeDirectory } from '../support/directory/ad.js';
import { lookupIn } from '../support/directory/names.js';
import { prosodyServer, type ServingProsody } from '../support/directory/prosody-login.js';
import type { DirectoryServer } from '../support/directory/server.js';
import { openLdap } from '../support/directory/slapd.js';
import { describeWith } from '../support/needing.js';

/** What `discover` proposes, in the real Prosody, against the real directory. */
const directories = { 'Active Directory (Samba)': activeDirectory(), OpenLDAP: openLdap() };
const HOST = 'meet.test';

for (const [kind, directory] of Object.entries(directories))
  for (const version of ['0.12', '13.0'] as const) {
    const prosody = prosodyServer(version);
    const lab =
      'missing' in directory
        ? directory
        : 'missing' in prosody
          ? prosody
          : { directory: directory.start, prosody: prosody.start };
    describeWith(`what discover proposes for ${kind} lets people in, in Prosody ${version}`, lab, start => {
      let server: DirectoryServer;
      let found: Discovery;
      before(async function () {
        this.timeout(60_000);
        server = await start.directory();
        const trusted = readFileSync(server.ca, 'utf8');
        found = await discover(server.name, {
          libldap: {
            requireCertificate: 'demand',
            trusted,
            trustedFrom: 'ldap.conf',
            timeout: null,
            networkTimeout: null,
            referrals: true,
          },
          machineName: 'vm',
          lookup: lookupIn(server.names),
          bind: { name: server.service.dn, password: Buffer.from(server.service.password) },
        });
      });
      after(() => server?.stop());

      for (const module of ['ldap', 'ldap2'] as const)
        it(`mod_auth_${module}: a right password, a wrong one, and a name that nobody has`, async function () {
          this.timeout(60_000);
          const lua = found.proposal!.lua[module].replace('PUT THE PASSWORD HERE', server.service.password);
          const text = `consider_bosh_secure = true\nVirtualHost "${HOST}"\n${lua}`;
          const serving: ServingProsody = await start.prosody({
            files: { 'prosody.cfg.lua': text },
            names: server.names,
            ldapConf: 'TLS_CACERT /etc/ldap/ca.pem\n',
            ca: server.ca,
          });
          try {
            const login = async (user: string, password: string) => (await serving.login({ host: HOST, user, password })).outcome;
            assert.equal(await login('alice', server.accounts.alice!.password), 'granted', serving.opening);
            assert.equal(await login('carl', server.accounts.carl!.password), 'granted', 'of another unit');
            assert.equal(await login('alice', 'wrong'), 'refused');
            // the catalogue sends no references, at which ldap2 would fail
            assert.equal(await login('nobody', 'wrong'), 'refused');
          } finally {
            await serving.stop();
          }
        });
    });
  }
