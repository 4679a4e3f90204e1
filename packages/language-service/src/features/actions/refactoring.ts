import { type Changes, changesOf, type Operation, plan } from '@prosodist/core';
import type { FileSection } from '../../sections.js';
import type { Tree, TreeFile } from '../../tree.js';

/** Where an action is asked for. */
export interface Spot {
  readonly tree: Tree;
  readonly file: TreeFile;
  /** UTF-16 code units from 0. */
  readonly offset: number;
  readonly section: FileSection;
}

/** One way to change the configuration that is offered at a place. */
export interface Offer {
  readonly title: string;
  /** What it is done with, as it goes to the client and comes back. */
  readonly argument: string;
}

/** Changes, or why there are none, in a sentence for people. */
export type Made = Changes | { readonly problem: string };

/** A kind of action: looked for at every move of the cursor, so without planning; made when it is chosen. */
export interface Refactoring {
  readonly id: string;
  readonly kind: string;
  offers(spot: Spot): Offer[];
  make(tree: Tree, argument: string): Made;
}

const plans = new WeakMap<Tree, Map<string, Made>>();

/** The changes of operations, planned once a tree: editors without lazy actions ask again with every move of the cursor. */
export function planned(tree: Tree, operations: readonly Operation[]): Made {
  const known = plans.get(tree) ?? new Map<string, Made>();
  plans.set(tree, known);
  const key = JSON.stringify(operations);
  const made = known.get(key) ?? make(tree, operations);
  known.set(key, made);
  return made;
}

function make(tree: Tree, operations: readonly Operation[]): Made {
  const result = plan(tree.files, tree.entry, operations, tree.options);
  const refusal = result.outcomes.find(({ status }) => status === 'refused');
  if (refusal) return { problem: refusal.why };
  if (result.outcomes.every(({ status }) => status === 'already'))
    return { problem: result.outcomes[0]?.why ?? 'nothing is to be done' };
  return changesOf(result);
}
