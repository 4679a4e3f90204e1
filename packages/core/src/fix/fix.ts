import { type Configuration, type FileSystem, load } from '../evaluate/index.js';
import { judge, type LintOptions, type LintResult } from '../lint/lint.js';
import { merge, type NewLink } from '../patch/change.js';
import { Overlay, type PlannedFile } from '../patch/overlay.js';
import type { Finding } from '../rules/finding.js';
import { choose, contradictsItself, isWorse, soundness, withoutBreaking } from './choose.js';

export interface FixOptions extends LintOptions {
  /** Take unsafe fixes too. */
  readonly unsafe?: boolean;
  /** Rules whose fixes are taken too where they are a choice (`Fix.choice`); a rule that runs alone is one. */
  readonly choices?: readonly string[];
  /** What finds things to fix, in place of the rules. */
  readonly judge?: (files: FileSystem, configuration: Configuration) => LintResult;
  /** Take only the fixes of findings that this accepts. */
  readonly only?: (finding: Finding) => boolean;
}

export interface FixResult {
  readonly files: readonly PlannedFile[];
  readonly links: readonly NewLink[];
  readonly removes: readonly string[];
  /** The findings whose fixes were taken, in the order of taking. */
  readonly applied: readonly Finding[];
  /** The findings whose fixes would have broken something, and were not taken. */
  readonly refused: readonly Finding[];
  /** The tree after the fixes. */
  readonly after: LintResult;
  readonly passes: number;
  /** Why fixing ended before nothing was left to fix, if it did. */
  readonly stopped: 'circle' | 'passes' | null;
}

/** A fix may open the way for another; more than these passes means that two of them undo each other. */
const PASSES = 10;

/**
 * Takes every fix there is, reads the tree again, and goes on until none is left. Of two fixes that touch the same text
 * the first is taken, the other waits for the next pass. A fix that would make a file unreadable, or Prosody refuse what it
 * took, is left out. Nothing is written.
 */
export function fixAll(files: FileSystem, entry: string, options: FixOptions = {}): FixResult {
  const overlay = new Overlay(files);
  const applied: Finding[] = [];
  const refused: Finding[] = [];
  const seen = new Set([JSON.stringify(overlay.planned())]);
  for (let pass = 1; ; pass++) {
    const configuration = overlay.load(entry, options);
    const result = options.judge?.(overlay.files, configuration) ?? judge(overlay.files, configuration, options);
    const fixable = result.findings.filter(
      finding => isWanted(finding, options) && !refused.some(other => isSame(finding, other)),
    );
    const wanted = fixable.filter(finding => !contradictsItself(finding.fix!, overlay.files));
    refused.push(...fixable.filter(finding => !wanted.includes(finding)));
    const end = (stopped: FixResult['stopped']): FixResult => ({
      ...overlay.planned(),
      applied,
      refused,
      after: result,
      passes: pass,
      stopped,
    });
    if (wanted.length === 0) return end(null);
    if (pass > PASSES) return end('passes');
    const before = soundness(overlay.files, configuration);
    const sound = (changed: FileSystem) =>
      !isWorse(before, soundness(changed, load(changed, entry, { ...options, previous: configuration })));
    let chosen = choose(wanted, overlay.files);
    const trial = new Overlay(overlay.files);
    trial.apply(merge(...chosen.map(({ fix }) => fix)));
    if (!sound(trial.files)) {
      const { good, bad } = withoutBreaking(overlay.files, chosen, sound);
      chosen = good;
      refused.push(...bad.map(({ finding }) => finding));
    }
    overlay.apply(merge(...chosen.map(({ fix }) => fix)));
    applied.push(...chosen.map(({ finding }) => finding));
    const state = JSON.stringify(overlay.planned());
    if (chosen.length > 0 && seen.has(state)) return end('circle');
    seen.add(state);
  }
}

/** The same finding in a later pass, where it may stand elsewhere. */
function isSame(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.message === b.message && a.at.file === b.at.file;
}

function isWanted(finding: Finding, options: FixOptions): boolean {
  if (!finding.fix || (finding.fix.safety === 'unsafe' && !options.unsafe)) return false;
  const chosen = options.rules?.length === 1 || options.choices?.includes(finding.rule);
  if (finding.fix.choice && !chosen) return false;
  return options.only?.(finding) ?? true;
}
