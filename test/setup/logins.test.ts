import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { lstatSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { login } from '../support/bosh.js';
import { activeDirectory } from '../support/directory/ad.js';
import { namesEnvironment } from '../support/directory/names.js';
import type { DirectoryServer } from '../support/directory/server.js';
import { HOST, type JitsiMachine, jitsiMachine, snapshot } from '../support/jitsi-machine.js';
import { describeWith } from '../support/needing.js';
import { prosodyLab, type Version } from '../support/prosody.js';
import { sit } from '../support/sitting.js';

/**
 * The whole way: Debian's and Jitsi's files as they are installed, the real command, the real Prosodys, a real Active Directory. Who
 * is in the directory gets in, who is not does not, guests do; a second run finds nothing to do; undo gives the old files.
 */

const program = fileURLToPath(new URL('../../packages/cli/dist/prosodist.cjs', import.meta.url));
const group = 'CN=Jitsi-Users,OU=Groups,DC=corp,DC=example';

describe('setup ldap, as it ends', () => {
  for (const version of ['0.12', '13.0'] as const) {
    const lab = prosodyLab(version);
    const both = 'missing' in lab ? lab : { lab, ad: activeDirectory() };
    const ready = 'missing' in both ? both : 'missing' in both.ad ? both.ad : { lab: both.lab, ad: both.ad };
    describeWith(`Prosody ${version}`, ready, ({ lab, ad }) => {
      let directory: DirectoryServer;
      before(async () => {
        directory = await ad.start();
      });
      after(() => directory.stop());

      for (const way of ['ldap', 'ldap2'] as const)
        it(`${way}: people of the directory log in, nobody else, and guests`, async () => {
          const machine = await jitsiMachine(lab, directory);
          const old = snapshot(join(machine.root, 'etc'));
          const arguments_ = ['--way', way, '--ca', machine.ca, '--group', group, '--guests', '--jitsi'];
          const done = setup(machine, directory, version, [...arguments_, '--write', '--login', 'alice']);
          assert.equal(done.status, 0, done.output);
          assert.match(done.output, /login of alice at meet\.corp\.example: granted/);
          for (const { password } of Object.values(directory.accounts)) assert.ok(!done.output.includes(password));
          assertProtected(machine, old);

          const again = setup(machine, directory, version, [...arguments_, '--check']);
          assert.equal(again.status, 0, again.output);
          assert.equal(again.output.match(/^\d\. done /gm)?.length, 8, again.output);
          await assertLogins(machine, directory);

          const undone = prosodist(directory, ['--prosody', version, 'undo', '--write', join(machine.root, 'etc/prosody')]);
          assert.equal(undone.status, 0, undone.output);
          assert.deepEqual(snapshot(join(machine.root, 'etc')), old);
        });

      it('a tree that is mounted, of which there is no more: the login reads the trust that was written there', async () => {
        const machine = await jitsiMachine(lab, directory);
        rmSync(join(machine.root, 'etc/passwd'));
        const done = setup(machine, directory, version, ['--ca', machine.ca, '--write', '--login', 'alice']);
        assert.equal(done.status, 0, done.output);
        assert.match(done.output, /login of alice at meet\.corp\.example: granted/);
      });

      it('in a terminal: the directory answers half of the questions', async () => {
        const machine = await jitsiMachine(lab, directory);
        const { service, accounts } = directory;
        const command = [process.execPath, program, '--prosody', version, 'setup', 'ldap', join(machine.root, 'etc/prosody')];
        const { shown, status } = await sit(command, { ...process.env, ...namesEnvironment(directory.names) }, [
          [/Module .*: $/, '\r'],
          [/Directory server .*: $/, `${directory.name}\r`],
          [/File with the certificate of its authority .*: $/, `${machine.ca}\r`],
          [/Account that searches \[prosody@corp\.example\]: $/, `${service.dn}\r`],
          [/Its password: $/, `${service.password}\r`],
          [/Container with the people \[OU=Staff,DC=corp,DC=example\]: $/, '\r'],
          [/Attribute .* \[sAMAccountName\]: $/, '\r'],
          [/Group .*: $/, '\r'],
          [/Guests .*: $/, '\r'],
          [/Write this \[no\]: $/, 'yes\r'],
          [/Try a login of .*: $/, 'alice\r'],
          [/Its password: $/, `${accounts.alice!.password}\r`],
        ]);
        assert.equal(status, 0, shown);
        assert.match(shown, /is Samba Team/);
        assert.match(shown, /login of alice at meet\.corp\.example: granted/);
        for (const { password } of [service, accounts.alice!]) assert.ok(!shown.includes(password));
      });
    });
  }
});

async function assertLogins({ start, address }: JitsiMachine, { accounts }: DirectoryServer): Promise<void> {
  const prosody = await start();
  try {
    const as = (name: string, password = accounts[name]!.password) =>
      login({ address, web: HOST, host: HOST, user: { name, password } });
    assert.equal(await as('alice'), 'success', prosody.output);
    assert.equal(await as('bob'), 'success', 'a member of a group in the group');
    assert.equal(await as('alice', 'Wr0ng-pass!'), 'not-authorized');
    assert.equal(await as('wanda'), 'not-authorized', 'in the directory, not in the group');
    assert.equal(await as('carl'), 'not-authorized', 'outside of the base');
    assert.equal(await as('nobody', 'Al1ce-pass!'), 'not-authorized');
    assert.equal(await login({ address, web: HOST, host: `guest.${HOST}` }), 'success', prosody.output);
    assert.match(await login({ address, web: HOST, host: HOST }), /^not-offered/, 'nobody comes in without a name');
  } finally {
    await prosody.stop();
  }
}

/** The file with the password is for root and Prosody only. */
function assertProtected({ root }: JitsiMachine, old: Readonly<Record<string, string>>): void {
  const { mode, uid, gid } = lstatSync(join(root, 'etc/prosody/conf.avail/ldap.cfg.lua'));
  assert.equal((mode & 0o777).toString(8), '640');
  assert.match(old['prosody/prosody.cfg.lua']!, new RegExp(`^100640 ${uid}:${gid} `));
  assert.equal(uid, 0);
}

function setup(machine: JitsiMachine, directory: DirectoryServer, version: Version, more: readonly string[]) {
  const [password, own] = [join(machine.root, 'tmp/service'), join(machine.root, 'tmp/alice')];
  writeFileSync(password, `${directory.service.password}\n`, { mode: 0o600 });
  writeFileSync(own, `${directory.accounts.alice!.password}\n`, { mode: 0o600 });
  return prosodist(directory, [
    ...['--prosody', version, 'setup', 'ldap', join(machine.root, 'etc/prosody')],
    ...['--server', directory.name, '--bind-name', directory.service.dn, '--password-file', password],
    ...['--base', directory.people, ...more],
    ...(more.includes('--login') ? ['--login-password-file', own] : []),
  ]);
}

function prosodist(directory: DirectoryServer, argv: readonly string[]) {
  const env = { ...process.env, ...namesEnvironment(directory.names), COLUMNS: '100' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], { env, encoding: 'utf8', timeout: 60_000 });
  return { status, output: stdout + stderr };
}
