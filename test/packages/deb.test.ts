import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Bill } from '../../scripts/sbom.mjs';
import { buildDeb, deb, debianRoot, debLab, haveDeb, inside, releases, version } from '../support/deb.js';
import { labsFolder } from '../support/labs.js';
import { describeWith } from '../support/needing.js';

/** The Debian package as a server has it: installed, used and removed in Debian trees that have no Node. */

const top = fileURLToPath(new URL('../..', import.meta.url));

describeWith('the Debian package', debLab('lintian', 'man', 'zsh', 'fish', 'qemu-aarch64'), () => {
  before(function () {
    this.timeout(300_000);
    haveDeb();
  });

  it('is the same byte for byte when it is built again', function () {
    this.timeout(300_000);
    const first = sum(deb);
    buildDeb();
    assert.equal(sum(deb), first);
  });

  it('lintian finds no error', function () {
    this.timeout(120_000);
    const { status, stdout, stderr } = spawnSync('lintian', ['--allow-root', '--fail-on', 'error', deb], { encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
  });

  for (const { name, tree } of releases) {
    it(`${name}: is installed, checks and changes a configuration, and goes without a trace`, function () {
      this.timeout(180_000);
      const root = debianRoot(tree);
      const said = (...command: readonly string[]) => inside(root, command).stdout;
      try {
        said('dpkg', '-i', '/prosodist.deb');
        assert.match(said('prosodist', '--version'), new RegExp(`^prosodist ${version.replaceAll('.', '\\.')} `));
        said('prosodist', 'check', '--fail-on', 'error', '/etc/prosody');
        said('prosodist', 'host', '--write', 'meet.example.com');
        assert.match(said('prosodist', 'show', '--host', 'meet.example.com'), /meet\.example\.com/);
        said('prosodist', 'undo', '--write');
        for (const file of said('dpkg', '-L', 'prosodist').trim().split('\n')) assert.ok(existsSync(path.join(root, file)), file);
        said('dpkg', '-P', 'prosodist');
        for (const file of ['usr/bin/prosodist', 'usr/share/doc/prosodist', 'usr/share/man/man1/prosodist.1.gz'])
          assert.ok(!existsSync(path.join(root, file)), file);
      } finally {
        rmSync(root, { recursive: true, force: true });
      }
    });
  }

  it('has the licences of all that is inside, and a bill of materials that names it', () => {
    const doc = path.join(unpacked(), 'usr/share/doc/prosodist');
    const licences = gunzipSync(readFileSync(path.join(doc, 'third-party-licences.gz'))).toString();
    const bill = JSON.parse(readFileSync(path.join(doc, 'prosodist.cdx.json'), 'utf8')) as Bill;
    // the last is types alone: nothing of it is in a program
    const others = bill.components.filter(({ name }) => !/^(?:@prosodist\/.*|strict-event-emitter-types)$/.test(name));
    assert.ok(others.some(({ name }) => name === 'node'));
    for (const { name, version } of others)
      assert.ok(licences.includes(`${name === 'node' ? 'Node.js' : name} ${version} (`), name);
  });

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

const sum = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

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
