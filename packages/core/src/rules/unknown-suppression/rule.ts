import type { Rule } from '../rule.js';

/** It needs the names of all rules, this one among them: `lint/suppressions.ts` reports for it. */
export const unknownSuppression: Rule = {
  name: 'unknown-suppression',
  severity: 'warning',
  summary: 'A comment tells Prosodist to ignore a rule that there is not, or none.',
  fixable: 'sometimes',
  source: 'Prosodist itself: lint/comments.ts',
  since: '0.1.0',
  check: {},
};
