import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { checkLists, lint, memoryFiles, RULES } from '@prosodist/core';
import { type Example, examples } from '../../packages/core/test/support/page.js';
import { CHECKS, readChecks, type Variant } from '../../scripts/parity.mjs';
import { describeWith } from '../support/needing.js';
import { type Files, type Lab, prosodyLab, type Version } from '../support/prosody.js';

const checks = readChecks(fileURLToPath(new URL('../fixtures/parity/', import.meta.url)));
const VERSIONS = ['0.12', '13.0'] as const;

const ENTRY = '/etc/prosody/prosody.cfg.lua';
const HOST = 'VirtualHost "example.com"\n';

/** A line of a file, as a finding or a mark is in it. */
interface Line {
  readonly file: string;
  readonly line: number;
}

describe('the checks of prosodyctl and our rules', () => {
  it('no check is missing, and each has a rule or a reason', () => {
    assert.deepEqual(
      checks.map(check => check.id),
      [...CHECKS],
    );
    for (const { id, variants } of checks) {
      assert.ok(variants.length > 0, id);
      for (const { name, rule, reason, hasBlock, verdicts } of variants) {
        const tried = hasBlock && VERSIONS.every(version => verdicts[version]);
        assert.ok(tried || reason !== null, `${id}, ${name}: is tried, or says why not`);
        assert.ok(rule === 'none' ? reason : RULES.some(known => known.name === rule), `${id}, ${name}: ${rule} is a rule`);
      }
    }
  });

  for (const version of VERSIONS) {
    it(`every option in the lists of ${version} is reported, in the global section and below a host`, () => {
      const { obsolete, deprecated, globalOnly } = checkLists(version);
      assert.ok(obsolete.length >= 6 && Object.keys(deprecated).length >= 20 && globalOnly.length >= 60);
      const text = (name: string, scope: string) => (scope === '*' ? `${name} = true\n${HOST}` : `${HOST}${name} = true\n`);
      const wrong = [
        ...obsolete.flatMap(name => ['*', 'host'].map(scope => [name, scope, ['obsolete-option']] as const)),
        ...Object.keys(deprecated).flatMap(name => ['*', 'host'].map(scope => [name, scope, ['deprecated-option']] as const)),
        ...globalOnly.map(name => [name, 'host', ['misplaced-option', 'insecure-bosh']] as const),
      ].filter(([name, scope, rules]) => {
        const { findings } = lint(memoryFiles({ [ENTRY]: text(name, scope) }), ENTRY, { prosody: version });
        return !findings.some(finding => rules.includes(finding.rule as never) && finding.message.includes(`\`${name}\``));
      });
      assert.deepEqual(wrong, []);
    });
  }

  for (const { id, title, variants } of checks) {
    for (const variant of variants.filter(({ hasBlock }) => hasBlock)) {
      for (const version of VERSIONS) {
        it(`${id} ${title}, ${variant.name}: ${variant.rule} reports for ${version}`, () => {
          const wanted = variant.ours.includes(version) ? marks(exampleOf(variant)) : [];
          assert.deepEqual(found(variant, version), wanted);
        });
      }
    }
  }

  for (const version of VERSIONS) {
    describeWith(`Prosody ${version} says what the fixtures say of it`, prosodyLab(version), lab => {
      for (const { id, title, variants } of checks) {
        for (const variant of variants) {
          const verdict = variant.verdicts[version];
          if (verdict && verdict.kind !== 'absent') it(`${id} ${title}, ${variant.name}`, () => tryWith(lab, variant, version));
        }
      }
    });
  }
});

function exampleOf({ page }: Variant): Example {
  return examples(page)[0]!;
}

function marks({ expected, files }: Example): Line[] {
  return expected.map(({ file, start }) => lineOf(files, file, start));
}

function lineOf(files: Example['files'], file: string, offset: number): Line {
  const text = files[file];
  return { file, line: (typeof text === 'string' ? text : '').slice(0, offset).split('\n').length };
}

/** The lines in which our rule reports. */
function found(variant: Variant, prosody: Version): Line[] {
  const { files, entry } = exampleOf(variant);
  const rules = RULES.filter(rule => rule.name === variant.rule);
  const { findings } = lint(memoryFiles(files), entry, { rules, prosody });
  const lines = findings.map(({ at }) => lineOf(files, at.file, at.start));
  return lines.filter(
    (line, index) => index === 0 || line.line !== lines[index - 1]!.line || line.file !== lines[index - 1]!.file,
  );
}

function tryWith(lab: Lab, variant: Variant, version: Version): void {
  const { files, entry } = exampleOf(variant);
  // the lab is a machine of its own, and has the files that make one of ours
  const own = Object.entries(files).filter(([path]) => path !== '/etc/passwd');
  const { output, status } = lab.check(Object.fromEntries(own) as Files, entry, variant.command);
  const said = output.replace(/\s+/g, ' ');
  const { kind, text } = variant.verdicts[version]!;
  assert.equal(said.includes(text), kind !== 'silent', said);
  // a Lua error ends it with status 1
  if (kind === 'fails') assert.equal(status, 1, said);
}
