import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { dumpSections, type Json, load, toJson } from '@prosodist/core';
import { describeWith } from '../support/needing.js';
import { asFileSystem, configText } from '../support/ours.js';
import { prosodyLab } from '../support/prosody.js';
import { absolute, readTree } from '../support/prosody-files.js';
import { exampleTree, fixtureTrees } from '../support/trees.js';

const cli = fileURLToPath(new URL('../../packages/cli/dist/prosodist.cjs', import.meta.url));
const top = fileURLToPath(new URL('../..', import.meta.url));
const silent = fileURLToPath(new URL('../../examples/all-checks-passed', import.meta.url));
const example = fileURLToPath(new URL('../../examples/jitsi-active-directory', import.meta.url));

for (const version of ['0.12', '13.0'] as const) {
  describeWith(`our reading equals that of Prosody ${version}`, prosodyLab(version), lab => {
    for (const tree of [exampleTree(), ...fixtureTrees()]) {
      it(tree.name, () => {
        const theirs = lab.load(tree.files, tree.entry);
        assert.equal(theirs.ok, true, theirs.err ?? '');
        const ours = load(asFileSystem(tree.files), absolute(tree.entry), { prosody: version, environment: {} });
        assert.deepEqual(ours.errors, []);
        assert.equal(toJson(dumpSections(ours) as Json), configText(theirs.text));
        assert.deepEqual(ours.files, theirs.files);
        assert.deepEqual(
          ours.warnings.map(warning => warning.text),
          theirs.warnings,
        );
      });
    }

    it("Debian's own /etc/prosody", () => {
      const files = lab.stockTree();
      const theirs = lab.load(files, 'prosody.cfg.lua');
      const ours = load(asFileSystem(files), absolute('prosody.cfg.lua'), { prosody: version, environment: {} });
      assert.equal(toJson(dumpSections(ours) as Json), configText(theirs.text));
    });

    it('the example, before and after `prosodist fix --add-ldap2 --write`', () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'prosodist-'));
      try {
        cpSync(example, folder, { recursive: true, verbatimSymlinks: true });
        const before = check(folder);
        const fixed = spawnSync('node', [cli, 'fix', '--add-ldap2', '--write', '--prosody', version, folder], {
          encoding: 'utf8',
        });
        assert.ok(fixed.status === 0 || fixed.status === 1, fixed.stderr);
        const after = check(folder);
        const host = (config: typeof after) => config['meet.example.com']?.authentication;
        const auth = (config: typeof after) => config['auth.meet.example.com']?.authentication;
        assert.deepEqual([host(before), host(after)], ['jitsi-anonymous', 'ldap2']);
        assert.deepEqual([auth(before), auth(after)], ['internal_hashed', 'internal_hashed']);
        assert.equal(after['*']?.consider_bosh_secure, true);
        assert.equal(after.localhost?.consider_bosh_secure, undefined);
        const again = spawnSync('node', [cli, 'fix', '--add-ldap2', '--write', '--prosody', version, folder], {
          encoding: 'utf8',
        });
        assert.ok(again.status === 0 || again.status === 1, again.stderr);
        assert.deepEqual(check(folder), after);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it('the example of the README: every check of prosodyctl passes', () => {
      const { output } = lab.check(readTree(silent), 'prosody.cfg.lua');
      assert.match(output, /All checks passed, congratulations!/);
    });

    /** What both say of the tree in this folder, which must be the same. */
    function check(folder: string) {
      const files = readTree(folder);
      const theirs = lab.load(files, 'prosody.cfg.lua');
      assert.equal(theirs.ok, true, theirs.err ?? '');
      const shown = execFileSync('node', [cli, 'show', '--format', 'json', '--show-secrets', '--prosody', version, folder], {
        encoding: 'utf8',
      });
      const ours = JSON.parse(shown) as { ok: boolean; config: typeof theirs.config };
      assert.deepEqual(ours.config, theirs.config);
      return theirs.config;
    }
  });
}

describe('the README', () => {
  const readme = readFileSync(path.join(top, 'README.md'), 'utf8');

  it('shows what the command prints of the example', () => {
    const [, line = '', shown = ''] = /^ {4}\$ prosodist (check .+)\n((?: {4}.+\n)+)/m.exec(readme) ?? [];
    const { stdout } = spawnSync('node', [cli, ...line.split(' ')], { cwd: top, encoding: 'utf8' });
    assert.equal(stdout, shown.replaceAll(/^ {4}/gm, ''));
  });

  it('shows the example as it is', () => {
    const [, shown = ''] = /```lua\n(ldap = \{[\s\S]*?)```/.exec(readme) ?? [];
    assert.ok(shown !== '' && readFileSync(path.join(silent, 'prosody.cfg.lua'), 'utf8').endsWith(shown));
  });
});
