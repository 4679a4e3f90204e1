import type { Configuration } from '../../evaluate/index.js';
import type { Operation } from '../../patch/operation.js';
import { perform } from '../../patch/plan.js';
import type { Fix } from '../finding.js';
import type { RuleContext } from '../rule.js';

/**
 * Planning an operation reads the tree again. Of a configuration with thousands of like findings, so many get a fix; once
 * these are taken the next ones have theirs.
 */
const MOST = 50;
const tried = new WeakMap<Configuration, number>();

/** A fix that is one operation of the patcher, or null where the patcher refuses it or finds nothing to do. */
export function operationFix({ files, configuration, version }: RuleContext, title: string, operation: Operation): Fix | null {
  const made = tried.get(configuration) ?? 0;
  if (made >= MOST) return null;
  tried.set(configuration, made + 1);
  const step = perform({ files, configuration, options: { prosody: version } }, operation);
  return step.status === 'changed' ? { title, safety: 'unsafe', ...step.changes } : null;
}
