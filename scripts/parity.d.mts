type Version = '0.12' | '13.0';

/** What Prosody does with a configuration; the README of the fixtures explains. */
export interface Verdict {
  readonly kind: 'says' | 'silent' | 'wrong' | 'fails' | 'absent';
  readonly text: string;
  readonly why: string;
}

/** A configuration that triggers a check. */
export interface Variant {
  readonly name: string;
  /** The rule of ours; `none` where there is none. */
  readonly rule: string;
  readonly command: string;
  /** Why it is not tried, or why there is no rule. */
  readonly reason: string | null;
  readonly verdicts: Readonly<Record<Version, Verdict | null>>;
  /** The versions that our rule is for. */
  readonly ours: readonly Version[];
  /** The block as a page of its own. */
  readonly page: string;
  readonly hasBlock: boolean;
}

export interface Check {
  readonly id: string;
  readonly title: string;
  readonly variants: readonly Variant[];
}

export const CHECKS: readonly string[];
export function readChecks(folder: string): Check[];
export function parityTable(checks: readonly Check[]): string;
