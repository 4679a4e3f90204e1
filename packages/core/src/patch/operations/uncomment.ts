import { editsOnly } from '../change.js';
import { findOption, isStep, shownScope, untouchable } from '../find.js';
import { disabledOption } from '../insert.js';
import type { CommentOperation, PatchContext, Step } from '../operation.js';
import { already, changed, refused } from '../steps.js';

/**
 * Makes the statement of comment lines again that set an option: `--`, however often, goes. What stands behind it stays
 * a comment; words that only speak of the option are none.
 */
export function uncomment(context: PatchContext, { scope, name }: Omit<CommentOperation, 'op'>): Step {
  const found = findOption(context, scope, name);
  if (isStep(found)) return found;
  const at = found.settings.map(setting => setting.origin);
  if (found.option) return already(`\`${name}\` is set already`, at);
  const all = disabledOption(context, found.section.name, name);
  const certain = all.filter(({ disabled }) => !disabled.prose);
  const candidates = certain.length > 0 ? certain : all;
  const places = candidates.map(({ file, disabled: { start, end } }) => ({ file, start, end }));
  const [only] = candidates;
  if (!only) return refused('not-found', `no comment in ${shownScope(scope)} sets \`${name}\``);
  if (candidates.length > 1) return refused('ambiguous', `several comments in ${shownScope(scope)} set \`${name}\``, places);
  const refusal = untouchable(context.configuration, places[0]!, `the commented \`${name}\``);
  if (refusal) return refusal;
  return changed(`\`${name}\` uncommented`, editsOnly(only.disabled.enable.map(edit => ({ file: only.file, ...edit }))), places);
}
