import { isEmpty } from './change.js';
import type { PatchContext, Step } from './operation.js';
import { Overlay } from './overlay.js';
import { already, changed } from './steps.js';

/**
 * Does steps one after the other, each on the tree that the one before left, and gives them as one step against the tree
 * as it is. The first refusal is the answer to all.
 */
export function compose(context: PatchContext, parts: readonly ((context: PatchContext) => Step)[]): Step {
  const overlay = new Overlay(context.files);
  const steps: Step[] = [];
  let current = context;
  for (const part of parts) {
    const step = part(current);
    if (step.status === 'refused') return step;
    steps.push(step);
    if (isEmpty(step.changes)) continue;
    overlay.apply(step.changes);
    current = { ...context, files: overlay.files, configuration: overlay.load(context.configuration.entry, context.options) };
  }
  const done = steps.filter(step => step.status === 'changed');
  if (done.length === 0) return already(steps.map(step => step.why).join('; '));
  return changed(
    done.map(step => step.why).join('; '),
    overlay.changes(),
    done.flatMap(step => step.at),
  );
}
