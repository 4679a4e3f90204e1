import type { FileSystem, LoadOptions } from '../evaluate/index.js';
import type { NewLink } from './change.js';
import type { Operation, Outcome, PatchContext, Step } from './operation.js';
import { addLdap2 } from './operations/add-ldap2.js';
import { enableFile } from './operations/enable-file.js';
import { ensureFile } from './operations/ensure-file.js';
import { set } from './operations/set.js';
import { Overlay, type PlannedFile } from './overlay.js';

/** Edits of many files, not yet written. */
export interface Plan {
  /** False when an operation was refused: then there is nothing to write. */
  readonly ok: boolean;
  readonly files: readonly PlannedFile[];
  readonly links: readonly NewLink[];
  readonly outcomes: readonly (Outcome & { readonly operation: Operation })[];
}

/**
 * Plans operations on a tree. Each sees the tree as those before have left it; nothing is written.
 * @example
 * const files = memoryFiles({ 'prosody.cfg.lua': 'VirtualHost "a.example"\n' });
 * plan(files, 'prosody.cfg.lua', [{ op: 'set', scope: 'global', name: 'use_ipv6', value: true }]).files[0]?.after
 * // → 'use_ipv6 = true\n\nVirtualHost "a.example"\n'
 */
export function plan(files: FileSystem, entry: string, operations: readonly Operation[], options: LoadOptions = {}): Plan {
  const overlay = new Overlay(files);
  const outcomes: Plan['outcomes'][number][] = [];
  for (const operation of operations) {
    const context: PatchContext = { files: overlay.files, configuration: overlay.load(entry, options), options };
    const { changes, ...outcome } = perform(context, operation);
    outcomes.push({ ...outcome, operation });
    if (outcome.status === 'refused') return { ok: false, files: [], links: [], outcomes };
    overlay.apply(changes);
  }
  return { ok: true, ...overlay.planned(), outcomes };
}

/** One operation against one state of the tree. */
export function perform(context: PatchContext, operation: Operation): Step {
  switch (operation.op) {
    case 'set':
      return set(context, operation);
    case 'enable.file':
      return enableFile(context, operation);
    case 'ensure.file':
      return ensureFile(context, operation);
    case 'add.ldap2':
      return addLdap2(context, operation);
  }
}
