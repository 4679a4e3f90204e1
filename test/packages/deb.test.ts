import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { labsFolder } from '../support/labs.js';
import { describeWith } from '../support/needing.js';

/** The Debian package as a server has it: installed, used and removed in Debian trees that have no Node. */

const top = fileURLToPath(new URL('../..', import.meta.url));
const version = (JSON.parse(readFileSync(path.join(top, 'lerna.json'), 'utf8')) as { version: string }).version;
const deb = path.join(top, `dist/prosodist_${version}_amd64.deb`);
const trees = [
  ['Debian 12', labsFolder('prosody-0.12')],
  ['Debian 13', labsFolder('prosody-13.0')],
] as const;

describeWith('the Debian package', tools(), () => {
  before(function () {
    this.timeout(300_000);
    build();
  });

  it('is the same byte for byte when it is built again', function () {
    this.timeout(300_000);
    const first = sum(deb);
    build();
    assert.equal(sum(deb), first);
  });

  it('lintian finds no error', function () {
    this.timeout(120_000);
    const { status, stdout, stderr } = spawnSync('lintian', ['--allow-root', '--fail-on', 'error', deb], { encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
  });

  for (const [name, tree] of trees) {
    it(`${name}: is installed, checks and changes a configuration, and goes without a trace`, function () {
      this.timeout(180_000);
      const root = copyOf(tree);
      try {
        inside(root, 'dpkg', '-i', '/prosodist.deb');
        assert.match(inside(root, 'prosodist', '--version'), new RegExp(`^prosodist ${version.replaceAll('.', '\\.')} `));
        inside(root, 'prosodist', 'check', '--fail-on', 'error', '/etc/prosody');
        inside(root, 'prosodist', 'host', '--write', 'meet.example.com');
        assert.match(inside(root, 'prosodist', 'show', '--host', 'meet.example.com'), /meet\.example\.com/);
        inside(root, 'prosodist', 'undo', '--write');
        for (const file of inside(root, 'dpkg', '-L', 'prosodist').trim().split('\n'))
          assert.ok(existsSync(path.join(root, file)), file);
        inside(root, 'dpkg', '-P', 'prosodist');
        for (const file of ['usr/bin/prosodist', 'usr/share/doc/prosodist', 'usr/share/man/man1/prosodist.1.gz'])
          assert.ok(!existsSync(path.join(root, file)), file);
      } finally {
        rmSync(root, { recursive: true, force: true });
      }
    });
  }

  it('man reads the pages', () => {
    const folder = unpacked();
    for (const [page, word] of [
      ['man1/prosodist.1.gz', 'EXIT STATUS'],
      ['man5/prosodist.json.5.gz', 'preset'],
      ['man7/prosodist-rules.7.gz', 'unquoted-word (error)'],
    ] as const) {
      const { status, stdout, stderr } = spawnSync('man', ['--warnings', '-l', path.join(folder, 'usr/share/man', page)], {
        encoding: 'utf8',
        env: { ...process.env, MANWIDTH: '100', LC_ALL: 'C.UTF-8' },
      });
      assert.equal(status, 0, stderr);
      assert.ok(stdout.includes(word), page);
    }
  });

  it('bash, zsh and fish complete commands, options and choices', () => {
    const share = path.join(unpacked(), 'usr/share');
    const bash = (...words: readonly string[]) =>
      shell(
        'bash',
        `source ${share}/bash-completion/completions/prosodist; COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _prosodist; echo "\${COMPREPLY[@]}"`,
      );
    assert.equal(bash('prosodist', 'unc'), 'uncomment');
    assert.match(bash('prosodist', 'check', '--wri'), /--write-baseline/);
    assert.equal(bash('prosodist', '--prosody', '13'), '13.0');
    const fish = (line: string) =>
      shell('fish', `source ${share}/fish/vendor_completions.d/prosodist.fish; complete -C '${line}'`);
    assert.match(fish('prosodist unc'), /^uncomment\t/);
    assert.match(fish('prosodist check --write-b'), /^--write-baseline\t/m);
    shell(
      'zsh',
      `autoload -U compinit; compinit -u -D; source ${share}/zsh/vendor-completions/_prosodist; whence -w _prosodist_check`,
    );
  });

  it('the executable for arm64 runs', function () {
    this.timeout(180_000);
    const built = spawnSync('node', ['scripts/executable.mjs', 'arm64'], { cwd: top, encoding: 'utf8' });
    assert.equal(built.status, 0, built.stderr);
    const args = ['-L', '/usr/aarch64-linux-gnu', path.join(top, 'dist/prosodist-arm64'), '--version'];
    const { stdout, stderr } = spawnSync('qemu-aarch64', args, { encoding: 'utf8' });
    assert.match(stdout, /^prosodist \d/, stderr);
  });
});

function tools(): object | { missing: string } {
  const missing = ['dpkg-deb', 'lintian', 'man', 'zsh', 'fish', 'qemu-aarch64'].filter(
    name => spawnSync('which', [name]).status !== 0,
  );
  if (process.getuid?.() !== 0) return { missing: 'only root can install a package in a tree' };
  if (process.arch !== 'x64') return { missing: 'the package that is tried is the one for x64' };
  for (const [name, tree] of trees) if (!existsSync(path.join(tree, '.complete'))) missing.push(name);
  return missing.length > 0 ? { missing: `${missing.join(', ')}: not installed (npm test as root installs them)` } : {};
}

function build(): void {
  const { status, stderr } = spawnSync('node', ['scripts/package-deb.mjs', 'x64'], { cwd: top, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}

const sum = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

// Hard links, except for what dpkg and we write into.
function copyOf(tree: string): string {
  const root = labsFolder('roots', `${process.pid}-deb`);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(path.dirname(root), { recursive: true });
  assert.equal(spawnSync('cp', ['-al', tree, root]).status, 0);
  for (const folder of ['var/log', 'var/lib/dpkg', 'var/cache', 'etc']) {
    rmSync(path.join(root, folder), { recursive: true, force: true });
    assert.equal(spawnSync('cp', ['-a', path.join(tree, folder), path.join(root, folder)]).status, 0);
  }
  cpSync(deb, path.join(root, 'prosodist.deb'));
  return root;
}

function inside(root: string, ...command: readonly string[]): string {
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LC_ALL: 'C.UTF-8' };
  const { status, stdout, stderr } = spawnSync('chroot', [root, ...command], { encoding: 'utf8', env });
  assert.equal(status, 0, `${command.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

let folder: string | undefined;

function unpacked(): string {
  folder ??= labsFolder('roots', `${process.pid}-deb-files`);
  if (!existsSync(folder)) assert.equal(spawnSync('dpkg-deb', ['-x', deb, folder]).status, 0);
  return folder;
}

function shell(name: string, script: string): string {
  const { status, stdout, stderr } = spawnSync(name, ['-c', script], { encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
  return stdout.trim();
}
