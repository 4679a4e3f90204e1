import { changesOf, type Operation, type Overlay, type Plan, plan } from '@prosodist/core';
import type { Context, Target } from './context.js';
import { type Refusal, refusalOf, refusedOperations } from './refusal.js';

export type Outcomes = Plan['outcomes'];

/**
 * Does operations on a tree in memory, each on what the one before left.
 * @throws CommandError with status 3 when one is refused; reason, place and remedy of each that is are in the message, and in
 *   JSON on stdout
 */
export function operate(context: Context, target: Target, overlay: Overlay, operations: readonly Operation[]): Outcomes {
  const outcomes: Outcomes[number][] = [];
  const refusals: Refusal[] = [];
  for (const [index, operation] of operations.entries()) {
    const planned = plan(overlay.files, target.entry, [operation], { prosody: context.prosody });
    outcomes.push(...planned.outcomes);
    if (planned.ok) overlay.apply(changesOf(planned));
    else refusals.push(refusalOf(context, target, overlay.files, planned.outcomes[0]!, index));
  }
  if (refusals.length > 0) throw refusedOperations(context, refusals, outcomes);
  return outcomes;
}
