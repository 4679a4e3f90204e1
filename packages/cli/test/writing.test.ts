import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, lstatSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../src/index.js';
import { prosodist, type TreeFile, withCopy, withTree } from './support/run.js';

/** A tree as Debian and Jitsi lay it out, with one finding that has a safe fix and directory settings that wait. */
const TREE: Record<string, TreeFile> = {
  'prosody.cfg.lua': 'admins = { }\n\nVirtualHost "localhost"\n\nInclude "conf.d/*.cfg.lua"\n',
  'conf.avail/meet.cfg.lua':
    'VirtualHost "meet.example.com"\r\n    authentication = "internal_hashed" -- keep\r\n    app_secret = "marker-Secret-1"\r\n',
  'conf.d/meet.cfg.lua': { link: '../conf.avail/meet.cfg.lua' },
};

const SET = (value: string) =>
  JSON.stringify([{ op: 'set', scope: { host: 'meet.example.com' }, name: 'authentication', value }]);

describe('patch and fix', () => {
  it('print a diff that patch and git take, and write nothing', () =>
    withTree(TREE, async cwd => {
      const argv = ['fix', '--add-ldap2', '--show-secrets', '.'];
      const { status, stdout } = await prosodist(argv, { cwd });
      assert.equal(status, 1);
      assert.equal(readFileSync(join(cwd, 'conf.avail/meet.cfg.lua'), 'utf8'), TREE['conf.avail/meet.cfg.lua']);
      const written = await withCopy(cwd, async other => {
        assert.equal((await prosodist([...argv, '--write'], { cwd: other })).status < 2, true);
        return snapshot(other);
      });
      for (const [program, ...args] of [
        ['patch', '-p1', '--silent'],
        ['git', 'apply'],
      ] as const) {
        await withCopy(cwd, async other => {
          execFileSync(program, args, { cwd: other, input: stdout, env: { ...process.env, GIT_CEILING_DIRECTORIES: '/' } });
          assert.deepEqual(snapshot(other), written, program);
        });
      }
    }));

  it('keep bytes that are not UTF-8 in a diff', () =>
    withTree({ 'prosody.cfg.lua': Buffer.from('-- caf\xe9\na = 1\n', 'latin1') }, async cwd => {
      const operations = JSON.stringify({ op: 'set', scope: 'global', name: 'a', value: 2 });
      const { bytes } = await prosodist(['patch', '-f', '-', '.'], { cwd, stdin: operations });
      assert.ok(bytes.includes(Buffer.from(' -- caf\xe9\n', 'latin1')));
      await prosodist(['patch', '--write', '-f', '-', '.'], { cwd, stdin: operations });
      assert.deepEqual(readFileSync(join(cwd, 'prosody.cfg.lua')), Buffer.from('-- caf\xe9\na = 2\n', 'latin1'));
    }));

  it('write through links, and the second time there is nothing to do', () =>
    withTree(TREE, async cwd => {
      const first = await prosodist(['patch', '--write', '-f', '-', '.'], { cwd, stdin: SET('internal_plain') });
      assert.deepEqual([first.status, first.stdout], [0, 'replaced conf.avail/meet.cfg.lua (1 change)\n']);
      assert.ok(lstatSync(join(cwd, 'conf.d/meet.cfg.lua')).isSymbolicLink());
      assert.equal(
        readFileSync(join(cwd, 'conf.avail/meet.cfg.lua'), 'utf8'),
        String(TREE['conf.avail/meet.cfg.lua']).replace('internal_hashed', 'internal_plain'),
      );
      const { mtimeMs } = lstatSync(join(cwd, 'conf.avail/meet.cfg.lua'));
      const second = await prosodist(['patch', '--write', '-f', '-', '.'], { cwd, stdin: SET('internal_plain') });
      assert.deepEqual([second.status, second.stdout], [0, '']);
      assert.equal(lstatSync(join(cwd, 'conf.avail/meet.cfg.lua')).mtimeMs, mtimeMs);
    }));

  it('add ldap2: a new file that others cannot read, its link, and the host', () =>
    withTree(TREE, async cwd => {
      const { status, stdout, stderr } = await prosodist(['fix', '--write', '--add-ldap2=meet.example.com', '.'], { cwd });
      assert.ok(status < 2, stderr);
      assert.match(stdout, /created conf\.avail\/ldap\.cfg\.lua \(mode 0640\)\n/);
      assert.match(stdout, /linked conf\.d\/ldap\.cfg\.lua -> \.\.\/conf\.avail\/ldap\.cfg\.lua\n/);
      assert.equal(lstatSync(join(cwd, 'conf.avail/ldap.cfg.lua')).mode & 0o777, 0o640);
      assert.equal(readlinkSync(join(cwd, 'conf.d/ldap.cfg.lua')), '../conf.avail/ldap.cfg.lua');
      const { config } = JSON.parse((await prosodist(['show', '--format', 'json', '.'], { cwd })).stdout);
      assert.equal(config['meet.example.com'].authentication, 'ldap2');
    }));

  it('take the word behind --add-ldap2 for the path', () =>
    withTree(TREE, async cwd => {
      const { status, stdout } = await prosodist(['fix', '--add-ldap2', cwd], { cwd: '/' });
      assert.equal(status, 1);
      assert.match(stdout, /^\+ +authentication = "ldap2"/m);
    }));

  it('end with 3 and write nothing when the operation is refused, fixes included', () =>
    withTree({ ...TREE, 'prosody.cfg.lua': `${TREE['prosody.cfg.lua']}consider_bosh_secure = true\n` }, async cwd => {
      const before = snapshot(cwd);
      const { status, stdout, stderr } = await prosodist(['fix', '--write', '--add-ldap2=nobody.example', '.'], { cwd });
      assert.deepEqual([status, stdout], [3, '']);
      assert.match(stderr, /refused(?: \(not-found\))?: there is no virtual host nobody\.example/);
      assert.deepEqual(snapshot(cwd), before);
    }));

  it('end with 4 and write nothing when a file changes meanwhile', () =>
    withTree(TREE, async cwd => {
      const file = join(cwd, 'conf.avail/meet.cfg.lua');
      writeFileSync(join(cwd, 'operations.json'), SET('internal_plain'));
      let stderr = '';
      const status = await run(['patch', '--write', '--diff', '-f', 'operations.json', '.'], {
        // the diff is printed before anything is written
        stdout: { write: () => appendFileSync(file, '-- somebody else\n') },
        stderr: { write: chunk => (stderr += chunk) },
        stdin: process.stdin,
        env: {},
        cwd,
        isTTY: false,
      });
      assert.equal(status, 4, stderr);
      assert.match(stderr, /meet\.cfg\.lua has changed since it was read; nothing was written/);
      assert.equal(readFileSync(file, 'utf8'), `${TREE['conf.avail/meet.cfg.lua']}-- somebody else\n`);
      assert.deepEqual(readdirSync(join(cwd, 'conf.avail')), ['meet.cfg.lua']);
    }));

  it('tell in JSON what was written', () =>
    withTree(TREE, async cwd => {
      const argv = ['patch', '--format', 'json', '-f', '-', '.'];
      const planned = JSON.parse((await prosodist(argv, { cwd, stdin: SET('internal_plain') })).stdout);
      const written = JSON.parse((await prosodist([...argv, '--write'], { cwd, stdin: SET('internal_plain') })).stdout);
      assert.equal(planned.written, false);
      const { report, ...file } = written.files[0];
      assert.deepEqual({ ...planned, written: true, id: 1, warnings: [] }, { ...written, files: [file] });
      assert.deepEqual(file.edits, [{ start: 63, end: 69, text: 'plain' }]);
      const { uid, gid } = lstatSync(join(cwd, 'conf.avail/meet.cfg.lua'));
      const old = String(TREE['conf.avail/meet.cfg.lua']);
      const sha256 = { before: sum(old), after: sum(old.replace('internal_hashed', 'internal_plain')) };
      assert.deepEqual(report, { action: 'replaced', mode: '0644', uid, gid, sha256, backup: null });
    }));

  it('fix a part without touching the rest of its tree', () =>
    withTree({ ...TREE, 'prosody.cfg.lua': `${TREE['prosody.cfg.lua']}consider_bosh_secure = true\n` }, async cwd => {
      const { stdout } = await prosodist(['fix', 'conf.d/meet.cfg.lua'], { cwd });
      assert.doesNotMatch(stdout, /prosody\.cfg\.lua/);
    }));
});

describe('fix', () => {
  const BROKEN = 'VirtualHost "a.example"\nadmins = { "a@example.com"\nmodules_enabled = { }\n';

  it('has nothing to do on a sound tree', () =>
    withTree({ 'prosody.cfg.lua': 'modules_enabled = { "saslauth"; "tls" }\nVirtualHost "a.example"\n' }, async cwd => {
      const { status, stdout, stderr } = await prosodist(['fix', '.'], { cwd });
      assert.deepEqual([status, stdout, stderr], [0, '', 'prosodist: nothing to fix\n']);
    }));

  it('with --write ends with 1 when findings remain', () =>
    withTree({ 'prosody.cfg.lua': BROKEN }, async cwd => {
      const { status, stderr } = await prosodist(['fix', '--write', '--rule', 'unquoted-word', '.'], { cwd });
      assert.equal(status, 1);
      assert.match(stderr, /remain; `prosodist check prosody\.cfg\.lua` shows them/);
    }));
});

describe('the process', () => {
  it('ends quietly when its output is closed early', () =>
    withTree({ 'prosody.cfg.lua': `a = { ${'"some entry of a very long list"; '.repeat(20_000)} }\n` }, async cwd => {
      const main = new URL('../src/main.ts', import.meta.url).pathname;
      const command =
        '"$0" --import=tsx "$1" show --prosody 13.0 "$2" 2>&1 >/dev/null | cat; "$0" --import=tsx "$1" show --prosody 13.0 "$2" 2>"$2/errors" | head -n 1';
      // in a CI too: nobody looks at a pipe
      const out = execFileSync('sh', ['-c', command, process.execPath, main, cwd], {
        encoding: 'utf8',
        env: { ...process.env, CI: 'true' },
      });
      assert.equal(out, 'Global section\n');
      assert.equal(readFileSync(join(cwd, 'errors'), 'utf8'), '');
    }));
});

const sum = (text: string) => createHash('sha256').update(text).digest('hex');

/** All files of a tree with their texts, links with their targets; without what the writer keeps for itself. */
function snapshot(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    name => !name.startsWith('.prosodist') && !lstatSync(join(folder, name)).isDirectory(),
  );
  return Object.fromEntries(
    names.sort().map(name => {
      const path = join(folder, name);
      return [name, lstatSync(path).isSymbolicLink() ? `-> ${readlinkSync(path)}` : readFileSync(path, 'utf8')];
    }),
  );
}
