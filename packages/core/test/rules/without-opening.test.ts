import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { lint, memoryFiles, RULES, rulePage } from '../../src/index.js';
import { examples } from '../support/page.js';

/** A section can be there without an opening: `__currenthost` was written over, or a syntax error took the opening away. */
const WAYS: Readonly<Record<string, (text: string) => string>> = {
  'the scope is written over': text =>
    text.replace(
      /^(\s*)(?:VirtualHost|Component)\s+("[^"]*")(?: "([^"]*)")?/gm,
      (_, indent: string, name: string, module = '') =>
        module
          ? `${indent}__currenthost = ${name} component_module = "${module}"`
          : `${indent}__currenthost = ${name} enabled = true`,
    ),
  'the opening is lost': text => text.replace(/^(\s*(?:VirtualHost|Component)\s+"[^"\n]*)"/gm, '$1'),
};

const fixtures = ['gaps', 'parity'].flatMap(name => {
  const folder = new URL(`../../../../test/fixtures/${name}/`, import.meta.url);
  return readdirSync(folder)
    .filter(file => file.endsWith('.md') && file !== 'README.md')
    .map(file => readFileSync(new URL(file, folder), 'utf8'));
});

describe('sections without an opening', () => {
  for (const [way, change] of Object.entries(WAYS))
    it(`${way}: every page is judged without an exception`, () => {
      let judged = 0;
      for (const page of [...RULES.map(rule => rulePage(rule.name)!), ...fixtures])
        for (const { files, entry, complete } of examples(page)) {
          const changed = Object.entries(files).map(([path, file]) => [path, typeof file === 'string' ? change(file) : file]);
          const { findings } = lint(memoryFiles(Object.fromEntries(changed)), entry, { complete });
          for (const { fix, at } of findings) assert.ok(at.start <= at.end && fix !== undefined);
          judged += 1;
        }
      assert.ok(judged > 900);
    }).timeout(60_000);
});
