import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decode, lint, memoryFiles } from '@prosodist/core';
import { casesOf } from './support/cases.js';
import { describeWith } from './support/needing.js';
import { asFileSystem } from './support/ours.js';
import { prosodyLab } from './support/prosody.js';
import { absolute } from './support/prosody-files.js';

/** What stands in the shared folder beside a developer's checkout; the project does without it. */
const cases = fileURLToPath(new URL('../../shared/cases/', import.meta.url));

const folder = new URL('./fixtures/silence/', import.meta.url);
/** Configurations of our own in which nothing is wrong; the README beside them explains. */
const right = readdirSync(folder)
  .filter(name => name.endsWith('.cases'))
  .sort()
  .flatMap(name => casesOf(name.slice(0, -'.cases'.length), readFileSync(new URL(name, folder), 'utf8')));

describe('false alarms', () => {
  it('there is enough to be silent about', () => assert.ok(right.length >= 40));

  for (const { name, files, entry } of right) {
    it(`nothing is wrong with ${name}`, () => {
      for (const prosody of ['0.12', '13.0'] as const) {
        const { findings } = lint(asFileSystem(files), absolute(entry), { prosody });
        const grave = findings.filter(finding => finding.severity !== 'info');
        assert.deepEqual(
          grave.map(({ rule, message, at }) => `${rule}: ${message} (${at.file})`),
          [],
          prosody,
        );
      }
    });
  }

  for (const version of ['0.12', '13.0'] as const) {
    describeWith(`Debian's own configuration of ${version}`, prosodyLab(version), lab => {
      it('has nothing that is wrong', () => {
        const result = lint(asFileSystem(lab.stockTree()), '/etc/prosody/prosody.cfg.lua', { prosody: version });
        assert.ok(result.configuration.settings.length > 5);
        // Debian's configuration of 13.0 still has a module that Prosody's own check calls needless
        const posix = version === '13.0' ? [['deprecated-module', 'info']] : [];
        assert.deepEqual(
          result.findings.map(({ rule, severity }) => [rule, severity]),
          posix,
        );
      });
    });
  }

  for (const version of ['0.12', '13.0'] as const) {
    describeWith(`Prosody ${version}`, prosodyLab(version), lab => {
      it('loads all that is right', async () => {
        const trees = right.filter(({ name }) => !name.startsWith('templates: '));
        const dumps = await lab.loadMany(trees);
        const refused = trees.flatMap(({ name }, index) => (dumps[index]!.ok ? [] : [`${name}: ${dumps[index]!.err}`]));
        assert.deepEqual(refused, []);
      });
    });
  }

  describeWith(
    'recorded mistakes',
    existsSync(cases) ? {} : { missing: 'the recorded cases are not here (needs ../shared)' },
    () => {
      it('every case is read and judged without an exception, for both versions', () => {
        const files = readdirSync(cases, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.lua'));
        assert.ok(files.length > 80);
        const tree = memoryFiles(
          Object.fromEntries(files.map(name => [`/etc/prosody/${name}`, decode(readFileSync(cases + name))])),
        );
        for (const name of files) {
          for (const prosody of ['0.12', '13.0'] as const) lint(tree, `/etc/prosody/${name}`, { prosody });
        }
      });
    },
  );
});
