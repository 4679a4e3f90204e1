import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeWith } from '../support/needing.js';
import { prosodyLab } from '../support/prosody.js';
import { type Files, readTree } from '../support/prosody-files.js';

const EXTRAS = fileURLToPath(new URL('../../extras', import.meta.url));
const PROGRAM = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url));
const HOST = 'meet.example.com';
const SECRET = 'a&b/c"d\\e$f';

/** The maintainer script and the YunoHost steps of `extras`, on Debian's own tree; both real Prosodys read what comes of it. */
for (const version of ['0.12', '13.0'] as const) {
  describeWith(`scripts of installers, as Prosody ${version} reads it`, prosodyLab(version), lab => {
    let folder = '';
    const tree = () => join(folder, 'prosody');

    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'installer-'));
      for (const [path, spec] of Object.entries(lab.stockTree())) place(join(tree(), path), spec);
      const command = `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' --prosody ${version} "$@"\n`;
      writeFileSync(join(folder, 'prosodist'), command, { mode: 0o755 });
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    const run = (program: string, args: readonly string[], env: Record<string, string>) =>
      spawnSync(program, args, { env: { PATH: process.env.PATH, ...env }, encoding: 'utf8', timeout: 60_000 });
    const postinst = () =>
      run('sh', [join(EXTRAS, 'debian/postinst'), 'configure'], {
        PROSODY_DIR: tree(),
        PROSODIST: join(folder, 'prosodist'),
        JVB_HOSTNAME: HOST,
        JVB_SECRET: SECRET,
      });
    const yunohost = (step: string) =>
      run('bash', ['-c', `set -e; source ${EXTRAS}/yunohost/_common.sh; ${step}`], {
        prosody_dir: tree(),
        prosodist: join(folder, 'prosodist'),
      });
    const config = () => {
      const dump = lab.load(readTree(tree()), 'prosody.cfg.lua');
      assert.equal(dump.ok, true, dump.err ?? '');
      return dump.config;
    };
    const texts = () => JSON.stringify(readTree(tree()), (key, value) => (key === '.prosodist' ? undefined : value));

    it('postinst configures a stock tree, a secret of any character included', () => {
      const { status, stderr } = postinst();
      assert.equal(status, 0, stderr);
      const { [HOST]: meet, [`auth.${HOST}`]: auth, [`conference.${HOST}`]: muc, '*': global } = config();
      assert.equal(meet!.authentication, 'jitsi-anonymous');
      assert.equal(meet!.external_service_secret, SECRET);
      assert.deepEqual(auth!.modules_enabled, ['limits_exception']);
      assert.deepEqual(auth!.ssl, {
        key: `/etc/prosody/certs/auth.${HOST}.key`,
        certificate: `/etc/prosody/certs/auth.${HOST}.crt`,
      });
      assert.equal(muc!.restrict_room_creation, true);
      assert.deepEqual(global!.unlimited_jids, [`focus@auth.${HOST}`, `jvb@auth.${HOST}`]);
      assert.ok(lstatSync(join(tree(), `conf.d/${HOST}.cfg.lua`)).isSymbolicLink());
    }).timeout(60_000);

    it('postinst changes nothing the second time, and keeps what the administrator has chosen', () => {
      const file = join(tree(), `conf.avail/${HOST}.cfg.lua`);
      const chosen = readFileSync(file, 'utf8').replace('authentication = "jitsi-anonymous"', 'authentication = "token" -- ours');
      writeFileSync(file, chosen);
      const before = texts();
      const { status, stderr } = postinst();
      assert.equal(status, 0, stderr);
      assert.equal(texts(), before);
    }).timeout(60_000);

    it('YunoHost: LDAP, another domain, removal', () => {
      const ldap = yunohost(`prosody_use_ldap ${HOST}`);
      assert.equal(ldap.status, 0, ldap.stderr);
      assert.equal(config()[HOST]!.ldap_filter, '(&(uid=$user)(permission=cn=jitsi.main,ou=permission,dc=yunohost,dc=org))');
      const renamed = yunohost(`prosody_change_url ${HOST} video.example.org`);
      assert.equal(renamed.status, 0, renamed.stderr);
      const after = config();
      assert.equal(after[HOST], undefined);
      assert.equal(after['video.example.org']!.authentication, 'ldap');
      assert.deepEqual(after['internal.auth.video.example.org']!.admins, [
        'focus@auth.video.example.org',
        'jvb@auth.video.example.org',
      ]);
      assert.ok(existsSync(join(tree(), 'conf.d/video.example.org.cfg.lua')));
      const removed = yunohost('prosody_remove video.example.org');
      assert.equal(removed.status, 0, removed.stderr);
      assert.equal(config()['video.example.org'], undefined);
      assert.ok(existsSync(join(tree(), 'conf.avail/video.example.org.cfg.lua')));
      assert.equal(yunohost('prosody_change_url nobody.example x.example').status, 3);
    }).timeout(60_000);
  });
}

function place(path: string, spec: Files[string]): void {
  const isFolder = typeof spec === 'object' && 'directory' in spec;
  mkdirSync(isFolder ? path : dirname(path), { recursive: true });
  if (isFolder) return;
  if (typeof spec === 'string' || spec instanceof Uint8Array) writeFileSync(path, spec);
  else symlinkSync(spec.link, path);
}
