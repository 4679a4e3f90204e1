import assert from 'node:assert/strict';
import { effective, ldapMigrations, load, memoryFiles, plan } from '@prosodist/core';
import { activeDirectory } from '../support/directory/ad.js';
import { type LoginEnd, prosodyServer } from '../support/directory/prosody-login.js';
import type { DirectoryServer } from '../support/directory/server.js';
import { openLdap } from '../support/directory/slapd.js';
import { describeWith } from '../support/needing.js';
import type { Version } from '../support/prosody.js';

const HOST = 'meet.test';
const MAIN = 'prosody.cfg.lua';

/** The filters with which people are told apart, in the forms that ldap2 takes. */
const DIRECTORIES = [
  {
    title: 'Active Directory',
    lab: activeDirectory(),
    attribute: 'sAMAccountName',
    filters: ['(&(objectCategory=person)(objectClass=user))', 'memberOf=CN=Jitsi-Users,OU=Groups,DC=corp,DC=example'],
  },
  { title: 'OpenLDAP', lab: openLdap(), attribute: 'uid', filters: ['objectClass=person', '(objectClass=person)(cn=*)'] },
] as const;

/** A tree with ldap2, for a directory that runs. */
function treeFor(directory: DirectoryServer, attribute: string, filter: string): string {
  const { service, people, name } = directory;
  return `consider_bosh_secure = true
ldap = { -- the company's
    hostname = "ldaps://${name}";
    use_tls = false; -- ldaps is enough
    bind_dn = ${JSON.stringify(service.dn)};
    bind_password = ${JSON.stringify(service.password)};
    user = {
        basedn = ${JSON.stringify(people)}; -- the people
        usernamefield = "${attribute}";
        namefield = "cn";
        filter = "${filter}"; -- who may
    };
}
VirtualHost "${HOST}"
    authentication = "ldap2"
`;
}

/**
 * Moving from ldap2 to ldap, tried: every user of a real directory logs in to a real Prosody before and after, and it comes to
 * the same, but for names that ldap2 does not escape.
 */
for (const version of ['0.12', '13.0'] as const)
  for (const { title, lab, attribute, filters } of DIRECTORIES)
    describeWith(
      `migrate ldap2-to-ldap, users of ${title} at Prosody ${version}`,
      both(version, lab),
      ({ directories, prosodies }) => {
        let directory: DirectoryServer;
        before(async () => {
          directory = await directories.start();
        }).timeout(60_000);
        after(() => directory?.stop());

        for (const filter of filters)
          it(`log in as before, with the filter ${filter}`, async () => {
            const text = treeFor(directory, attribute, filter);
            const files = memoryFiles({ [MAIN]: text });
            const made = plan(files, MAIN, [{ op: 'migrate.ldap' }], { prosody: version });
            assert.ok(made.ok, made.outcomes[0]!.why);
            const migrated = made.files[0]!.after;
            assert.match(migrated, /^ldap_base = .* -- the people$/m);
            const after = load(memoryFiles({ [MAIN]: migrated }), MAIN, { prosody: version });
            assert.equal(effective(after, HOST, 'ldap'), undefined);
            assert.equal(ldapMigrations(load(files, MAIN, { prosody: version }), after).length, 1);

            const accounts = Object.values(directory.accounts).filter(({ name }) => name !== directory.service.name);
            const plain = accounts.filter(({ name }) => !/[*()\\]/.test(name));
            const logins = [
              ...plain.map(({ name, password }) => ({ user: name, password })),
              { user: 'alice', password: 'wrong' },
              { user: 'nobody', password: 'wrong' },
            ];
            const alice = directory.accounts.alice!;
            const special = [
              { user: 'al*', password: alice.password },
              ...accounts
                .filter(({ name }) => !plain.some(one => one.name === name))
                .map(({ name, password }) => ({ user: name, password })),
            ];
            const [old, young] = [await ends(text, [...logins, ...special]), await ends(migrated, [...logins, ...special])];
            const shown = (end: LoginEnd) => `${end.outcome} ${end.jid}`;
            for (const [index, { user }] of logins.entries()) assert.equal(shown(young[index]!), shown(old[index]!), user);
            const granted = logins.filter((_, index) => young[index]!.outcome === 'granted').map(({ user }) => user);
            assert.ok(granted.includes('alice') && granted.length < logins.length, granted.join());
            // what is told to be otherwise: the name is escaped now
            const wildcard = logins.length;
            assert.deepEqual(shown(old[wildcard]!), `granted al*@${HOST}`);
            assert.equal(young[wildcard]!.outcome, 'refused');
            for (let index = wildcard + 1; index < old.length; index++) {
              assert.notEqual(old[index]!.outcome, 'granted', special[index - wildcard]!.user);
              assert.notEqual(young[index]!.outcome, 'hangs', special[index - wildcard]!.user);
            }
          }).timeout(120_000);

        async function ends(text: string, logins: readonly { user: string; password: string }[]): Promise<LoginEnd[]> {
          const { names, ca } = directory;
          const ldapConf = 'TLS_CACERT /etc/ldap/ca.pem\n';
          const prosody = await prosodies.start({ files: { [MAIN]: text }, names, ldapConf, ca });
          try {
            const all: LoginEnd[] = [];
            for (const login of logins) all.push(await prosody.login({ host: HOST, ...login, patience: 3000 }));
            return all;
          } finally {
            await prosody.stop();
          }
        }
      },
    );

function both(version: Version, lab: ReturnType<typeof activeDirectory> | ReturnType<typeof openLdap>) {
  const prosodies = prosodyServer(version);
  if ('missing' in prosodies) return prosodies;
  return 'missing' in lab ? lab : { directories: { start: () => lab.start() }, prosodies };
}
