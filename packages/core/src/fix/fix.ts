import type { FileSystem } from '../evaluate/index.js';
import { judge, type LintOptions, type LintResult } from '../lint/lint.js';
import { merge, type NewLink } from '../patch/change.js';
import { Overlay, type PlannedFile } from '../patch/overlay.js';
import type { Finding, Fix } from '../rules/finding.js';
import { overlap } from '../text/index.js';

export interface FixOptions extends LintOptions {
  /** Take unsafe fixes too. */
  readonly unsafe?: boolean;
  /** Take only the fixes of findings that this accepts. */
  readonly only?: (finding: Finding) => boolean;
}

export interface FixResult {
  readonly files: readonly PlannedFile[];
  readonly links: readonly NewLink[];
  /** The findings whose fixes were taken, in the order of taking. */
  readonly applied: readonly Finding[];
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
 * the first is taken, the other waits for the next pass. Nothing is written.
 */
export function fixAll(files: FileSystem, entry: string, options: FixOptions = {}): FixResult {
  const overlay = new Overlay(files);
  const applied: Finding[] = [];
  const seen = new Set<string>();
  for (let pass = 1; ; pass++) {
    const result = judge(overlay.files, overlay.load(entry, options), options);
    const wanted = result.findings.filter(finding => isWanted(finding, options));
    const end = (stopped: FixResult['stopped']): FixResult => ({
      ...overlay.planned(),
      applied,
      after: result,
      passes: pass,
      stopped,
    });
    if (wanted.length === 0) return end(null);
    if (pass > PASSES) return end('passes');
    const chosen = choose(wanted, overlay.files);
    overlay.apply(merge(...chosen.map(({ fix }) => fix)));
    applied.push(...chosen.map(({ finding }) => finding));
    const state = JSON.stringify(overlay.planned());
    if (seen.has(state)) return end('circle');
    seen.add(state);
  }
}

function isWanted(finding: Finding, options: FixOptions): boolean {
  if (!finding.fix || (finding.fix.safety === 'unsafe' && !options.unsafe)) return false;
  return options.only?.(finding) ?? true;
}

/** The fixes of one pass: those that no earlier one of this pass touches. Their edits are all meant against one state. */
function choose(findings: readonly Finding[], files: FileSystem): { finding: Finding; fix: Fix }[] {
  const chosen: { finding: Finding; fix: Fix }[] = [];
  const taken: { file: string; start: number; end: number; text: string }[] = [];
  const added = new Set<string>();
  for (const finding of findings) {
    const fix = finding.fix!;
    const edits = fix.edits.map(edit => ({ ...edit, file: files.realPath(edit.file) }));
    const news = [...fix.creates.map(create => create.file), ...fix.links.map(link => link.path)];
    if (edits.some(edit => taken.some(other => other.file === edit.file && overlap(edit, other)))) continue;
    if (news.some(file => added.has(file))) continue;
    taken.push(...edits);
    for (const file of news) added.add(file);
    chosen.push({ finding, fix });
  }
  return chosen;
}
