import assert from 'node:assert/strict';
import { type Finding, type LintResult, lint, memoryFiles, Secrets } from '@prosodist/core';
import { texts } from '@prosodist/machine';
import picocolors from 'picocolors';
import { jsonReport } from '../src/formats/json.js';
import { textReport } from '../src/formats/text.js';
import { type CheckedTree, reaches, summarize } from '../src/report.js';

const TEXT = [
  'admins = { }',
  '\tauthentication = "ldap2" -- a\ttab',
  'app_secret = "hunter2-Hunter2"; app_id = "x"',
  'VirtualHost "a.example"',
  '',
  '',
  `long = "${'x'.repeat(60)}", "here", "${'y'.repeat(60)}"`,
  'many = {',
  '  1,',
  '  2,',
  '  3,',
  '  4,',
  '}',
  'naïve = "日本語\u202e" .. bad',
  '',
].join('\n');

/** A report on findings at these words of the text; `> ` before a word makes it a related place of the finding before. */
function report(words: readonly string[], change: Partial<Finding> = {}, width = 60): { text: string; json: string } {
  const files = memoryFiles({ 'prosody.cfg.lua': TEXT, 'other.cfg.lua': 'first = 1\n' });
  const result: LintResult = { ...lint(files, 'prosody.cfg.lua', { rules: [] }) };
  const at = (word: string) => ({ file: 'prosody.cfg.lua', start: TEXT.indexOf(word), end: TEXT.indexOf(word) + word.length });
  const findings: Finding[] = [];
  for (const word of words) {
    const last = findings.at(-1);
    if (word.startsWith('> ') && last)
      findings[findings.length - 1] = { ...last, related: [...last.related, { at: at(word.slice(2)), message: 'it is here' }] };
    else findings.push({ ...base, at: at(word), ...change });
  }
  const tree: CheckedTree = {
    result,
    findings,
    textOf: texts(files, result),
    path: undefined,
    fingerprints: new Map(),
    known: 0,
  };
  const secrets = new Secrets(false);
  secrets.learn(result.configuration);
  const style = { colours: picocolors.createColors(false), width, secrets };
  const summary = summarize([tree]);
  return { text: textReport([tree], summary, style), json: jsonReport([tree], summary, secrets) };
}

const base: Finding = {
  rule: 'some-rule',
  severity: 'warning',
  message: 'something is wrong',
  why: 'because of this',
  help: 'do that',
  at: { file: '', start: 0, end: 0 },
  related: [],
  fix: null,
};

function lines(text: string): string[] {
  return text.split('\n');
}

describe('text format', () => {
  it('shows the line, the mark under it, why, help and the fix', () => {
    const fix = { title: 'Do it', safety: 'safe' as const, edits: [], creates: [], links: [] };
    assert.deepEqual(lines(report(['admins'], { fix }).text), [
      'warning[some-rule]: something is wrong',
      ' --> prosody.cfg.lua:1:1',
      '  |',
      '1 | admins = { }',
      '  | ^^^^^^',
      '  |',
      '  = why: because of this',
      '  = help: do that',
      '  = fix available: Do it (safe)',
      '',
      '1 warning in 1 file; 1 can be fixed with `prosodist fix --write`',
      '',
    ]);
  });

  it('shows a related place in the same frame, gaps as dots', () => {
    const { text } = report(['app_id', '> admins']);
    assert.match(text, /1 \| admins = \{ \}\n {2}\| -{6} it is here\n\.{3}|1 \| admins = \{ \}\n {2}\| -{6} it is here\n2 \| /);
    assert.match(text, /3 \| app_secret = "•••"; app_id = "x"\n {2}\| {21}\^{6}\n/);
  });

  it('shows a related place in another file in a frame of its own', () => {
    const related = [{ at: { file: 'other.cfg.lua', start: 0, end: 5 }, message: 'first here' }];
    const { text } = report(['admins'], { related });
    assert.match(text, / ::: other\.cfg\.lua:1:1\n {2}\|\n1 \| first = 1\n {2}\| -{5} first here\n/);
  });

  it('keeps marks under their words behind tabs', () => {
    assert.match(report(['"ldap2"']).text, /2 \| {5}authentication = "ldap2" -- a {3}tab\n {2}\| {22}\^{7}\n/);
    assert.match(report(['tab\n']).text, /2 \| {5}authentication = "ldap2" -- a {3}tab\n {2}\| {37}\^{3}\n/);
  });

  it('cuts wide lines around the place', () => {
    const shown = lines(report(['"here"']).text);
    const line = shown.find(candidate => candidate.startsWith('7 |'))!;
    assert.ok(line.length <= 60 && line.startsWith('7 | …') && line.endsWith('…'), line);
    const mark = shown[shown.indexOf(line) + 1]!;
    assert.equal(line.slice(mark.indexOf('^'), mark.lastIndexOf('^') + 1), '"here"');
  });

  it('marks the first and the last line of a long place', () => {
    const { text } = report([TEXT.slice(TEXT.indexOf('many'), TEXT.indexOf('}\nna') + 1)]);
    assert.match(text, / 8 \| many = \{\n {3}\| \^{8}\n\.\.\.\n13 \| \}\n {3}\| \^\n/);
  });

  it('counts columns of wide characters and shows hidden ones', () => {
    const { text } = report(['bad']);
    assert.match(text, /14 \| naïve = "日本語<U\+202E>" \.\. bad\n/);
    assert.match(text, /\n {3}\| {29}\^{3}\n/);
  });

  it('never lets a control character through', () => {
    assert.match(report(['admins'], { message: 'a\x1b[31m b' }).text, /: a<1B>\[31m b\n/);
  });

  it('wraps prose', () => {
    const { text } = report(['admins'], { why: 'word '.repeat(40).trim() });
    for (const line of lines(text)) assert.ok(line.length <= 60 || line.includes('prosodist fix'), line);
    assert.match(text, /= why: word.*\n {9}word/);
  });

  it('says so when there is nothing', () => assert.equal(report([]).text, 'no findings in 1 file\n'));
});

describe('JSON format', () => {
  it('is the contract', () => {
    const edits = [{ file: 'prosody.cfg.lua', start: 0, end: 6, text: 'owners' }];
    const fix = { title: 'Rename', safety: 'unsafe' as const, edits, creates: [], links: [] };
    assert.deepEqual(JSON.parse(report(['"ldap2"', '> admins'], { fix }).json), {
      findings: [
        {
          rule: 'some-rule',
          severity: 'warning',
          message: 'something is wrong',
          why: 'because of this',
          help: 'do that',
          file: 'prosody.cfg.lua',
          range: { start: { line: 2, column: 19, offset: 31 }, end: { line: 2, column: 26, offset: 38 } },
          related: [
            {
              file: 'prosody.cfg.lua',
              range: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 7, offset: 6 } },
              message: 'it is here',
            },
          ],
          fix: { title: 'Rename', safety: 'unsafe', edits },
        },
      ],
      summary: { errors: 0, warnings: 1, infos: 0, files: 1, fixable: 0, suppressed: 0, baseline: 0 },
    });
  });

  it('has new files and links where a fix makes some', () => {
    const creates = [{ file: 'new.cfg.lua', text: 'bind_password = "hunter2"\n', secret: true }];
    const links = [{ path: 'conf.d/new.cfg.lua', target: '../new.cfg.lua' }];
    const { fix } = JSON.parse(report(['admins'], { fix: { title: 'Make', safety: 'safe', edits: [], creates, links } }).json)
      .findings[0];
    assert.deepEqual(fix.creates, [{ file: 'new.cfg.lua', text: 'bind_password = "•••"\n', secret: true, masked: true }]);
    assert.deepEqual(fix.links, links);
  });

  it('masks secrets in edits and says so', () => {
    for (const text of ['app_secret = "hunter2-Hunter2"', '"hunter2-Hunter2"']) {
      const edits = [{ file: 'prosody.cfg.lua', start: 0, end: 0, text }];
      const { json } = report(['admins'], { fix: { title: 'Move', safety: 'safe', edits, creates: [], links: [] } });
      assert.ok(!json.includes('hunter2'), json);
      assert.equal(JSON.parse(json).findings[0].fix.edits[0].masked, true);
    }
  });
});

describe('threshold', () => {
  it('counts what is at or above it', () => {
    const findings = [{ ...base, severity: 'warning' as const }];
    assert.deepEqual(
      (['error', 'warning', 'info'] as const).map(threshold => reaches(findings, threshold)),
      [false, true, true],
    );
  });
});
