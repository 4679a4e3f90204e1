import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decode, lint, memoryFiles } from '@prosodist/core';
import { describeWith } from './support/needing.js';
import { asFileSystem } from './support/ours.js';
import { prosodyLab } from './support/prosody.js';

/** What stands in the shared folder beside a developer's checkout; the project does without it. */
const cases = fileURLToPath(new URL('../../shared/cases/', import.meta.url));

describe('false alarms', () => {
  for (const version of ['0.12', '13.0'] as const) {
    describeWith(`Debian's own configuration of ${version}`, prosodyLab(version), lab => {
      it('has nothing that is wrong', () => {
        const result = lint(asFileSystem(lab.stockTree()), '/etc/prosody/prosody.cfg.lua', { prosody: version });
        assert.ok(result.configuration.settings.length > 5);
        assert.deepEqual(result.findings, []);
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
