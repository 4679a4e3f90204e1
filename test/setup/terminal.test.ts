import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeWith } from '../support/needing.js';
import { type Answers, sit, terminal } from '../support/sitting.js';

/** Questions in a real terminal: what is asked, what is shown of a password (nothing), and what comes of a no and of Ctrl-C. */

const program = fileURLToPath(new URL('../../packages/cli/dist/prosodist.cjs', import.meta.url));
const fixture = fileURLToPath(new URL('../fixtures/setup/jitsi', import.meta.url));
const secret = 'Tr0ub4dor-typed';
const host = 'conf.d/meet.corp.example.cfg.lua';

const answers: Answers = [
  [/Module \[ldap\]: $/, '\r'],
  [/Directory server \[ldaps:\/\/dc1\.corp\.example\]: $/, 'ldaps://dc1/dc=corp,dc=example\r'],
  [/Directory server \[ldaps:\/\/dc1\.corp\.example\]: $/, '\r'],
  [/Account that searches \[prosody@corp\.example\]: $/, 'svc-prosody@corp.example\r'],
  [/Its password: $/, `${secret}\r`],
  [/Container with the people \[CN=Users,DC=corp,DC=example\]: $/, 'OU=Staff,DC=corp,DC=example\r'],
  [/Attribute with the name that people type \[sAMAccountName\]: $/, '\r'],
  [/Group whose members may log in .*: $/, '\r'],
  [/Guests without a password, at guest\.meet\.corp\.example \[yes\]: $/, '\r'],
];

describeWith('setup ldap in a terminal', terminal(), () => {
  let folder: string;
  let tree: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'prosodist-'));
    tree = join(folder, 'etc/prosody');
    cpSync(fixture, folder, { recursive: true });
    cpSync(join(fixture, '../prosody.cfg.lua'), join(tree, 'prosody.cfg.lua'));
    cpSync(join(tree, 'conf.avail'), join(tree, 'conf.d'), { recursive: true });
    rmSync(join(tree, host));
    symlinkSync('../conf.avail/meet.corp.example.cfg.lua', join(tree, host));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (more: Answers) =>
    sit([process.execPath, program, '--prosody', '13.0', 'setup', 'ldap', '--no-discover', tree], process.env, more);
  const text = () => readFileSync(join(tree, host), 'utf8');

  it('asks, shows the plan and the diff, and writes after a yes', async () => {
    const { shown, status } = await run([...answers, [/Write this \[no\]: $/, 'yes\r'], [/Try a login of .*: $/, '\r']]);
    assert.equal(status, 0, shown);
    assert.ok(!shown.includes(secret));
    assert.match(shown, /ldap: mod_auth_ldap, part of Prosody \(recommended\)/);
    assert.match(shown, /\+ldap_password = "•••"/);
    assert.match(readFileSync(join(tree, 'conf.d/ldap.cfg.lua'), 'utf8'), new RegExp(`^ldap_password = "${secret}"$`, 'm'));
    assert.match(text(), /authentication = "ldap" -- do not delete me/);
    const again: Answers = [
      [/Module \[ldap\]: $/, '\r'],
      [/Directory server \[ldaps:\/\/dc1\.corp\.example\]: $/, '\r'],
      [/Account that searches \[svc-prosody@corp\.example\]: $/, '\r'],
      [/Its password \(empty: as it is\): $/, '\r'],
      [/Container with the people \[OU=Staff,DC=corp,DC=example\]: $/, '\r'],
      [/Attribute .* \[sAMAccountName\]: $/, '\r'],
      [/Guests .*: $/, '\r'],
      [/Try a login of .*: $/, '\r'],
    ];
    const second = await run(again);
    assert.equal(second.status, 0, second.shown);
    assert.match(second.shown, /8\. done/);
    assert.ok(!second.shown.includes('Write this'));
  });

  for (const [what, end, status] of [
    ['a no', 'no\r', 1],
    ['an empty answer', '\r', 1],
    ['Ctrl-C', '\x03', 130],
    ['Ctrl-D', '\x04', 130],
  ] as const)
    it(`${what} writes nothing`, async () => {
      const before = text();
      const ended = await run([...answers, [/Write this \[no\]: $/, end]]);
      assert.equal(ended.status, status, ended.shown);
      assert.match(ended.shown, /nothing was written/);
      assert.equal(text(), before);
      assert.ok(!existsSync(join(tree, 'conf.avail/ldap.cfg.lua')));
    });
});
