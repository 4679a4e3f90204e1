import type { Origin } from '../evaluate/index.js';
import type { Changes } from '../patch/change.js';

/**
 * *error*: Prosody or logins will not work, or a hole is open; *warning*: it does not do what it seems to; *info*: better
 * otherwise.
 */
export type Severity = 'error' | 'warning' | 'info';

/** Safe: does what the text means already, and nothing else. Unsafe: probably right, but somebody has to look at it. */
export type Safety = 'safe' | 'unsafe';

export interface Fix extends Changes {
  readonly title: string;
  readonly safety: Safety;
  /** Set where nothing is broken and this is another way to have it: taken only where its rule is asked for by name. */
  readonly choice?: true;
}

/** Another place that a finding is about. */
export interface Related {
  readonly message: string;
  readonly at: Origin;
}

/** What a rule reports: what is wrong, why it matters, what to do, and where. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong. */
  readonly message: string;
  /** What Prosody, the directory or the user will make of it. */
  readonly why: string;
  /** What to do. */
  readonly help: string;
  readonly at: Origin;
  readonly related: readonly Related[];
  readonly fix: Fix | null;
}
