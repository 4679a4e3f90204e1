import type { Node } from '../../syntax/index.js';

/** A function of what a statement says, found once for each: after an edit most statements are the same ones. */
export function ofNode<Statement extends Node, Fact>(find: (node: Statement) => Fact): (node: Statement) => Fact {
  const known = new WeakMap<Statement, Fact>();
  return node => {
    if (!known.has(node)) known.set(node, find(node));
    return known.get(node) as Fact;
  };
}
