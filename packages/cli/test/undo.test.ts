import assert from 'node:assert/strict';
import { appendFileSync, existsSync, lstatSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { prosodist, type TreeFile, withTree } from './support/run.js';

const TREE: Record<string, TreeFile> = {
  'prosody.cfg.lua': 'use_ipv6 = false\n\nVirtualHost "a.example"\n\nInclude "conf.d/*"\n',
  'conf.d/b.cfg.lua': 'VirtualHost "b.example"\n',
};
const MAIN = String(TREE['prosody.cfg.lua']);
const SET = JSON.stringify({ op: 'set', scope: 'global', name: 'use_ipv6', value: true });
const write = (cwd: string, ...more: string[]) => prosodist(['patch', '--write', '-f', '-', ...more, '.'], { cwd, stdin: SET });
const main = (cwd: string) => readFileSync(join(cwd, 'prosody.cfg.lua'), 'utf8');

describe('undo', () => {
  it('shows what it would take back, takes it back, and takes that back', () =>
    withTree(TREE, async cwd => {
      await write(cwd);
      const young = main(cwd);
      const shown = await prosodist(['undo', '.'], { cwd });
      assert.equal(shown.status, 1);
      assert.match(shown.stdout, /^-use_ipv6 = true\n\+use_ipv6 = false$/m);
      assert.match(shown.stderr, /would take back write 1 \(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\)/);
      assert.equal(main(cwd), young);
      const undone = await prosodist(['undo', '--write', '.'], { cwd });
      assert.deepEqual([undone.status, undone.stdout], [0, 'replaced prosody.cfg.lua (1 change)\n']);
      assert.equal(main(cwd), MAIN);
      assert.equal((await prosodist(['undo', '--write', '.'], { cwd })).status, 0);
      assert.equal(main(cwd), young);
      const list = await prosodist(['undo', '--list', '.'], { cwd });
      assert.match(
        list.stdout,
        /^write 1 \(.*\): prosody\.cfg\.lua\nwrite 2 \(.*, took back 1\): .*\nwrite 3 \(.*, took back 2\)/,
      );
      const json = JSON.parse((await prosodist(['undo', '--list', '--format', 'json', '.'], { cwd })).stdout);
      assert.deepEqual(json.writes[1].files, ['prosody.cfg.lua']);
      assert.equal((await prosodist(['undo', '--write', '--id', '1', '.'], { cwd })).status, 0);
      assert.equal(main(cwd), MAIN);
    }));

  it('takes away new files and links, and shows that as a diff that patch takes', () =>
    withTree(
      {
        'prosody.cfg.lua': 'VirtualHost "a.example"\n    authentication = "internal_hashed"\nInclude "conf.d/*.cfg.lua"\n',
        'conf.avail/x': '',
        'conf.d/x': '',
      },
      async cwd => {
        await prosodist(['fix', '--write', '--add-ldap2=a.example', '.'], { cwd });
        assert.ok(lstatSync(join(cwd, 'conf.d/ldap.cfg.lua')).isSymbolicLink());
        const { stdout } = await prosodist(['undo', '.'], { cwd });
        assert.match(stdout, /^deleted file mode 100640\n--- a\/conf\.avail\/ldap\.cfg\.lua\n\+\+\+ \/dev\/null$/m);
        assert.match(stdout, /^deleted file mode 120000\n--- a\/conf\.d\/ldap\.cfg\.lua$/m);
        assert.doesNotMatch(stdout, /change-me/);
        const undone = await prosodist(['undo', '--write', '.'], { cwd });
        assert.match(undone.stdout, /removed conf\.d\/ldap\.cfg\.lua\nremoved conf\.avail\/ldap\.cfg\.lua\n/);
        assert.ok(!existsSync(join(cwd, 'conf.avail/ldap.cfg.lua')));
      },
    ));

  it('has nothing to do where nothing was written', () =>
    withTree(TREE, async cwd => {
      const { status, stdout, stderr } = await prosodist(['undo', '--write', '.'], { cwd });
      assert.deepEqual([status, stdout, stderr], [0, '', 'prosodist: nothing to undo\n']);
      assert.match((await prosodist(['undo', '--id', '3', '.'], { cwd })).stderr, /there is no write 3; `prosodist undo --list`/);
      assert.match((await prosodist(['undo', '--id', 'x', '.'], { cwd })).stderr, /shows the numbers/);
    }));

  it('ends with 4 when a file has changed since', () =>
    withTree(TREE, async cwd => {
      await write(cwd);
      appendFileSync(join(cwd, 'prosody.cfg.lua'), '-- more\n');
      const { status, stderr } = await prosodist(['undo', '--write', '.'], { cwd });
      assert.equal(status, 4);
      assert.match(stderr, /prosody\.cfg\.lua has changed since it was written; nothing was undone/);
    }));
});

describe('an interrupted write', () => {
  /** What a writer leaves that is killed between two files: its journal, and here one file that is new already. */
  const interrupted = async (cwd: string) => {
    await write(cwd);
    const record = join(cwd, '.prosodist/000001/record.json');
    const journal = JSON.parse(readFileSync(record, 'utf8'));
    writeFileSync(record, JSON.stringify({ ...journal, by: { ...journal.by, pid: 2 ** 22 + 1 } }));
    renameSync(record, join(cwd, '.prosodist.journal'));
  };

  it('is told of by check and by what does not write, and taken back by what does', () =>
    withTree(TREE, async cwd => {
      await interrupted(cwd);
      for (const argv of [
        ['check', '.'],
        ['patch', '-f', '-', '.'],
        ['undo', '.'],
      ]) {
        const { stderr } = await prosodist(argv, { cwd, stdin: SET });
        assert.match(stderr, /a write to 1 file was interrupted .*may be a mixture of old and new; `prosodist undo --write/);
        assert.ok(existsSync(join(cwd, '.prosodist.journal')), argv[0]!);
        assert.notEqual(main(cwd), MAIN);
      }
      const { status, stderr } = await prosodist(['undo', '--write', '.'], { cwd });
      assert.deepEqual([status, main(cwd)], [0, MAIN]);
      assert.match(stderr, /took back a write that was interrupted/);
      assert.ok(!existsSync(join(cwd, '.prosodist.journal')));
    }));

  it('is taken back before the tree is read to be changed', () =>
    withTree(TREE, async cwd => {
      await interrupted(cwd);
      const { status, stdout, stderr } = await write(cwd);
      assert.deepEqual([status, stdout], [0, 'replaced prosody.cfg.lua (1 change)\n']);
      assert.match(stderr, /took back a write/);
    }));
});

describe('how to write', () => {
  it('another process that is writing is named, with status 4', () =>
    withTree(TREE, async cwd => {
      const holder = { pid: process.pid, started: '', machine: hostname(), since: Date.now() };
      symlinkSync(JSON.stringify(holder), join(cwd, '.prosodist.lock'));
      const { status, stderr } = await write(cwd);
      assert.equal(status, 4);
      assert.match(
        stderr,
        new RegExp(`prosody\\.cfg\\.lua is being written by process ${process.pid}, since .*; nothing was written`),
      );
    }));

  it('--verify: what fails prevents it with status 3 and its output, without secrets', () =>
    withTree({ ...TREE, 'prosody.cfg.lua': `${MAIN}component_secret = "marker-Secret-1"\n` }, async cwd => {
      const before = main(cwd);
      const { status, stdout, stderr } = await write(cwd, '--verify', 'check', '--verify', 'sh -c \'cat "$0"; exit 1\' %s');
      assert.deepEqual([status, stdout], [3, '']);
      assert.match(stderr, /ended with status 1 on .*prosody\.cfg\.lua; nothing was written\nuse_ipv6 = true\n/);
      assert.doesNotMatch(stderr, /marker-Secret/);
      assert.equal(main(cwd), before);
      assert.equal((await write(cwd, '--verify', 'true')).status, 0);
    }));

  it('--verify: with --format json, what failed is a refusal on standard output, without secrets', () =>
    withTree({ ...TREE, 'prosody.cfg.lua': `${MAIN}component_secret = "marker-Secret-1"\n` }, async cwd => {
      const command = 'sh -c \'cat "$0"; exit 1\' %s';
      const { status, stdout, stderr } = await write(cwd, '--format', 'json', '--verify', command);
      assert.equal(status, 3, stderr);
      const { changed, written, outcomes, refusals } = JSON.parse(stdout);
      assert.deepEqual([changed, written, outcomes.length, refusals.length], [false, false, 1, 1]);
      assert.equal(refusals[0].code, 'not-verified');
      assert.match(refusals[0].message, /ended with status 1 on .*prosody\.cfg\.lua; nothing was written\nuse_ipv6 = true\n/);
      assert.equal(refusals[0].command, command);
      assert.doesNotMatch(stdout + stderr, /marker-Secret/);
    }));

  it('our own check is always made: a new error is refused with status 3, and a dry run says so', () =>
    withTree(TREE, async cwd => {
      const stdin = JSON.stringify({ op: 'set', scope: { host: 'a.example' }, name: 'authentication', value: 'ldap2' });
      const planned = await prosodist(['patch', '-f', '-', '.'], { cwd, stdin });
      assert.equal(planned.status, 1);
      assert.match(planned.stderr, /warning: the change brings in 1 error, so --write will refuse it\n.*\[missing-ldap-table\]/);
      const { status, stderr } = await prosodist(['patch', '--write', '-f', '-', '.'], { cwd, stdin });
      assert.equal(status, 3);
      assert.match(stderr, /the change brings in 1 error; nothing was written\n.*\[missing-ldap-table\]/);
      assert.equal(main(cwd), MAIN);
    }));

  it('--backup leaves the old text beside the file, and not where an Include would read it', () =>
    withTree(TREE, async cwd => {
      const { stdout } = await write(cwd, '--backup');
      assert.equal(stdout, 'replaced prosody.cfg.lua (1 change; the old text is in prosody.cfg.lua.bak)\n');
      assert.equal(readFileSync(join(cwd, 'prosody.cfg.lua.bak'), 'utf8'), MAIN);
      const stdin = JSON.stringify({ op: 'set', scope: { host: 'b.example' }, name: 'allow_registration', value: false });
      const refused = await prosodist(['patch', '--write', '--backup=.orig', '-f', '-', '.'], { cwd, stdin });
      assert.equal(refused.status, 2);
      assert.match(refused.stderr, /Include "conf\.d\/\*" would read the backup .*b\.cfg\.lua\.orig; name another ending/);
    }));

  it('--write-mode in-place writes into the file itself', () =>
    withTree(TREE, async cwd => {
      const { ino } = lstatSync(join(cwd, 'prosody.cfg.lua'));
      const { stdout } = await write(cwd, '--write-mode', 'in-place', '--format', 'json');
      const { report } = JSON.parse(stdout).files[0];
      assert.deepEqual([report.action, report.mode, lstatSync(join(cwd, 'prosody.cfg.lua')).ino], ['rewritten', '0644', ino]);
    }));
});
