import type { LuaStatement } from '@prosodist/core';
import type { LocalName } from './blocks.js';
import { Reader } from './reader.js';

/** The way to a value: the option, then keys and positions (from 1). */
export type ValuePath = readonly (string | number)[];

export interface Stretch {
  /** Offsets from the start of the statement. */
  readonly start: number;
  readonly end: number;
}

/** What a name or string of a statement is, as far as its text alone tells. Of a string, the stretch is its content. */
export type Atom = Stretch &
  (
    | { readonly kind: 'local'; readonly local: LocalName; readonly role: 'definition' | 'write' | 'read' }
    | { readonly kind: 'free'; readonly name: string; readonly role: 'write' | 'append' | 'call' | 'base' | 'read' }
    | { readonly kind: 'entry'; readonly name: string }
    | { readonly kind: 'key'; readonly path: ValuePath }
    | { readonly kind: 'opened'; readonly text: string; readonly component: boolean }
    | { readonly kind: 'module'; readonly text: string }
    | { readonly kind: 'include' | 'file'; readonly text: string }
    | { readonly kind: 'string'; readonly raw: string; readonly from: number; readonly text: string; readonly path: ValuePath }
  );

/** The names and strings of one statement in the order of the text, and the locals that it leaves to the statements behind it. */
export interface Atoms {
  readonly list: readonly Atom[];
  readonly declares: readonly LocalName[];
}

const known = new WeakMap<LuaStatement, Atoms>();

/** Reads a statement, once: a keystroke leaves the trees of the other statements as they are. */
export function atomsOf(node: LuaStatement): Atoms {
  let atoms = known.get(node);
  if (!atoms) {
    const reader = new Reader();
    reader.statement(node);
    atoms = { list: reader.list.sort((a, b) => a.start - b.start), declares: reader.blocks.outermost };
    known.set(node, atoms);
  }
  return atoms;
}
