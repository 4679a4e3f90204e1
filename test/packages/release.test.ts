import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Rehearsed, releaseDry } from '../../scripts/release-dry.mjs';

/** `npm run release:dry`: the next release with the real lerna, published to a registry of the test's own, and installed from there. */

const packages = ['core', 'machine', 'directory', 'language-service', 'language-server'].map(name => `@prosodist/${name}`);

describe('a release', function () {
  this.timeout(600_000);
  let release: Rehearsed;

  before(async () => {
    release = await releaseDry({
      commits: ['feat: logins can be rehearsed by post', 'fix(core): a dot is a dot', 'only for ourselves'],
    });
  });

  it('takes its version from the commits, and has one for all', () => {
    const [major, minor] = release.before.split('.').map(Number);
    assert.equal(release.after, `${major}.${minor! + 1}.0`);
    assert.deepEqual([...release.packages.keys()].sort(), [...packages, 'prosodist'].sort());
    for (const [name, packument] of release.packages) {
      assert.deepEqual(Object.keys(packument.versions), [release.after], name);
      assert.equal(packument['dist-tags'].latest, release.after, name);
      for (const [other, range] of Object.entries(packument.versions[release.after]!.dependencies ?? {}))
        assert.match(range, packages.includes(other) ? new RegExp(`^${release.after}$`) : /^\d+\.\d+\.\d+$/, `${name}: ${other}`);
    }
  });

  it('says in the changelog what is new, below its one header', () => {
    const { changelog, after } = release;
    assert.match(changelog, /^# Changelog\n/);
    assert.equal(changelog.match(/^# /gm)?.length, 1);
    // a link where there is a release before it
    const start = changelog.search(new RegExp(`^## \\[?${after.replaceAll('.', '\\.')}\\b`, 'm'));
    const entry = changelog.slice(start, changelog.indexOf(`\n## ${release.before}`));
    assert.match(entry, /### Features\n[\s\S]*logins can be rehearsed by post/);
    assert.match(entry, /### Bug Fixes\n[\s\S]*\*\*core:\*\* a dot is a dot/);
    assert.doesNotMatch(entry, /only for ourselves/);
  });

  it('is one commit with all that has a version, and a tag', () => {
    for (const file of [
      'lerna.json',
      'package-lock.json',
      'CHANGELOG.md',
      'extension/package.json',
      'packages/cli/src/version.ts',
    ])
      assert.ok(release.tagged.includes(file), file);
    assert.equal(release.left, '');
  });

  it('every package says where it is from, runs no script, and has a README and a sum', () => {
    for (const [name, { versions }] of release.packages) {
      const { repository, scripts, license, dist } = versions[release.after]!;
      assert.deepEqual(
        [repository.url, license, scripts],
        ['git+https://github.com/prosodist/prosodist.git', 'MIT', undefined],
        name,
      );
      assert.match(repository.directory, /^packages\/[a-z-]+$/);
      assert.match(dist.integrity, /^sha512-/);
    }
  });

  it('is installed from the registry, and works', () => {
    assert.match(release.said, new RegExp(`^prosodist ${release.after.replaceAll('.', '\\.')} `));
    assert.equal(release.status, 1);
    assert.ok(release.findings.length > 3);
  });

  it('publishes nothing twice', () => assert.equal(release.again, ''));
});

describe('the workflow of a release', () => {
  const file = readFileSync(new URL('../../.github/workflows/release.yml', import.meta.url), 'utf8');
  const workflow = parse(file) as {
    on: { push: { tags: string[] } };
    permissions: Record<string, string>;
    jobs: Record<string, { permissions: Record<string, string>; steps: { uses?: string; run?: string; env?: object }[] }>;
  };
  const { release } = workflow.jobs;

  it('runs for a tag, with the rights that provenance needs and no others', () => {
    assert.deepEqual(workflow.on, { push: { tags: ['v*'] } });
    assert.deepEqual(workflow.permissions, {});
    assert.deepEqual(release!.permissions, { contents: 'write', 'id-token': 'write' });
    assert.doesNotMatch(file, /secrets\./);
    const publish = release!.steps.find(({ run }) => run?.includes('lerna publish from-package --yes'));
    assert.deepEqual(publish?.env, { NPM_CONFIG_PROVENANCE: 'true' });
  });

  it("runs others' actions by the sum of their commit, and only commands that there are", () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const steps = Object.values(workflow.jobs).flatMap(job => job.steps);
    for (const { uses } of steps) if (uses !== undefined) assert.match(uses, /@[0-9a-f]{40}$/);
    const named = steps.flatMap(({ run = '' }) => [...run.matchAll(/npm run ([\w:]+)/g)].map(match => match[1]!));
    assert.ok(named.length >= 4);
    for (const name of named) assert.ok(scripts[name], name);
  });
});
