import assert from 'node:assert/strict';
import { applyEdits, fixAll, ignoreEdit, lint, memoryFiles, overlayFiles, RULES } from '../../src/index.js';

const ENTRY = '/etc/prosody/prosody.cfg.lua';
const HOST = '\nVirtualHost "example.com"\n';

/** The rules that the texts are about; what else they lack does not matter here. */
const NAMES = ['malformed-admin', 'debug-log', 'syntax-error', 'unknown-suppression', 'unused-suppression'];
const SOME = RULES.filter(({ name }) => NAMES.includes(name));

/** What is reported of a text: `rule:line`, and what comments hide, in parentheses. */
function said(text: string, files: Record<string, string> = {}): string {
  const { findings, suppressed } = lint(memoryFiles({ ...files, [ENTRY]: text }), ENTRY, { rules: SOME });
  const shown = (all: typeof findings) =>
    all.map(({ rule, at }) => `${rule}:${(files[at.file] ?? text).slice(0, at.start).split('\n').length}`).join(' ');
  const hidden = shown(suppressed.map(({ finding }) => finding));
  return `${shown(findings)}${hidden && ` (${hidden})`}`.trim();
}

/** Title, text, what is said of it. */
const CASES: readonly (readonly [string, string, string])[] = [
  ['at the end of the line', 'admins = { "a" } -- prosodist: ignore[malformed-admin]', '(malformed-admin:1)'],
  ['on the line above', '-- prosodist: ignore[malformed-admin] why\nadmins = { "a" }', '(malformed-admin:2)'],
  [
    'above, with comments and blank lines between',
    '-- prosodist: ignore[malformed-admin]\n\n-- others\nadmins = { "a" }',
    '(malformed-admin:4)',
  ],
  ['as a long comment', '--[[ prosodist: ignore[malformed-admin] ]] admins = { "a" }', '(malformed-admin:1)'],
  ['as a long comment at the end', 'admins = { "a" } --[==[prosodist: ignore[malformed-admin]]==]', '(malformed-admin:1)'],
  ['with Windows line ends', '-- prosodist: ignore[malformed-admin]\r\nadmins = { "a" }\r\n', '(malformed-admin:2)'],
  [
    'in a table, entry by entry',
    'admins = {\n  "a"; -- prosodist: ignore[malformed-admin]\n  "b";\n}',
    'malformed-admin:3 (malformed-admin:2)',
  ],
  ['another rule', 'admins = { "a" } -- prosodist: ignore[unknown-option]', 'malformed-admin:1 unused-suppression:1'],
  [
    'two lines further',
    '-- prosodist: ignore[malformed-admin]\nx_y = 1\nadmins = { "a" }',
    'unused-suppression:1 malformed-admin:3',
  ],
  [
    'a block',
    '-- prosodist: ignore-start[malformed-admin]\nadmins = { "a" }\n-- prosodist: ignore-end\nVirtualHost "b.example"\nadmins = { "b" }',
    'malformed-admin:5 (malformed-admin:2)',
  ],
  [
    'a block within a block',
    '-- prosodist: ignore-start[malformed-admin]\n-- prosodist: ignore-start[debug-log]\n-- prosodist: ignore-end\nadmins = { "a" }',
    'unused-suppression:2 (malformed-admin:4)',
  ],
  [
    'the end names the start',
    '-- prosodist: ignore-start[malformed-admin]\n-- prosodist: ignore-start[debug-log]\n-- prosodist: ignore-end[malformed-admin]\nadmins = { "a" }\nlog = { debug = "x" }',
    'unused-suppression:1 malformed-admin:4 (debug-log:5)',
  ],
  ['the whole file, from its end', 'admins = { "a" }\n-- prosodist: ignore-file[malformed-admin]', '(malformed-admin:1)'],
  ['what Lua cannot read', 'a = = 1 -- prosodist: ignore[syntax-error]', '(syntax-error:1)'],
  [
    'findings about comments too',
    '-- prosodist: ignore-file[unused-suppression]\n-- prosodist: ignore[debug-log]',
    '(unused-suppression:2)',
  ],
  ['no comment, but a string', 'motd_text = "-- prosodist: ignore[malformed-admin]" admins = { "a" }', 'malformed-admin:1'],
  ['nothing in the brackets', 'admins = { "a" } -- prosodist: ignore[ ] why', 'malformed-admin:1 unknown-suppression:1'],
  ['prose', '-- prosodist: see https://example.com', ''],
];

describe('comments that hide findings', () => {
  for (const [title, text, expected] of CASES) {
    it(title, () => assert.equal(said(text + HOST), expected));
  }

  it('count in the file that they are in', () => {
    const more = { '/etc/prosody/more.cfg.lua': 'admins = { "a" }\n' };
    const text = `-- prosodist: ignore-file[malformed-admin]\nInclude "more.cfg.lua"${HOST}`;
    assert.match(said(text, more), /malformed-admin:1/);
    assert.match(said(text, more), /unused-suppression:1/);
  });

  it('are not judged where a rule that they name does not run, or nobody asks', () => {
    const files = memoryFiles({ [ENTRY]: `-- prosodist: ignore[malformed-admin]\nadmins = { "a" }${HOST}` });
    const only = { severities: { 'malformed-admin': 'off' } } as const;
    assert.ok(!lint(files, ENTRY, only).findings.some(({ rule }) => rule === 'unused-suppression'));
  });

  it('take severities from settings', () => {
    const files = memoryFiles({ [ENTRY]: `admins = { "a" }${HOST}` });
    const one = (severity: 'off' | 'error') =>
      lint(files, ENTRY, { severities: { 'malformed-admin': severity } }).findings.filter(
        ({ rule }) => rule === 'malformed-admin',
      );
    assert.deepEqual(one('off'), []);
    assert.deepEqual(
      one('error').map(({ severity }) => severity),
      ['error'],
    );
    assert.deepEqual(lint(files, ENTRY, { ignores: file => file === ENTRY }).findings, []);
  });
});

describe('ignoreEdit', () => {
  /** Title, text, text with the comment for its first finding of malformed-admin, on the line or for the file. */
  const EDITS: readonly (readonly [string, string, string, ('line' | 'file')?])[] = [
    ['above the line', '  admins = { "a" }\n', '  -- prosodist: ignore[malformed-admin] why so\n  admins = { "a" }\n'],
    ['with Windows line ends', 'admins = { "a" }\r\n', '-- prosodist: ignore[malformed-admin] why so\r\nadmins = { "a" }\r\n'],
    ['inside a table', 'admins = {\n\t"a",\n}\n', 'admins = {\n\t-- prosodist: ignore[malformed-admin] why so\n\t"a",\n}\n'],
    [
      'joined to a comment',
      '-- prosodist: ignore[debug-log] x\nadmins = { "a" }\n',
      '-- prosodist: ignore[debug-log, malformed-admin] x\nadmins = { "a" }\n',
    ],
    [
      'behind a string of many lines',
      'a = [[\n]] admins = { "a" }\n',
      'a = [[\n]] admins = { "a" } -- prosodist: ignore[malformed-admin] why so\n',
    ],
    [
      'for the file',
      'x_y = 1\nadmins = { "a" }\n',
      '-- prosodist: ignore-file[malformed-admin] why so\nx_y = 1\nadmins = { "a" }\n',
      'file',
    ],
    [
      'for the file, joined',
      '-- prosodist: ignore-file[debug-log]\nadmins = { "a" }\n',
      '-- prosodist: ignore-file[debug-log, malformed-admin]\nadmins = { "a" }\n',
      'file',
    ],
  ];
  for (const [title, text, expected, reach = 'line'] of EDITS) {
    it(`${title}, and the finding is gone`, () => {
      const files = memoryFiles({ [ENTRY]: text + HOST });
      const { findings, configuration } = lint(files, ENTRY);
      const finding = findings.find(({ rule }) => rule === 'malformed-admin')!;
      const edit = ignoreEdit(configuration.documents.get(ENTRY)!, finding, { reach, reason: ' why\nso ' })!;
      const after = applyEdits(text + HOST, [edit]);
      assert.equal(after, expected + HOST);
      const left = lint(overlayFiles(files, new Map([[ENTRY, after]])), ENTRY).findings;
      assert.ok(!left.some(({ rule }) => rule === 'malformed-admin'));
    });
  }

  it('has none where every line is inside a string', () => {
    const text = 'admins = { [[\n\n]] }\n';
    const { configuration } = lint(memoryFiles({ [ENTRY]: text }), ENTRY);
    const finding = { rule: 'x', at: { file: ENTRY, start: 14, end: 15 } } as Parameters<typeof ignoreEdit>[1];
    assert.equal(ignoreEdit(configuration.documents.get(ENTRY)!, finding, { reach: 'line' }), undefined);
  });
});

describe('fixes of the comments', () => {
  it('leave a file without needless ones', () => {
    const text = `-- prosodist: ignore-start[debug-log, malformed-admin]\nadmins = { "a" } -- prosodist: ignore[debug-log]\n-- prosodist: ignore-end[malformed-admin, debug-log]${HOST}`;
    const fixed = fixAll(memoryFiles({ [ENTRY]: text }), ENTRY, { only: ({ rule }) => rule.endsWith('suppression') });
    assert.equal(
      fixed.files[0]?.after,
      `-- prosodist: ignore-start[malformed-admin]\nadmins = { "a" }\n-- prosodist: ignore-end[malformed-admin]${HOST}`,
    );
  });
});

describe('names that mean nothing', () => {
  it('go at once, however many they are', () => {
    const names = Array.from({ length: 30 }, (_, index) => `zz${index}q`).join(', ');
    const text = `-- prosodist: ignore[${names}, debug-log]\nlog = { debug = "x" }${HOST}`;
    const fixed = fixAll(memoryFiles({ [ENTRY]: text }), ENTRY, { only: ({ rule }) => rule.endsWith('suppression') });
    assert.equal(fixed.stopped, null);
    assert.equal(fixed.files[0]?.after, `-- prosodist: ignore[debug-log]\nlog = { debug = "x" }${HOST}`);
  });
});

describe('many comments', () => {
  it('take no time that grows faster than they do', function () {
    this.timeout(10_000);
    const judged = (text: string) => lint(memoryFiles({ [ENTRY]: text + HOST }), ENTRY, { rules: SOME });
    assert.equal(judged('admins = { "a" } -- prosodist: ignore[malformed-admin] x\n'.repeat(3_000)).findings.length, 2_999);
    const starts = '-- prosodist: ignore-start[debug-log]\n'.repeat(3_000);
    assert.equal(judged(starts + '-- prosodist: ignore-end\n'.repeat(3_000)).findings.length, 3_000);
    assert.equal(judged('-- prosodist: ignore[debug-log]\n'.repeat(10_000)).findings.length, 10_000);
  });
});
