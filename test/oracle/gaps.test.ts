import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { examples } from '../../packages/core/test/support/page.js';
import { describeWith } from '../support/needing.js';
import { prosodyLab } from '../support/prosody.js';

/** The pages of test/fixtures/gaps whose files are Prosody's and Jitsi's alone. */
const PAGES = ['jitsi.md', 'damage.md'];

describe('what Prosody makes of the mistakes that it lets pass', () => {
  for (const version of ['0.12', '13.0'] as const) {
    describeWith(`Prosody ${version}`, prosodyLab(version), lab => {
      for (const page of PAGES) {
        it(`${page}: it refuses what has a syntax error, and loads all the rest`, async () => {
          const text = readFileSync(new URL(`../fixtures/gaps/${page}`, import.meta.url), 'utf8');
          const all = examples(text);
          const dumps = await lab.loadMany(all.map(({ files, entry }) => ({ files, entry })));
          const wrong = all.flatMap(({ title, expected }, index) => {
            const refused = expected.some(({ message }) => message.startsWith('syntax-error'));
            return dumps[index]!.ok === refused ? [`${title}: ${dumps[index]!.err}`] : [];
          });
          assert.deepEqual(wrong, []);
        });
      }
    });
  }
});
