import type { Rule } from '../rule.js';

/** What it looks at is what the other rules found: `lint/suppressions.ts` reports for it. */
export const unusedSuppression: Rule = {
  name: 'unused-suppression',
  severity: 'info',
  summary: 'A comment tells Prosodist to ignore what is not there.',
  fixable: 'always',
  source: 'Prosodist itself: lint/suppressions.ts',
  since: '0.1.0',
  check: {},
};
