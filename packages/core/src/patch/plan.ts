import type { Configuration, FileSystem, LoadOptions } from '../evaluate/index.js';
import { isEmpty, type NewLink } from './change.js';
import { insideControl } from './insert.js';
import { sideEffect } from './intent.js';
import type { Operation, Outcome, PatchContext, Step } from './operation.js';
import { perform } from './operations/index.js';
import { Overlay, type PlannedFile } from './overlay.js';
import { refused } from './steps.js';

export { perform } from './operations/index.js';

/** Edits of many files, not yet written. */
export interface Plan {
  /** False when an operation was refused: then there is nothing to write. */
  readonly ok: boolean;
  readonly files: readonly PlannedFile[];
  readonly links: readonly NewLink[];
  /** Links and files that go. */
  readonly removes: readonly string[];
  /** One for each operation, in their order. */
  readonly outcomes: readonly (Outcome & { readonly operation: Operation })[];
}

/**
 * Plans operations on a tree. Each sees the tree as those before have left it; nothing is written. An operation is held
 * against what Prosody would then read: one that would break a file, change something that it was not asked to, or not
 * come to what it was asked for, is refused. Those behind it are still tried, on the tree without it, so that all refusals are
 * told at once.
 * @example
 * const files = memoryFiles({ 'prosody.cfg.lua': 'VirtualHost "a.example"\n' });
 * plan(files, 'prosody.cfg.lua', [{ op: 'set', scope: 'global', name: 'use_ipv6', value: true }]).files[0]?.after
 * // → 'use_ipv6 = true\n\nVirtualHost "a.example"\n'
 */
export function plan(files: FileSystem, entry: string, operations: readonly Operation[], options: LoadOptions = {}): Plan {
  const overlay = new Overlay(files);
  const outcomes: Plan['outcomes'][number][] = [];
  let configuration = overlay.load(entry, options);
  for (const operation of operations) {
    const context: PatchContext = { files: overlay.files, configuration, options };
    let step = perform(context, operation);
    const masked = operation.op === 'rename.host' ? undefined : decidedElsewhere(configuration, step);
    if (masked) step = masked;
    if (!isEmpty(step.changes)) {
      const takeBack = overlay.mark();
      overlay.apply(step.changes);
      const after = overlay.load(entry, options);
      const refusal =
        breaks(configuration, after) ??
        sideEffect(operation, configuration, after) ??
        missed({ ...context, files: overlay.files, configuration: after }, operation);
      if (refusal) takeBack();
      step = refusal ?? step;
      configuration = refusal ? overlay.load(entry, options) : after;
    }
    const { changes: _, ...outcome } = step;
    // a refusal is about a place: where nothing is, about the file that it is missing in
    const at = outcome.status === 'refused' && outcome.at.length === 0 ? [{ file: entry, start: 0, end: 0 }] : outcome.at;
    outcomes.push({ ...outcome, at, operation });
  }
  if (outcomes.some(({ status }) => status === 'refused')) return { ok: false, files: [], links: [], removes: [], outcomes };
  return { ok: true, ...overlay.planned(), outcomes };
}

/** A refusal where the place of an edit is one that a template may leave out. */
function decidedElsewhere({ documents }: Configuration, { changes }: Step): Step | undefined {
  for (const edit of changes.edits) {
    const document = documents.get(edit.file);
    const refusal = document && insideControl(document, edit.file, edit);
    if (refusal) return refusal;
  }
  return undefined;
}

/** A file that was Lua has to stay so. */
function breaks(before: Configuration, after: Configuration): Step | null {
  for (const [file, document] of after.documents) {
    const old = before.documents.get(file);
    const problem = document === old ? undefined : document.problems[0];
    if (problem && document.problems.length > (old?.problems.length ?? 0))
      return refused('parse-error', `${file} would not be Lua any more: ${problem.message}`, [
        { file, start: problem.start, end: problem.start },
      ]);
  }
  return null;
}

/** Done once more, an operation finds nothing to do; otherwise something else decides about what it changed. */
function missed(context: PatchContext, operation: Operation): Step | null {
  const again = perform(context, operation);
  if (again.status === 'already') return null;
  const why = again.status === 'refused' ? again.why : 'something else that the configuration does takes it back';
  return refused('dynamic', `it would not come to what is asked for: ${why}`, again.at);
}
