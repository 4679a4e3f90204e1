import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Document, decode, parse } from '../../src/index.js';

/**
 * One character is deleted at random: how much of the file is still read. What counts are the deletions that break it, and
 * the top-level statements in which the character did not stand.
 */

const top = fileURLToPath(new URL('../../../../', import.meta.url));
const corpus = path.join(top, '../shared/corpus/files');
const labs =
  process.env.PROSODIST_LABS ?? path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'prosodist-labs');

/** What must hold: shares of statements and of cases, and problems a case. */
interface Goal {
  readonly statements: number;
  readonly complete: number;
  readonly problems: number;
}

const GOAL: Goal = { statements: 0.99, complete: 0.9, problems: 1.6 };

describe('recovery from one deleted character', () => {
  recovers(
    'our fixtures',
    [...filesBelow(path.join(top, 'test/fixtures')), ...filesBelow(path.join(top, 'examples'))],
    1000,
    GOAL,
  );

  if (existsSync(corpus)) recovers('real configurations', filesBelow(corpus, ''), 1000, GOAL);
  else it('real configurations (needs ../shared)');

  for (const version of ['0.12', '13.0']) {
    const file = path.join(labs, `prosody-${version}/etc/prosody/prosody.cfg.lua`);
    // mostly comments: a lost `-` makes prose of them, which joins the statement before
    const goal = { statements: 0.95, complete: 0.5, problems: 2.5 };
    if (existsSync(file)) recovers(`Debian's own configuration of Prosody ${version}`, [decode(readFileSync(file))], 500, goal);
    else it(`Debian's own configuration: run test/labs/install-prosody.sh ${version}`);
  }
});

function recovers(title: string, texts: readonly string[], wanted: number, goal: Goal): void {
  it(title, () => {
    const random = generator(20_240_601);
    // of a template, what a deletion breaks is often no Lua
    const documents = texts
      .map(text => parse(text))
      .filter(({ problems, statements, template }) => problems.length === 0 && statements.length >= 5 && !template);
    let [cases, complete, share, problems] = [0, 0, 0, 0];
    for (let tries = 0; cases < wanted && tries < wanted * 200; tries++) {
      const document = documents[Math.floor(random() * documents.length)]!;
      const outcome = withoutCharacter(document, Math.floor(random() * document.text.length));
      if (!outcome) continue;
      cases += 1;
      share += outcome.share;
      complete += outcome.share === 1 ? 1 : 0;
      problems += outcome.problems;
    }
    const figures = {
      files: documents.length,
      cases,
      statements: round(share / cases),
      complete: round(complete / cases),
      problems: round(problems / cases),
    };
    console.log(`      ${title}: ${JSON.stringify(figures)}`);
    assert.ok(cases > 500 || cases === wanted, `only ${cases} deletions break a file`);
    assert.ok(figures.statements >= goal.statements, `${figures.statements} of the statements`);
    assert.ok(figures.complete >= goal.complete, `all of them in ${figures.complete} of the cases`);
    assert.ok(figures.problems <= goal.problems, `${figures.problems} problems a case`);
  }).timeout(120_000);
}

/** The share of the untouched statements that are still read; `undefined` where the file is no worse for the deletion. */
function withoutCharacter({ text, statements }: Document, at: number): { share: number; problems: number } | undefined {
  const after = parse(text.slice(0, at) + text.slice(at + 1));
  if (after.problems.length === 0) return undefined;
  const untouched = statements.filter(({ start, end }) => at < start || at >= end);
  const found = new Set(after.statements.map(({ start, end }) => `${start} ${end}`));
  const kept = untouched.filter(({ start, end }) => found.has(at < start ? `${start - 1} ${end - 1}` : `${start} ${end}`));
  return { share: kept.length / untouched.length, problems: after.problems.length };
}

function filesBelow(folder: string, ending = '.lua'): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith(ending))
    .map(entry => path.join(entry.parentPath, entry.name))
    .sort()
    .map(file => decode(readFileSync(file)));
}

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function round(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
