import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import AjvDraft4 from 'ajv-draft-04';
import type { Log, Result } from 'sarif';
import { prosodist, withTree } from './support/run.js';

const SECRET = 'tr0ub4dor-Tr0ub';
const TREE = {
  'prosody.cfg.lua': [
    'admins = { "a" } -- prosodist: ignore[malformed-admin] a <script> reads it',
    '-- naïve 日本語',
    `Component "muc.example.com"\n    component_secret = "${SECRET}"`,
    'VirtualHost "example.com"',
    '    c2s_require_encrption = true',
    `    ldap = { hostname = "h", bind_password = "${SECRET}", user = { } } authentication = internal_plain`,
    'Include "conf.d/*.cfg.lua"',
    '',
  ].join('\n'),
  'conf.d/a, b:100%.cfg.lua': `VirtualHost "b.example.com"\n  --[[é]] admins = { "<&'\\"b" }\n  component_secret = ${SECRET}\n`,
  'conf.d/clean.cfg.lua': 'VirtualHost "c.example.com"\n',
};

/** Its own types do not pass the compiler. */
interface Parser {
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'opentag', listener: (tag: { name: string; attributes: Record<string, string> }) => void): void;
  write(text: string): Parser;
  close(): void;
}
const { SaxesParser } = createRequire(import.meta.url)('saxes') as { SaxesParser: new () => Parser };

/** What the test looks at in GitLab's and reviewdog's formats. */
interface Issue {
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end: number } };
}
interface Diagnostic {
  readonly code: { readonly value: string };
  readonly location: { readonly range: { readonly start: object } };
  readonly suggestions?: readonly object[];
}

async function report(format: string, ...more: string[]): Promise<string> {
  const { stdout, status } = await withTree(TREE, cwd => prosodist(['check', '--format', format, ...more, '.'], { cwd }));
  assert.equal(status, 1);
  return stdout;
}

/** The elements of an XML text; throws where it is not well-formed. */
function elements(text: string): { name: string; attributes: Record<string, string> }[] {
  const found: { name: string; attributes: Record<string, string> }[] = [];
  const parser = new SaxesParser();
  parser.on('error', error => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => found.push({ name, attributes }));
  parser.write(text).close();
  return found;
}

describe('formats for machines', () => {
  const all = ['text', 'compact', 'json', 'jsonl', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle', 'rdjson'];

  for (const format of all)
    it(`${format} shows no secret`, async () => {
      const text = await report(format);
      assert.doesNotMatch(text, /tr0ub/i);
      assert.match(text, /unknown-option/);
    });

  it('sarif is valid by its schema', async () => {
    const path = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
    const validate = new AjvDraft4.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
      JSON.parse(readFileSync(path, 'utf8')),
    );
    const log: unknown = JSON.parse(await report('sarif'));
    assert.ok(validate(log), JSON.stringify(validate.errors));
    const { results = [], tool } = (log as Log).runs[0]!;
    const hidden = results.filter((result: Result) => result.suppressions);
    assert.deepEqual(
      hidden.map((result: Result) => [result.ruleId, result.suppressions?.[0]]),
      [['malformed-admin', { kind: 'inSource', justification: 'a <script> reads it' }]],
    );
    for (const { ruleId, ruleIndex, partialFingerprints } of results) {
      assert.equal(tool.driver.rules?.[ruleIndex!]?.id, ruleId);
      assert.match(partialFingerprints!['prosodist/v1']!, /^[0-9a-f]{32}$/);
    }
    const unknown = results.find((result: Result) => result.ruleId === 'unknown-option');
    assert.deepEqual(unknown?.fixes?.[0]?.artifactChanges[0]?.replacements[0], {
      deletedRegion: { startLine: 6, startColumn: 5, endLine: 6, endColumn: 26 },
      insertedContent: { text: 'c2s_require_encryption' },
    });
    const uris = results.map((result: Result) => result.locations?.[0]?.physicalLocation?.artifactLocation?.uri);
    assert.ok(uris.includes('conf.d/a%2C%20b%3A100%25.cfg.lua'), uris.join());
  });

  it('fingerprints stand edits elsewhere, other blanks and another file', async () => {
    const prints = async (tree: typeof TREE) => {
      const { stdout } = await withTree(tree, cwd => prosodist(['check', '--format', 'gitlab', '.'], { cwd }));
      const issues = JSON.parse(stdout) as { fingerprint: string; check_name: string }[];
      assert.equal(new Set(issues.map(issue => issue.fingerprint)).size, issues.length, 'each is alone');
      return issues.map(({ check_name, fingerprint }) => `${check_name} ${fingerprint}`).sort();
    };
    const { 'prosody.cfg.lua': main, ...others } = TREE;
    const moved = main
      .replace('admins', '-- a comment\n\nadmins')
      .replace('c2s_require_encrption = true', '\tc2s_require_encrption=true;');
    assert.deepEqual(await prints({ ...others, 'prosody.cfg.lua': moved }), await prints(TREE));
    const renamed = {
      'prosody.cfg.lua': main,
      'conf.d/clean.cfg.lua': '',
      'conf.d/z.cfg.lua': others['conf.d/a, b:100%.cfg.lua'],
    };
    assert.deepEqual(await prints(renamed as unknown as typeof TREE), await prints(TREE));
  });

  it('fingerprints are the same with secrets shown, and hold none', async () => {
    const shown = JSON.parse(await report('gitlab', '--show-secrets')).map((issue: Issue) => issue.fingerprint);
    assert.deepEqual(
      JSON.parse(await report('gitlab')).map((issue: Issue) => issue.fingerprint),
      shown,
    );
  });

  it('junit and checkstyle are well-formed and count right', async () => {
    const { findings } = JSON.parse(await report('json')) as { findings: { file: string }[] };
    const junit = elements(await report('junit'));
    assert.equal(junit[0]?.attributes.failures, String(findings.length));
    assert.equal(junit.filter(({ name }) => name === 'failure').length, findings.length);
    assert.equal(junit.filter(({ name }) => name === 'testcase').length, Number(junit[0]?.attributes.tests));
    assert.ok(junit.some(({ name, attributes }) => name === 'testsuite' && attributes.name === 'conf.d/clean.cfg.lua'));
    const checkstyle = elements(await report('checkstyle'));
    assert.equal(checkstyle.filter(({ name }) => name === 'error').length, findings.length);
    assert.deepEqual(
      checkstyle.filter(({ name }) => name === 'file').map(({ attributes }) => attributes.name),
      [...new Set(findings.map(({ file }) => file))],
    );
  });

  it('XML stands what XML cannot say', () =>
    withTree(
      { 'prosody.cfg.lua': 'VirtualHost "a.example"\nc2s_require_encrption = "\u0001\ufffe<"\nx = = "\x00\xff"\n' },
      async cwd => {
        for (const format of ['junit', 'checkstyle'])
          elements((await prosodist(['check', '--format', format, '.'], { cwd })).stdout);
      },
    ));

  it('github escapes what would end a property or a line', async () => {
    const lines = (await report('github')).trimEnd().split('\n');
    for (const line of lines) assert.match(line, /^::(?:error|warning|notice) (?:\w+=[^,:\r\n]*,?)+::[^\r\n]+$/, line);
    assert.ok(
      lines.some(line => line.includes('file=conf.d/a%2C b%3A100%25.cfg.lua')),
      lines.join('\n'),
    );
  });

  it('compact is a line a finding, as compilers write them', async () => {
    const lines = (await report('compact')).trimEnd().split('\n');
    for (const line of lines) assert.match(line, /^.+:\d+:\d+: (?:error|warning|info): .+ \[[a-z0-9-]+\]$/);
  });

  it('jsonl is the findings of json, one a line', () =>
    withTree(TREE, async cwd => {
      const run = async (format: string) => (await prosodist(['check', '--format', format, '.'], { cwd })).stdout;
      const lines = (await run('jsonl')).trimEnd().split('\n');
      assert.deepEqual(
        lines.map(line => JSON.parse(line)),
        JSON.parse(await run('json')).findings,
      );
    }));

  it('gitlab has what GitLab asks for', async () => {
    for (const issue of JSON.parse(await report('gitlab')) as Issue[]) {
      assert.deepEqual(Object.keys(issue), ['description', 'check_name', 'fingerprint', 'severity', 'location']);
      assert.ok(['info', 'minor', 'major', 'critical', 'blocker'].includes(issue.severity));
      assert.ok(issue.location.lines.begin <= issue.location.lines.end && !issue.location.path.startsWith('./'));
    }
  });

  it('rdjson counts columns in bytes, and suggests', async () => {
    const { diagnostics } = JSON.parse(await report('rdjson')) as { diagnostics: Diagnostic[] };
    const admin = diagnostics.find((one: Diagnostic) => one.code.value === 'malformed-admin');
    // "  --[[é]] admins = { " is one byte longer than it has characters
    assert.deepEqual(admin?.location.range.start, { line: 2, column: 22 + 1 });
    const unknown = diagnostics.find((one: Diagnostic) => one.code.value === 'unknown-option');
    assert.deepEqual(unknown?.suggestions, [
      { range: { start: { line: 6, column: 5 }, end: { line: 6, column: 26 } }, text: 'c2s_require_encryption' },
    ]);
  });

  it('go to files, several at once, without colours there', () =>
    withTree(TREE, async cwd => {
      const argv = [
        'check',
        '--color',
        'always',
        '--format',
        'sarif=a.sarif',
        '--format',
        'compact',
        '--format',
        'text=a.txt',
        '.',
      ];
      const { stdout } = await prosodist(argv, { cwd });
      assert.match(stdout, /^prosody\.cfg\.lua:/);
      assert.equal(JSON.parse(readFileSync(join(cwd, 'a.sarif'), 'utf8')).version, '2.1.0');
      assert.doesNotMatch(readFileSync(join(cwd, 'a.txt'), 'utf8'), /\x1b/);
      const one = await prosodist(['check', '--format', 'json', '--output-file', 'b.json', '.'], { cwd });
      assert.equal(one.stdout, '');
      assert.ok(existsSync(join(cwd, 'b.json')));
    }));
});
