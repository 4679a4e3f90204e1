import type { EnsureHostOperation, PatchContext, Step } from '../operation.js';
import { ensureSection } from './ensure-section.js';

/** A virtual host that is there and has these options. */
export function ensureHost(context: PatchContext, operation: Omit<EnsureHostOperation, 'op'>): Step {
  return ensureSection(context, 'host', operation);
}
