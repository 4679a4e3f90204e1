import type { EnsureComponentOperation, PatchContext, Step } from '../operation.js';
import { ensureSection } from './ensure-section.js';

/** A component that is there, with this module and these options. */
export function ensureComponent(context: PatchContext, operation: Omit<EnsureComponentOperation, 'op'>): Step {
  return ensureSection(context, 'component', operation);
}
