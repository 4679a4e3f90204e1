import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fixAll, type LintOptions, lint, memoryFiles, RULES } from '../../src/index.js';
import { type Example, examples } from '../support/page.js';

/** Pages of mistakes that `prosodyctl check config` lets pass; the README there explains them. */
const folder = new URL('../../../../test/fixtures/gaps/', import.meta.url);
const pages = readdirSync(folder).filter(name => name.endsWith('.md') && name !== 'README.md');

describe('what Prosody lets pass', () => {
  for (const name of pages.sort()) {
    describe(name, () => {
      const all = examples(readFileSync(new URL(name, folder), 'utf8'));
      for (const [index, example] of all.entries())
        it(`${example.title} (${example.kind})`, () => check(example, all[index - 1]));

      it('every section has a wrong file and a right one', () => {
        const kinds = new Map<string, Set<string>>();
        for (const { title, kind } of all) {
          const section = title.replace(/, example \d+$/, '');
          kinds.set(section, (kinds.get(section) ?? new Set()).add(kind));
        }
        for (const [section, found] of kinds) assert.ok(found.has('reported') && found.has('silent'), section);
      });
    });
  }
});

function check(example: Example, before: Example | undefined): void {
  const options: LintOptions = { complete: example.complete, prosody: example.prosody };
  if (example.kind === 'fixed') {
    assert.ok(before?.kind === 'reported', 'a fixed example follows a reported one');
    // the marked mistakes' own fixes: what other rules would better besides is theirs
    const rules = RULES.filter(({ name }) => before.expected.some(({ message }) => message.split(':')[0] === name));
    const result = fixAll(memoryFiles(before.files), before.entry, { ...options, rules, unsafe: example.unsafe });
    const after = new Map(result.files.map(file => [file.file, file.after]));
    for (const [path, text] of Object.entries(example.files)) assert.equal(after.get(path) ?? before.files[path], text, path);
    return;
  }
  const { findings } = lint(memoryFiles(example.files, example.modes), example.entry, options);
  const found = findings.flatMap(({ at, rule, severity, message }) => {
    const place = { file: at.file, start: at.start, end: at.end, severity };
    const marked = example.expected.find(
      expected =>
        expected.file === at.file &&
        expected.start === at.start &&
        expected.end === at.end &&
        isMeant(expected.message, rule, message),
    );
    if (marked) return [{ ...place, message: marked.message }];
    return severity === 'info' || WHOLE_SERVER.has(rule) ? [] : [{ ...place, message: `${rule}: ${message}` }];
  });
  const key = (value: object) => JSON.stringify(value);
  assert.deepEqual(found.map(key).sort(), example.expected.map(key).sort());
}

/** What a whole server needs, an example may lack. */
const WHOLE_SERVER = new Set(['no-global-modules', 'no-global-options']);

/** A mark names the rule, and may go on with a part of the message. */
function isMeant(mark: string, rule: string, message: string): boolean {
  const [, name, part = ''] = /^([a-z0-9-]+)(?:: (.*))?$/.exec(mark) ?? [];
  return name === rule && message.includes(part);
}
