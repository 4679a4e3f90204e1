import { type ProsodyVersion, prosodyVersions } from '../../catalog/index.js';
import { type Configuration, type FileSystem, load } from '../../evaluate/index.js';
import type { Finding } from '../../rules/finding.js';
import { RULES } from '../../rules/index.js';
import { judge, type LintOptions, type LintResult, sortFindings } from '../lint.js';
import { lazily } from '../walk.js';
import { differences } from './differences.js';
import { fixOfError, newWarnings, type Readings } from './language.js';

export interface UpgradeOptions extends Omit<LintOptions, 'prosody' | 'rules'> {
  /** The version to go to; from the other one. */
  readonly to: ProsodyVersion;
}

/** The version that one comes from. */
export function otherVersion(to: ProsodyVersion): ProsodyVersion {
  return prosodyVersions.find(version => version !== to)!;
}

/** What the comments say counts for one version; what is needless in one may be needed in the other. */
const COMPARED = RULES.filter(({ name }) => !name.endsWith('-suppression'));

/**
 * What another version of Prosody reads differently, refuses or ignores in a tree: the findings that are new with it, and the
 * differences that are no mistakes. The result is like `lint`'s.
 * @example upgrade(files, '/etc/prosody/prosody.cfg.lua', { to: '13.0' }).findings
 */
export function upgrade(files: FileSystem, entry: string, options: UpgradeOptions): LintResult {
  return judgeUpgrade(files, load(files, entry, { ...options, prosody: options.to }), options);
}

/** The same for a configuration that was read as the target version reads it. */
export function judgeUpgrade(files: FileSystem, after: Configuration, options: UpgradeOptions): LintResult {
  const from = otherVersion(options.to);
  const rules = { rules: COMPARED };
  // documents do not depend on the version, so neither text is parsed twice
  const before = load(files, after.entry, { ...options, prosody: from, previous: after });
  const old = judge(files, before, { ...options, ...rules, prosody: from });
  const now = judge(files, after, { ...options, ...rules, prosody: options.to });
  const known = byKey(old.findings);
  const readings: Readings = {
    files,
    before,
    after,
    options: { ...options, prosody: options.to },
    complete: options.complete ?? true,
  };
  const findings = now.findings
    .filter(finding => isNew(finding, known.get(key(finding)) ?? []))
    .map(finding => withFix(readings, finding));
  const others = [
    ...newWarnings(readings),
    ...differences(readings).map(({ fix, related = [], ...found }) => lazily({ ...found, related, fix: null }, fix)),
  ];
  const taken = new Set(findings.map(({ at }) => JSON.stringify(at)));
  const all = [...findings, ...others.filter(({ at }) => !taken.has(JSON.stringify(at)) && !options.ignores?.(at.file))];
  return { ...now, findings: sortFindings(all, after) };
}

/** What is told in both versions is told in one place by one rule, in words that may differ. */
function key({ rule, at }: Finding): string {
  return JSON.stringify([rule, at]);
}

function byKey(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(key(finding), [...(groups.get(key(finding)) ?? []), finding]);
  return groups;
}

const GRAVITY = ['info', 'warning', 'error'];

/** Whether the other version says less, or something else that is no graver: what is mended by the way is no matter here. */
function isNew({ severity, message }: Finding, before: readonly Finding[]): boolean {
  if (before.some(finding => finding.message === message && finding.severity === severity)) return false;
  return before.every(finding => GRAVITY.indexOf(finding.severity) <= GRAVITY.indexOf(severity));
}

/** An error of the language, with the way back to what the other version takes. */
function withFix(readings: Readings, finding: Finding): Finding {
  const fix = finding.rule === 'load-error' ? fixOfError(readings, finding) : null;
  return fix ? lazily({ ...finding, fix: null }, fix) : finding;
}
