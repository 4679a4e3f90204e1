import assert from 'node:assert/strict';
import { appendFileSync, chownSync, cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { debianRoot, debLab, haveDeb, inside, releases } from '../support/deb.js';
import { activeDirectory } from '../support/directory/ad.js';
import type { DirectoryServer } from '../support/directory/server.js';
import { HOST, snapshot } from '../support/jitsi-machine.js';
import { describeWith } from '../support/needing.js';
import { prosodyUser } from '../support/prosody-root.js';

/** A server with Prosody, Jitsi's files and the Debian package: root sets LDAP up there against a real Active Directory. */

const fixture = fileURLToPath(new URL('../fixtures/setup', import.meta.url));
const ad = activeDirectory();
const lab = debLab();

describeWith('setup ldap from the Debian package', 'missing' in lab ? lab : ad, directories => {
  let directory: DirectoryServer;
  before(async function () {
    this.timeout(300_000);
    haveDeb();
    directory = await (directories as Exclude<typeof ad, { missing: string }>).start();
  });
  after(() => directory?.stop());

  for (const { name, tree } of releases)
    it(`${name}: the plan is shown, written, found done, and taken back byte for byte`, function () {
      this.timeout(180_000);
      const root = debianRoot(tree);
      try {
        inside(root, ['dpkg', '-i', '/prosodist.deb']);
        assert.ok(!existsSync(path.join(root, 'usr/bin/node')));
        inside(root, ['prosodist', 'check', '--fail-on', 'error', '/etc/prosody']);
        jitsi(root, tree, directory);
        // Jitsi's package would have made the certificate: that it is not there is the only error
        const { stdout: found } = inside(root, ['prosodist', 'check', '--format', 'json', '/etc/prosody'], 1);
        const { findings } = JSON.parse(found) as { findings: { rule: string; severity: string }[] };
        const errors = findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
        assert.deepEqual(new Set(errors), new Set(['missing-certificate-file']));
        const old = snapshot(path.join(root, 'etc'));
        const first = prosodysJudgement(root);
        const setup = ['prosodist', 'setup', 'ldap', ...answers(directory)];

        // without --yes and without a terminal: shown, nothing written, and the status says that something would change
        const shown = inside(root, setup, 1);
        assert.match(shown.stdout, /^\+\+\+ .*conf\.avail\/ldap\.cfg\.lua$/m);
        assert.match(shown.stdout, /^\+ *authentication = "ldap"/m);
        assert.deepEqual(snapshot(path.join(root, 'etc')), old);
        inside(root, [...setup, '--check'], 1);

        const written = inside(root, [...setup, '--yes', '--login', 'alice', '--login-password-file', '/tmp/alice']);
        assert.match(written.stdout + written.stderr, /login of alice at meet\.corp\.example: granted/);
        for (const { stdout, stderr } of [shown, written])
          for (const { password } of [directory.service, directory.accounts.alice!])
            assert.ok(!(stdout + stderr).includes(password));
        // Prosody itself reads what was written, and has nothing to say of it
        const line = /^ *- {2}\/etc\/prosody\/conf\.d\/ldap\.cfg\.lua\n/m;
        const judged = prosodysJudgement(root);
        assert.match(judged, line);
        assert.equal(judged.replace(line, ''), first);

        const { stderr } = inside(root, [...setup, '--check']);
        assert.equal(stderr.match(/^\d\. done /gm)?.length, 8, stderr);
        inside(root, ['prosodist', 'undo', '--write']);
        assert.deepEqual(snapshot(path.join(root, 'etc')), old);
      } finally {
        rmSync(root, { recursive: true, force: true });
      }
    });
});

// It has much to say of Debian's and Jitsi's files, and ends with 2 because of them.
const prosodysJudgement = (root: string): string => inside(root, ['prosodyctl', 'check', 'config'], 2).stdout;

/** Jitsi's files in a tree, the names of the directory in its hosts, and the passwords in files. */
function jitsi(root: string, tree: string, directory: DirectoryServer): void {
  const etc = path.join(root, 'etc');
  cpSync(path.join(fixture, 'jitsi/etc'), etc, { recursive: true });
  symlinkSync(`../conf.avail/${HOST}.cfg.lua`, path.join(etc, `prosody/conf.d/${HOST}.cfg.lua`));
  chownSync(path.join(etc, `prosody/conf.avail/${HOST}.cfg.lua`), 0, prosodyUser(tree).gid);
  cpSync(path.join(fixture, 'plugins'), path.join(root, 'usr/share/jitsi-meet/prosody-plugins'), { recursive: true });
  // whose ldap.conf is among the files of the fixture
  appendFileSync(
    path.join(root, 'var/lib/dpkg/status'),
    '\nPackage: libldap-common\nStatus: install ok installed\nVersion: 2.5\nArchitecture: all\nMaintainer: Debian\nDescription: its file\n\n',
  );
  const names = Object.entries(directory.names).map(([name, at]) => `${at} ${name}\n`);
  writeFileSync(path.join(etc, 'hosts'), `127.0.0.1 localhost\n${names.join('')}`);
  mkdirSync(path.join(root, 'usr/local/share/ca-certificates'), { recursive: true });
  cpSync(directory.ca, path.join(root, 'usr/local/share/ca-certificates/corp.crt'));
  for (const [file, { password }] of [
    ['service', directory.service],
    ['alice', directory.accounts.alice!],
  ] as const)
    writeFileSync(path.join(root, 'tmp', file), `${password}\n`, { mode: 0o600 });
}

function answers({ name, service, people }: DirectoryServer): string[] {
  return [
    ...['--server', `ldaps://${name}`, '--bind-name', service.dn, '--password-file', '/tmp/service', '--base', people],
    ...['--group', 'CN=Jitsi-Users,OU=Groups,DC=corp,DC=example', '--guests', '--jitsi'],
    ...['--ca', '/usr/local/share/ca-certificates/corp.crt'],
  ];
}
