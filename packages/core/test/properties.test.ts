import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import {
  applyEdits,
  changedFiles,
  decode,
  encode,
  type Finding,
  fixAll,
  lint,
  type MemoryFile,
  memoryFiles,
  overlayFiles,
  parse,
  print,
  RULES,
  rulePage,
} from '../src/index.js';
import { examples } from './support/page.js';

/** Laws that hold for every text: here, for every fixture there is. */

const top = fileURLToPath(new URL('../../../', import.meta.url));
const ENTRY = '/etc/prosody/prosody.cfg.lua';
const pages = RULES.flatMap(rule => examples(rulePage(rule.name)!)).map(example => example.files);
const texts = [
  ...new Set([
    ...pages.flatMap(files => Object.values(files).filter(file => typeof file === 'string')),
    ...filesBelow('examples'),
    ...filesBelow('test/fixtures'),
  ]),
];

describe('laws', () => {
  it('there are fixtures', () => assert.ok(texts.length > 60));

  it('print(parse(text)) === text, for every fixture', () => {
    for (const text of texts) assert.equal(print(parse(text)), text);
  });

  it('truncated at any byte, nothing throws and printing gives the text back', () => {
    // judging costs more than reading: all cuts are read, and of each text so many judged, each time at other places
    const judged = Math.ceil(6000 / texts.length);
    for (const [index, text] of texts.entries()) {
      const bytes = encode(text);
      // every byte of short texts; of long ones, the same number of cuts spread over it
      const stride = Math.max(1, Math.floor(bytes.length / 400));
      const every = Math.max(1, Math.floor(bytes.length / stride / judged));
      for (let length = 0, cuts = index; length <= bytes.length; length += stride, cuts++) {
        const cut = decode(bytes.subarray(0, length));
        assert.equal(print(parse(cut)), cut);
        if (cuts % every === 0) lint(memoryFiles({ [ENTRY]: cut }), ENTRY, { complete: false });
      }
    }
  }).timeout(120_000);

  it('any text at all is read without an exception', () => {
    const word = fc.constantFrom(
      'VirtualHost',
      'Component',
      '"a.b"',
      "'x'",
      '=',
      '{',
      '}',
      '(',
      ')',
      ',',
      ';',
      'local',
      'function',
      'end',
      'if',
      'then',
      'for',
      'do',
      '..',
      '--',
      '\n',
      'nil',
      '1',
      'authentication',
      'ldap',
      '[[',
      ']]',
      'Include',
      'return',
      '::',
      'goto',
      '"',
      '\\',
      '\ufeff',
      '#',
      '“',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 3 })), { maxLength: 30 }), parts => {
        const text = parts.join(' ');
        assert.equal(print(parse(text)), text);
        lint(memoryFiles({ [ENTRY]: text }), ENTRY);
      }),
      { numRuns: 1500 },
    );
  }).timeout(60_000);

  it('an edited document is what a new one would be', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts.filter(text => text.length < 6000)),
        fc.nat(),
        fc.nat({ max: 6 }),
        fc.constantFrom('', '"', '{', '}', '\n', 'x', ' = ', '--'),
        (text, at, length, insert) => {
          const start = at % (text.length + 1);
          const edited = applyEdits(text, [{ start, end: Math.min(text.length, start + length), text: insert }]);
          const fresh = parse(edited);
          const again = parse(edited, parse(text));
          assert.deepEqual(again.statements, fresh.statements);
          assert.deepEqual(again.problems, fresh.problems);
        },
      ),
      { numRuns: 400 },
    );
  }).timeout(60_000);

  it('every fix that is offered leaves files that parse, and takes its finding away', () => {
    let taken = 0;
    for (const files of pages) {
      const tree = memoryFiles(files);
      for (const finding of lint(tree, ENTRY).findings) {
        if (!finding.fix) continue;
        taken += 1;
        const changes = changedFiles(tree, finding.fix);
        const problemsBefore = problems(files);
        const after = lint(overlayFiles(tree, changes), ENTRY);
        for (const [file, content] of changes) {
          if (typeof content === 'string')
            assert.ok(parse(content).problems.length <= (problemsBefore.get(file) ?? 0), `${finding.rule} breaks ${file}`);
        }
        assert.ok(
          !after.findings.some(other => sameComplaint(other, finding)),
          `${finding.rule}: "${finding.message}" is still there`,
        );
      }
    }
    assert.ok(taken > 30);
  });

  it('taking all fixes ends, parses, and finds nothing more to do', () => {
    for (const unsafe of [false, true]) {
      for (const files of pages) {
        const tree = memoryFiles(files);
        const result = fixAll(tree, ENTRY, { unsafe });
        assert.equal(result.stopped, null);
        for (const file of result.files)
          assert.deepEqual(
            parse(file.after).problems.filter(problem => problem.repair),
            [],
          );
        assert.equal(
          result.after.findings.some(({ fix }) => fix && !fix.choice && (unsafe || fix.safety === 'safe')),
          false,
        );
      }
    }
  });
});

function sameComplaint(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.message === b.message && a.at.file === b.at.file && a.at.start === b.at.start;
}

function problems(files: Readonly<Record<string, MemoryFile>>): Map<string, number> {
  return new Map(
    Object.entries(files).flatMap(([file, text]) =>
      typeof text === 'string' ? [[file, parse(text).problems.length] as const] : [],
    ),
  );
}

function filesBelow(folder: string): string[] {
  const start = path.join(top, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.lua'))
    .map(entry => decode(readFileSync(path.join(entry.parentPath, entry.name))));
}
