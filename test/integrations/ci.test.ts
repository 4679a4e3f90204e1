import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import AjvDraft4 from 'ajv-draft-04';
import { parse } from 'yaml';
import { describeWith } from '../support/needing.js';

const top = fileURLToPath(new URL('../../', import.meta.url));
const extras = (file: string) => readFileSync(join(top, 'extras', file), 'utf8');

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly shell?: string;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

/** What pipelines take from `extras`, run as they would: on a repository with the example in it. */
describe('in pipelines', function () {
  this.timeout(60_000);
  let repository = '';
  let path = '';

  before(() => {
    repository = mkdtempSync(join(tmpdir(), 'prosodist-ci-'));
    const bin = join(repository, '.bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'prosodist'), `#!/bin/sh\nexec '${process.execPath}' '${top}packages/cli/dist/prosodist.cjs' "$@"\n`);
    chmodSync(join(bin, 'prosodist'), 0o755);
    path = `${bin}:${process.env.PATH}`;
    cpSync(join(top, 'examples/jitsi-active-directory'), join(repository, 'etc/prosody'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    mkdirSync(join(repository, 'good; touch hacked'));
    writeFileSync(join(repository, 'good; touch hacked/prosody.cfg.lua'), GOOD);
  });
  after(() => rmSync(repository, { recursive: true, force: true }));

  function bash(script: string, env: Readonly<Record<string, string>> = {}) {
    return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      cwd: repository,
      encoding: 'utf8',
      env: { ...env, PATH: path, HOME: repository },
    });
  }

  /** Runs the action's shell steps with these inputs, as the runner does. */
  function action(inputs: Readonly<Record<string, string>>) {
    const { inputs: known, runs } = parse(extras('github/action.yml')) as Action;
    const value = (text: string) =>
      text.replace(/\$\{\{ inputs\.([a-z-]+) \}\}/g, (_, name: string) => inputs[name] ?? known[name]!.default);
    let last = { status: 0, stdout: '', stderr: '' } as { status: number | null; stdout: string; stderr: string };
    for (const step of runs.steps.filter(each => each.run)) {
      assert.equal(step.shell, 'bash');
      assert.doesNotMatch(step.run!, /\$\{\{/, 'inputs are no commands');
      last = bash(step.run!, Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, value(text)])));
    }
    return last;
  }

  it('the action annotates, fails, and writes valid SARIF', () => {
    const { status, stdout, stderr } = action({ sarif: 'out.sarif', prosody: '13.0' });
    assert.equal(status, 1, stderr);
    assert.match(stdout, /^::warning title=prosodist%3A insecure-bosh,file=etc\/prosody\/prosody\.cfg\.lua,line=\d+,/m);
    const schema = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
    const validate = new AjvDraft4.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
      JSON.parse(readFileSync(schema, 'utf8')),
    );
    assert.ok(validate(JSON.parse(readFileSync(join(repository, 'out.sarif'), 'utf8'))), JSON.stringify(validate.errors));
  });

  it('the action takes inputs for what they are, several paths, and a threshold', () => {
    const { status, stdout, stderr } = action({ path: 'good; touch hacked\n\n', prosody: '13.0' });
    assert.deepEqual({ status, stdout }, { status: 0, stdout: '' }, stderr);
    assert.ok(!existsSync(join(repository, 'hacked')));
    assert.equal(action({ path: 'good; touch hacked\netc/prosody\n', prosody: '13.0' }).status, 1);
    assert.equal(action({ path: 'nowhere' }).status, 2);
    assert.equal(action({ prosody: '7' }).status, 2);
  });

  it('the problem matcher matches every line of the compact format', () => {
    const { problemMatcher } = JSON.parse(extras('github/problem-matcher.json')) as {
      problemMatcher: [
        { pattern: [{ regexp: string } & Record<'file' | 'line' | 'column' | 'severity' | 'message' | 'code', number>] },
      ];
    };
    const [pattern] = problemMatcher[0].pattern;
    const both = (format: string) => bash(`prosodist --prosody 13.0 check --format ${format} etc/prosody || true`).stdout;
    const { findings } = JSON.parse(both('json')) as {
      findings: { file: string; severity: string; rule: string; range: { start: { line: number; column: number } } }[];
    };
    const matched = both('compact')
      .trimEnd()
      .split('\n')
      .map(line => new RegExp(pattern.regexp).exec(line));
    assert.deepEqual(
      matched.map(match => [
        match?.[pattern.file],
        match?.[pattern.line],
        match?.[pattern.column],
        match?.[pattern.severity],
        match?.[pattern.code],
      ]),
      findings.map(({ file, severity, rule, range: { start } }) => [file, `${start.line}`, `${start.column}`, severity, rule]),
    );
    assert.ok(findings.length > 3);
  });

  it("GitLab's job leaves a code quality report, also where it fails", () => {
    const { prosodist } = parse(extras('gitlab/prosodist.gitlab-ci.yml')) as {
      prosodist: {
        variables: Record<string, string>;
        before_script: string[];
        script: string[];
        artifacts: { when: string; reports: { codequality: string } };
      };
    };
    const { status, stderr } = bash([...prosodist.before_script, ...prosodist.script].join('\n'), prosodist.variables);
    assert.equal(status, 1, stderr);
    assert.equal(prosodist.artifacts.when, 'always');
    const issues = JSON.parse(readFileSync(join(repository, prosodist.artifacts.reports.codequality), 'utf8')) as Record<
      string,
      unknown
    >[];
    assert.ok(issues.length > 3);
    for (const issue of issues) {
      const { path: file, lines } = issue.location as { path: string; lines: { begin: number } };
      assert.ok(existsSync(join(repository, file)) && lines.begin >= 1, 'a path from the root of the repository');
      assert.match(String(issue.severity), /^(?:info|minor|major|critical|blocker)$/);
      for (const key of ['description', 'check_name', 'fingerprint']) assert.equal(typeof issue[key], 'string');
    }
  });

  it("reviewdog's step writes its format, and fails where prosodist could not work", () => {
    const { jobs } = parse(extras('reviewdog/workflow.yml')) as { jobs: { prosodist: { steps: Step[] } } };
    const check = jobs.prosodist.steps.find(step => step.name === 'Check')!.run!;
    assert.equal(bash(check).status, 0);
    const { source, diagnostics } = JSON.parse(readFileSync(join(repository, 'prosodist.rdjson'), 'utf8')) as {
      source: { name: string };
      diagnostics: { location: { path: string; range: { start: { line: number } } } }[];
    };
    assert.equal(source.name, 'prosodist');
    assert.ok(diagnostics.length > 3 && diagnostics.every(({ location }) => existsSync(join(repository, location.path))));
    assert.notEqual(bash(check.replace('etc/prosody', 'nowhere')).status, 0);
  });

  const preCommit = existsSync('/usr/bin/pre-commit')
    ? {}
    : { missing: "/usr/bin/pre-commit is not there: install Debian's pre-commit" };
  describeWith('pre-commit', preCommit, () => {
    const git = 'git -c user.name=a -c user.email=a@example.com';
    const init = 'git init -q . && echo .bin > .gitignore && git add -A';

    it('the example with a local hook stops what has an error, and lets the rest pass', () => {
      writeFileSync(join(repository, '.pre-commit-config.yaml'), extras('pre-commit/.pre-commit-config.yaml'));
      const { status, stdout, stderr } = bash(`${init} && pre-commit run --all-files`);
      assert.equal(status, 1, stdout + stderr);
      assert.match(stdout, /error\[malformed-filter\]/);
      const good = bash("pre-commit run --files 'good; touch hacked/prosody.cfg.lua'");
      assert.equal(good.status, 0, good.stdout);
      assert.match(good.stdout, /Passed/);
    });

    it('the hook of this repository is one that pre-commit takes', () => {
      const hooks = join(repository, '.bin/hooks');
      mkdirSync(hooks);
      cpSync(join(top, '.pre-commit-hooks.yaml'), join(hooks, '.pre-commit-hooks.yaml'));
      assert.equal(bash(`cd '${hooks}' && git init -q . && git add -A && ${git} commit -qm hooks`).status, 0);
      const { status, stdout } = bash(`${init} && pre-commit try-repo '${hooks}' prosodist --all-files`);
      assert.equal(status, 1, stdout);
      assert.match(stdout, /insecure-bosh/);
    });
  });
});

/** A configuration of which nothing is to be said. */
const GOOD = `modules_enabled = { "roster"; "saslauth"; "tls"; "disco" }
limits = { c2s = { rate = "10kb/s" } }
VirtualHost "example.com"
    authentication = "internal_hashed"
`;
