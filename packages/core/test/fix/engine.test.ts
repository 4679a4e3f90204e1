import assert from 'node:assert/strict';
import { type FixOptions, fixAll, type MemoryFile, memoryFiles, type Rule } from '../../src/index.js';

const ENTRY = '/etc/prosody/prosody.cfg.lua';

interface Step {
  readonly from: string;
  readonly to: string;
  readonly safety?: 'safe' | 'unsafe';
  /** More edits of the same fix, that replace another text each. */
  readonly also?: readonly (readonly [string, string])[];
}

/** A rule that reports a word wherever it is, and whose fix puts another there. */
function replacing(name: string, ...steps: readonly Step[]): Rule {
  return {
    name,
    severity: 'warning',
    summary: '',
    fixable: 'always',
    source: '',
    since: '',
    check: {
      document({ report }, { text }, file) {
        for (const { from, to, safety = 'safe', also = [] } of steps) {
          for (let start = text.indexOf(from); start >= 0; start = text.indexOf(from, start + 1)) {
            const at = { file, start, end: start + from.length };
            const more = also.map(([word, by]) => {
              const place = text.indexOf(word);
              return { file, start: place, end: place + word.length, text: by };
            });
            const fix = { title: to, safety, edits: [{ ...at, text: to }, ...more], creates: [], links: [] };
            report({ message: `${from}→${to}`, why: '', help: '', at, fix });
          }
        }
      },
    },
  };
}

interface Case {
  readonly rules: readonly Rule[];
  readonly text: string;
  readonly after: string;
  readonly options?: FixOptions;
  readonly stopped?: 'circle' | 'passes';
  readonly refused?: number;
  readonly passes?: number;
}

const CASES: Readonly<Record<string, Case>> = {
  'takes all fixes that do not touch each other in one pass': {
    rules: [replacing('a', { from: 'one', to: 'two' }), replacing('b', { from: 'three', to: 'four' })],
    text: 'one = 1\nthree = 3\none_more = 1\n',
    after: 'two = 1\nfour = 3\ntwo_more = 1\n',
    passes: 2,
  },
  'takes the first of two that touch, reads again, and takes what is still true': {
    rules: [replacing('a', { from: 'abc', to: 'x' }), replacing('b', { from: 'bcd', to: 'y' })],
    text: 'abcd = 1\n',
    after: 'xd = 1\n',
  },
  'lets the second wait for the next pass': {
    rules: [replacing('a', { from: 'ab', to: 'xb' }), replacing('b', { from: 'bc', to: 'by' })],
    text: 'abc = 1\n',
    after: 'xby = 1\n',
    passes: 3,
  },
  'leaves unsafe ones': {
    rules: [replacing('a', { from: 'one', to: 'two', safety: 'unsafe' })],
    text: 'one = 1\n',
    after: 'one = 1\n',
  },
  'takes unsafe ones when asked': {
    rules: [replacing('a', { from: 'one', to: 'two', safety: 'unsafe' })],
    text: 'one = 1\n',
    after: 'two = 1\n',
    options: { unsafe: true },
  },
  'notices two that undo each other': {
    rules: [replacing('a', { from: 'one', to: 'two' }), replacing('b', { from: 'two', to: 'one' })],
    text: 'one = 1\n',
    after: 'one = 1\n',
    stopped: 'circle',
  },
  'notices a circle of three that does not come back to the beginning': {
    rules: [
      replacing('start', { from: 'zero', to: 'one' }),
      replacing('circle', { from: 'one', to: 'two' }, { from: 'two', to: 'three' }, { from: 'three', to: 'one' }),
    ],
    text: 'zero = 1\n',
    after: 'one = 1\n',
    stopped: 'circle',
  },
  'ends after ten passes what grows for ever': {
    rules: [replacing('a', { from: 'x =', to: 'xx =' })],
    text: 'x = 1\n',
    after: `${'x'.repeat(11)} = 1\n`,
    stopped: 'passes',
    passes: 11,
  },
  'leaves out a fix that breaks the file, and takes the others': {
    rules: [replacing('bad', { from: 'one = 1', to: 'one = = 1' }), replacing('good', { from: 'two', to: 'three' })],
    text: 'one = 1\ntwo = 2\n',
    after: 'one = 1\nthree = 2\n',
    refused: 1,
  },
  'leaves out a fix that Prosody would refuse': {
    rules: [replacing('bad', { from: 'x = 1', to: 'error "no"' })],
    text: 'x = 1\n',
    after: 'x = 1\n',
    refused: 1,
  },
  'leaves out the second of two that break the file only together': {
    rules: [replacing('a', { from: '--p', to: '+ 0' }), replacing('b', { from: '"1" ', to: '"1"; ' })],
    text: 'a = "1" --p\n',
    after: 'a = "1"; --p\n',
    refused: 1,
  },
  'leaves out a fix whose edits touch each other': {
    rules: [replacing('bad', { from: 'abc', to: 'x', also: [['bc', 'y']] })],
    text: 'abc = 1\n',
    after: 'abc = 1\n',
    refused: 1,
  },
  'makes an edit once that a fix gives twice': {
    rules: [replacing('a', { from: 'abc', to: 'x', also: [['abc', 'x']] })],
    text: 'abc = 1\n',
    after: 'x = 1\n',
  },
  'repairs what was broken step by step': {
    rules: [replacing('a', { from: '= = 1', to: '= 1' }), replacing('b', { from: '= 2 2', to: '= 2' })],
    text: 'a = = 1\nb = 2 2\n',
    after: 'a = 1\nb = 2\n',
  },
};

describe('the fix engine', () => {
  for (const [title, { rules, text, after, options = {}, stopped = null, refused = 0, passes }] of Object.entries(CASES)) {
    it(title, () => {
      const result = fixAll(memoryFiles({ [ENTRY]: text }), ENTRY, { rules, ...options });
      assert.equal(result.files[0]?.after ?? text, after);
      assert.equal(result.stopped, stopped);
      assert.equal(result.refused.length, refused);
      if (passes !== undefined) assert.equal(result.passes, passes);
    });
  }

  it('edits a file once that is read under two names', () => {
    const files: Record<string, MemoryFile> = {
      [ENTRY]: 'Include "a.cfg.lua"\nInclude "b.cfg.lua"\n',
      '/etc/prosody/a.cfg.lua': 'one = 1\n',
      '/etc/prosody/b.cfg.lua': { link: 'a.cfg.lua' },
    };
    const result = fixAll(memoryFiles(files), ENTRY, { rules: [replacing('a', { from: 'one', to: 'two' })] });
    assert.deepEqual(
      result.files.map(({ file, after }) => [file, after]),
      [['/etc/prosody/a.cfg.lua', 'two = 1\n']],
    );
  });

  it('is not asked for rules that settings switch off', () => {
    const rules = [replacing('a', { from: 'one', to: 'two' })];
    const result = fixAll(memoryFiles({ [ENTRY]: 'one = 1\n' }), ENTRY, { rules, severities: { a: 'off' } });
    assert.deepEqual(result.files, []);
  });
});
