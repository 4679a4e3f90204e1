import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import {
  fixAll,
  type LintOptions,
  lint,
  type MemoryFile,
  memoryFiles,
  overlayFiles,
  parse,
  RULES,
  type Rule,
} from '../../src/index.js';
import { type Example, examples } from '../support/page.js';

const folder = new URL('../../src/rules/', import.meta.url);

describe('the pages of the rules', () => {
  it('there is one rule for each folder', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory() && entry.name !== 'support');
    assert.deepEqual(folders.map(entry => entry.name).sort(), RULES.map(rule => rule.name).sort());
  });

  for (const rule of RULES) {
    describe(rule.name, () => {
      const path = new URL(`${rule.name}/rule.md`, folder);
      const page = existsSync(path) ? readFileSync(path, 'utf8') : '';
      const all = examples(page);

      it('its page has all its parts', () => {
        assert.ok(page.startsWith(`# ${rule.name}\n`), 'the title is the name');
        const headings = [
          '## Why it matters',
          '## Example',
          '## Use instead',
          ...(rule.fixable === 'never' ? [] : ['## Fix safety']),
        ];
        for (const heading of headings) assert.ok(page.includes(`\n${heading}\n`), `has ${heading}`);
        assert.ok(all.some(example => example.kind === 'reported') && all.some(example => example.kind !== 'reported'));
        assert.equal(
          rule.fixable !== 'never',
          all.some(example => example.kind === 'fixed'),
          'what is fixable shows a fix',
        );
      });

      for (const [index, example] of all.entries())
        it(`${example.title} (${example.kind})`, () => check(rule, example, all[index - 1]));
    });
  }
});

function check(rule: Rule, example: Example, before: Example | undefined): void {
  const options: LintOptions = { rules: [rule], complete: example.complete, prosody: example.prosody };
  if (example.kind === 'fixed') {
    assert.ok(before?.kind === 'reported', 'a fixed example follows a reported one');
    const files = memoryFiles(before.files);
    const result = fixAll(files, before.entry, { ...options, unsafe: example.unsafe });
    assert.equal(result.stopped, null);
    assert.ok(result.files.length + result.links.length > 0, 'there is something to fix');
    const changes = new Map<string, MemoryFile>(result.files.map(file => [file.file, file.after]));
    for (const link of result.links) changes.set(link.path, { link: link.target });
    const after = overlayFiles(files, changes);
    for (const [path, text] of Object.entries(example.files)) {
      if (typeof text === 'string')
        assert.equal(after.readFile(path).ok && (after.readFile(path) as { text: string }).text, text, path);
      else assert.equal(after.stat(path)?.link, true, path);
    }
    for (const file of result.files) assert.deepEqual(parse(file.after).problems, [], `${file.file} parses`);
    return;
  }
  const { findings } = lint(memoryFiles(example.files, example.modes), example.entry, options);
  const seen = findings.map(({ at, severity, message }) => ({ file: at.file, start: at.start, end: at.end, severity, message }));
  assert.deepEqual(
    seen.map(({ message, ...place }) => ({
      ...place,
      message: example.expected.find(expected => message.includes(expected.message))?.message ?? message,
    })),
    example.expected,
  );
  for (const finding of findings) {
    assert.match(finding.why, /\S.*[.…]$/, 'says why, in a sentence');
    assert.match(finding.help, /\S.*[.…]$/, 'says what to do, in a sentence');
    if (rule.fixable === 'always') assert.ok(finding.fix, 'is always fixable');
    if (rule.fixable === 'never') assert.equal(finding.fix, null);
  }
}
