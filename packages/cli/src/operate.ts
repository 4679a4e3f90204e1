import { changesOf, type Operation, type Overlay, type Plan, plan } from '@prosodist/core';
import type { Context, Target } from './context.js';
import { refusal } from './refusal.js';

export type Outcomes = Plan['outcomes'];

/**
 * Does operations on a tree in memory, each on what the one before left.
 * @throws CommandError with status 3 when one is refused; its reason, place and remedy are in the message, and in JSON on stdout
 */
export function operate(context: Context, target: Target, overlay: Overlay, operations: readonly Operation[]): Outcomes {
  const outcomes: Outcomes[number][] = [];
  for (const operation of operations) {
    const planned = plan(overlay.files, target.entry, [operation], { prosody: context.prosody });
    outcomes.push(...planned.outcomes);
    if (!planned.ok) throw refusal(context, target, overlay.files, outcomes);
    overlay.apply(changesOf(planned));
  }
  return outcomes;
}
