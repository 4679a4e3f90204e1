import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  changedSections,
  type Finding,
  GLOBAL,
  judge,
  type LintOptions,
  lint,
  load,
  type MemoryFile,
  memoryFiles,
  RULES,
} from '../../src/index.js';
import { partOf } from '../../src/lint/again.js';
import { type Example, examples } from '../support/page.js';

const folder = new URL('../../src/rules/', import.meta.url);
const pages = RULES.map(rule => new URL(`${rule.name}/rule.md`, folder)).filter(path => existsSync(path));
const all = pages.flatMap(path => examples(readFileSync(path, 'utf8')));
const bySection = RULES.filter(({ reach }) => reach === 'section');

function textOf({ files, entry }: Example): string {
  const text = files[entry];
  return typeof text === 'string' ? text : '';
}

/** Some examples as one tree: sections of all of them, below the options of the first. */
function joined(some: readonly Example[]): { files: Record<string, MemoryFile>; modes: Record<string, number>; entry: string } {
  const { entry } = some[0]!;
  const files = Object.assign({}, ...some.map(each => each.files).reverse());
  const modes = Object.assign({}, ...some.map(each => each.modes).reverse());
  return { files: { ...files, [entry]: some.map(textOf).join('\n') }, modes, entry };
}

function keyOf({ fix: _, ...finding }: Finding): string {
  return JSON.stringify(finding);
}

describe('judging again', () => {
  it('what a rule says of sections is what it says of each alone, where it says so', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('0.12', '13.0'),
        (some, prosody) => {
          const { files: tree, modes, entry } = joined(some);
          const [files, options]: [ReturnType<typeof memoryFiles>, LintOptions] = [
            memoryFiles(tree, modes),
            { prosody: prosody as '13.0', rules: bySection },
          ];
          const configuration = load(files, entry, options);
          // where Prosody does not read it to the end, the whole is always judged
          if (!configuration.ok || configuration.warnings.length > 0) return;
          const whole = new Set(judge(files, configuration, options).findings.map(keyOf));
          const scopes = [...configuration.sections.keys()].filter((scope, _, every) => scope !== GLOBAL || every.length === 1);
          const alone = scopes.map(scope => partOf(configuration, new Set([scope])));
          const each = new Set(alone.flatMap(part => judge(files, part, options).findings.map(keyOf)));
          assert.deepEqual([...each].sort(), [...whole].sort(), String(tree[entry]));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('asks the files again, for sections too that no edit has touched', () => {
    const text = (option: string) =>
      `plugin_paths = { "/opt/mods" }\nVirtualHost "a.example"\nmodules_enabled = { "our_greeting" }\nVirtualHost "b.example"\n${option}\n`;
    const tree = (option: string, modules: Record<string, string>) => memoryFiles({ '/p.cfg.lua': text(option), ...modules });
    const names = ({ findings }: { findings: readonly Finding[] }) =>
      findings.filter(({ rule }) => rule === 'unknown-module').length;
    const before = lint(tree('storage = "sql"', { '/opt/mods/mod_other.lua': '' }), '/p.cfg.lua');
    assert.equal(names(before), 1);
    const previous = before.configuration;
    const after = lint(tree('storage = "sql2"', { '/opt/mods/mod_our_greeting.lua': '' }), '/p.cfg.lua', { previous });
    assert.equal(names(after), 0);
  });

  const edit = fc.record({ at: fc.nat(), away: fc.nat(2), from: fc.array(fc.nat(), { maxLength: 2 }), typed: fc.boolean() });

  it('finds after an edit what judging all of it finds, with the same fixes', () => {
    let partly = 0;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 4 }),
        fc.array(edit, { minLength: 1, maxLength: 8 }),
        (some, edits) => {
          const { files, modes, entry } = joined(some);
          let text = String(files[entry]);
          const tree = () => memoryFiles({ ...files, [entry]: text }, modes);
          let previous = lint(tree(), entry).configuration;
          for (const { at, away, from, typed } of edits) {
            if (typed) {
              // a letter in the middle of something
              const place = at % (text.length + 1);
              text = `${text.slice(0, place)}${'a1 "'[away]}${text.slice(place)}`;
            } else {
              const lines = text.split('\n');
              lines.splice(at % (lines.length + 1), away, ...from.map(line => lines[line % lines.length] ?? ''));
              text = lines.join('\n');
            }
            const again = lint(tree(), entry, { previous });
            const fresh = lint(tree(), entry);
            assert.deepEqual(again.findings, fresh.findings, text);
            assert.deepEqual(again.suppressed, fresh.suppressed, text);
            const changed = changedSections(previous, again.configuration);
            if (changed && changed.size > 0 && !changed.has(GLOBAL)) partly += 1;
            previous = again.configuration;
          }
        },
      ),
      { numRuns: 400 },
    );
    assert.ok(partly > 100, `only ${partly} edits were in a section`);
  });
});
