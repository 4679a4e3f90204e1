import type { Operation } from '../../patch/operation.js';
import { perform } from '../../patch/plan.js';
import type { Fix } from '../finding.js';
import type { RuleContext } from '../rule.js';

/** A fix that is one operation of the patcher, or null where the patcher refuses it or finds nothing to do. */
export function operationFix({ files, configuration, version }: RuleContext, title: string, operation: Operation): Fix | null {
  const step = perform({ files, configuration, options: { prosody: version } }, operation);
  return step.status === 'changed' ? { title, safety: 'unsafe', ...step.changes } : null;
}
