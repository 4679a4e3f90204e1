import type { Finding, LintResult } from '@prosodist/core';

/** One tree that was checked, and what there is to say about it. */
export interface CheckedTree {
  readonly result: LintResult;
  /** The findings to report: all, or those of the part that was asked for. */
  readonly findings: readonly Finding[];
  /** What is the same of each finding after edits elsewhere. */
  readonly fingerprints: ReadonlyMap<Finding, string>;
  /** Findings that the baseline has already, and that are not reported. */
  readonly known: number;
  /** The text of a file of the tree, as it was checked. */
  readonly textOf: (file: string) => string | undefined;
  /** The path to name in advice; undefined for the default one and for standard input. */
  readonly path: string | undefined;
  /** The command that takes the fixes; `fix` unless said. */
  readonly command?: string;
}

/** How many findings there are, and of what kind. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Files that were read. */
  readonly files: number;
  /** Findings with a safe fix. */
  readonly fixable: number;
  /** Findings that comments in the files hide. */
  readonly suppressed: number;
  /** Findings that the baseline has. */
  readonly baseline: number;
}

export function summarize(trees: readonly CheckedTree[]): Summary {
  const findings = trees.flatMap(tree => tree.findings);
  const count = (severity: Finding['severity']) => findings.filter(finding => finding.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    files: trees.reduce((sum, { result }) => sum + result.configuration.documents.size + result.unlinked.length, 0),
    fixable: findings.filter(finding => finding.fix?.safety === 'safe').length,
    suppressed: trees.reduce((sum, { result }) => sum + result.suppressed.length, 0),
    baseline: trees.reduce((sum, { known }) => sum + known, 0),
  };
}

/** Whether any finding is at or above the threshold. */
export function reaches(findings: readonly Pick<Finding, 'severity'>[], threshold: Finding['severity']): boolean {
  const ranks: readonly Finding['severity'][] = ['error', 'warning', 'info'];
  return findings.some(finding => ranks.indexOf(finding.severity) <= ranks.indexOf(threshold));
}

/** "3 errors, 2 warnings" */
export function counted({ errors, warnings, infos }: Pick<Summary, 'errors' | 'warnings' | 'infos'>): string {
  const parts = [
    [errors, 'error'],
    [warnings, 'warning'],
    [infos, 'info'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => plural(count, word));
  return said.length === 0 ? 'no findings' : said.join(', ');
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
