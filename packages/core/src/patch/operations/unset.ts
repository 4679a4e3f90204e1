import type { Setting } from '../../evaluate/index.js';
import { editsOnly, type FileEdit } from '../change.js';
import { compose } from '../compose.js';
import { brokenFile, documentOf, findOption, isStep, sharedStatement, shownScope, untouchable } from '../find.js';
import { statementOf, tableAt } from '../nodes.js';
import type { PatchContext, RemovalMode, Step, UnsetOperation } from '../operation.js';
import { commentStatement, removeStatement } from '../statement.js';
import { already, changed, refused } from '../steps.js';
import { commentEntry, removeEntry } from '../table.js';

/**
 * Takes an option out of a section: every statement that sets it there, with the comments that are its own; or makes
 * comments of these statements.
 */
export function unset(context: PatchContext, operation: Omit<UnsetOperation, 'op'>): Step {
  const { scope, name, mode = 'delete' } = operation;
  const found = findOption(context, scope, name);
  if (isStep(found)) return found;
  if (found.settings.length === 0) return already(`\`${name}\` is not set in ${shownScope(scope)}`);
  const done = compose(
    context,
    found.settings.map(() => current => {
      const again = findOption(current, scope, name);
      if (isStep(again)) return again;
      const last = again.settings.at(-1);
      // one statement of a file that is read twice makes two settings
      return last ? takeAway(current, last, mode) : already(`\`${name}\` is gone`);
    }),
  );
  if (done.status !== 'changed') return done;
  const why = `\`${name}\` ${mode === 'delete' ? 'removed from' : 'made a comment in'} ${shownScope(scope)}`;
  return changed(
    why,
    done.changes,
    found.settings.map(setting => setting.origin),
  );
}

function takeAway({ configuration }: PatchContext, setting: Setting, mode: RemovalMode): Step {
  const { origin, name } = setting;
  const refusal =
    sharedStatement(configuration, setting) ??
    (mode === 'comment' ? untouchable(configuration, origin, `\`${name}\``) : brokenFile(configuration, origin.file));
  if (refusal) return refusal;
  const document = documentOf(configuration, origin);
  const inFile = (edits: readonly Omit<FileEdit, 'file'>[]) =>
    changed(`\`${name}\` taken away`, editsOnly(edits.map(edit => ({ file: origin.file, ...edit }))), [origin]);
  if (setting.form !== 'entry') {
    const statement = statementOf(document, origin)!;
    return inFile(mode === 'delete' ? [removeStatement(document, statement)] : commentStatement(document, statement));
  }
  const opening = configuration.openings.find(
    ({ table }) => table && table.file === origin.file && table.start <= origin.start && origin.end <= table.end,
  );
  const table = opening?.table && tableAt(document, opening.table);
  const index = table ? table.entries.findIndex(entry => entry.start === origin.start && entry.end === origin.end) : -1;
  if (!table || index < 0) return refused('computed-value', `\`${name}\` comes from a table that code has made`, [origin]);
  return inFile(mode === 'delete' ? removeEntry(table, index) : commentEntry(table, index));
}
