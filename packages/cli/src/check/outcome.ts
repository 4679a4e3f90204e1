import type { Finding, Severity } from '@prosodist/core';
import type { RuleCount } from '../formats/report.js';
import { reaches } from '../report.js';
import { STATUS } from '../status.js';

/** What decides about the exit status. */
export interface Limits {
  /** From this severity on, one finding fails the check; with a limit for warnings, only errors do unless it is said. */
  readonly failOn?: Severity;
  /** More warnings than these fail it too. */
  readonly maxWarnings?: number;
}

export interface Outcome {
  readonly status: number;
  /** Why it fails, where the findings themselves do not say it. */
  readonly why: string | null;
}

export function thresholdOf({ failOn, maxWarnings }: Limits): Severity {
  return failOn ?? (maxWarnings === undefined ? 'warning' : 'error');
}

export function outcomeOf(findings: readonly Finding[], limits: Limits): Outcome {
  if (reaches(findings, thresholdOf(limits))) return { status: STATUS.findings, why: null };
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  const { maxWarnings } = limits;
  if (maxWarnings === undefined || warnings <= maxWarnings) return { status: STATUS.ok, why: null };
  return { status: STATUS.findings, why: `${warnings} warnings are more than the ${maxWarnings} of --max-warnings` };
}

/** How often each rule reports, the most frequent first. */
export function countsOf(findings: readonly Finding[]): RuleCount[] {
  const counts = new Map<string, RuleCount>();
  for (const { rule, severity, fix } of findings) {
    const before = counts.get(rule) ?? { rule, severity, findings: 0, fixable: 0 };
    counts.set(rule, { ...before, findings: before.findings + 1, fixable: before.fixable + (fix?.safety === 'safe' ? 1 : 0) });
  }
  return [...counts.values()].sort((a, b) => b.findings - a.findings || (a.rule < b.rule ? -1 : 1));
}
