import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeWith } from '../support/needing.js';

const EXTRAS = fileURLToPath(new URL('../../extras/ansible', import.meta.url));
const PROGRAM = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url));
const SECRET = 'marker-Secret-1';

const TREE = {
  'prosody.cfg.lua': 'admins = { }\n\nInclude "conf.d/*.cfg.lua"\n',
  'conf.avail/meet.example.com.cfg.lua':
    'VirtualHost "meet.example.com" -- the main one\n    authentication = "jitsi-anonymous" -- do not delete me\n    modules_enabled = {\n        "bosh"; -- for browsers\n    }\n\nComponent "conference.meet.example.com" "muc"\n    storage = "memory"\n',
};

/** The real ansible-playbook, with the role and the playbook of extras/ansible, on a tree of this machine. */
describeWith('Ansible', ansible(), ({ program }) => {
  let folder = '';
  const tree = () => join(folder, 'prosody');
  const read = (file: string) => readFileSync(join(tree(), file), 'utf8');

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'ansible-'));
    cpSync(EXTRAS, join(folder, 'play'), { recursive: true });
    for (const [file, text] of Object.entries(TREE)) {
      mkdirSync(join(tree(), file, '..'), { recursive: true });
      writeFileSync(join(tree(), file), text, { mode: 0o640 });
    }
    mkdirSync(join(tree(), 'conf.d'));
    symlinkSync('../conf.avail/meet.example.com.cfg.lua', join(tree(), 'conf.d/meet.example.com.cfg.lua'));
    const command = `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`;
    writeFileSync(join(folder, 'prosodist'), command, { mode: 0o755 });
    writeFileSync(
      join(folder, 'inventory'),
      '[jitsi]\nlocalhost ansible_connection=local ansible_python_interpreter=/usr/bin/python3\n',
    );
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function play(more: Record<string, unknown>, ...options: string[]) {
    const variables = {
      prosodist_entry: tree(),
      prosodist_executable: join(folder, 'prosodist'),
      prosodist_prosody: '13.0',
      prosodist_group: 'root',
      prosodist_reload: false,
      jitsi_become: false,
      jitsi_app_secret: SECRET,
      ...more,
    };
    const args = ['-i', 'inventory', '-e', JSON.stringify(variables), ...options, 'play/example.yml'];
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      LANG: 'C.UTF-8',
      ANSIBLE_NOCOLOR: '1',
      ANSIBLE_LOCALHOST_WARNING: 'false',
    };
    const run = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8', timeout: 120_000 });
    const [, ok, changed, failed] = /ok=(\d+) +changed=(\d+) +unreachable=0 +failed=(\d+)/.exec(run.stdout) ?? [];
    return {
      status: run.status,
      output: run.stdout + run.stderr,
      ok: Number(ok),
      changed: Number(changed),
      failed: Number(failed),
    };
  }
  const all = () => execFileSync('find', [tree(), '-type', 'f', '-exec', 'sha256sum', '{}', '+'], { encoding: 'utf8' });

  it('--check --diff shows what would change, without secrets, and writes nothing', () => {
    const before = all();
    const { status, output, failed, changed } = play({}, '--check', '--diff', '-vvv');
    assert.deepEqual([status, failed], [0, 0], output);
    assert.ok(changed >= 2, output);
    assert.match(output, /^- {4}authentication = "jitsi-anonymous" -- do not delete me$/m);
    assert.match(output, /^\+ {4}authentication = "token" -- do not delete me$/m);
    assert.match(output, /^\+VirtualHost "guest\.meet\.example\.com"$/m);
    assert.match(output, /app_secret = "•••"/);
    const lines = output.split('\n').filter(line => line.includes(SECRET) && !line.includes('jitsi_app_secret'));
    assert.deepEqual(lines, []);
    assert.equal(all(), before);
  }).timeout(120_000);

  it('the first run changes, through the link, and the second has nothing to do', () => {
    const first = play({});
    assert.deepEqual([first.status, first.failed], [0, 0], first.output);
    assert.ok(first.changed >= 2, first.output);
    assert.match(read('conf.avail/meet.example.com.cfg.lua'), /authentication = "token" -- do not delete me\n/);
    assert.match(read('conf.avail/meet.example.com.cfg.lua'), new RegExp(`app_secret = "${SECRET}"`));
    assert.match(read('conf.avail/meet.example.com.cfg.lua'), /"bosh"; -- for browsers\n {8}"presence_identity";\n/);
    assert.ok(lstatSync(join(tree(), 'conf.d/meet.example.com.cfg.lua')).isSymbolicLink());
    assert.equal(statSync(join(tree(), 'conf.avail/meet.example.com.cfg.lua')).mode & 0o777, 0o640);
    assert.match(read('conf.d/00-ports.cfg.lua'), /https_ports = \{ +\}/);
    const before = all();
    const second = play({});
    assert.deepEqual([second.status, second.changed, second.failed], [0, 0, 0], second.output);
    assert.equal(all(), before);
  }).timeout(240_000);

  it('a broken file of a template is refused by validate, and what was there stays', () => {
    const before = all();
    const { status, failed, output } = play({ jitsi_https_ports: ['5281 5282'] });
    assert.deepEqual([status === 0, failed], [false, 1], output);
    assert.match(output, /failed to validate/);
    assert.match(output, /error\[syntax-error\]: a comma is missing/);
    assert.equal(all(), before);
  }).timeout(120_000);

  it('what is refused fails, with what to do about it, and nothing is written', () => {
    const before = all();
    const operations = [
      { op: 'set', scope: { host: 'nobody.example' }, name: 'enabled', value: true },
      { op: 'set', scope: { host: 'meet.example.com' }, name: 'app_secret', value: 'another-Secret-2' },
    ];
    const { status, failed, output } = play({ prosodist_operations: operations, prosodist_templates: [] });
    assert.deepEqual([status === 0, failed], [false, 1], output);
    assert.match(output, /not-found: there is no virtual host nobody\.example/);
    assert.match(output, /prosodist host nobody\.example/);
    assert.equal(all(), before);
  }).timeout(120_000);

  it('what a command of verify does not accept fails', () => {
    const before = all();
    const operations = [{ op: 'set', scope: 'global', name: 'use_ipv6', value: true }];
    const more = { prosodist_operations: operations, prosodist_templates: [], prosodist_verify: ['false'] };
    const { failed, output } = play(more);
    assert.equal(failed, 1, output);
    assert.match(output, /not-verified: `false` ended with status 1/);
    assert.equal(all(), before);
  }).timeout(120_000);
});

function ansible(): { program: string } | { missing: string } {
  const program = '/usr/bin/ansible-playbook';
  return existsSync(program) ? { program } : { missing: 'there is no ansible-playbook: apt-get install ansible-core' };
}
