import { findOption, isStep, shownScope } from '../find.js';
import { disabledOption } from '../insert.js';
import type { CommentOperation, PatchContext, Step } from '../operation.js';
import { already, refused } from '../steps.js';
import { unset } from './unset.js';

/** Makes comment lines of the statement that sets an option, its inner comments included. */
export function comment(context: PatchContext, { scope, name }: Omit<CommentOperation, 'op'>): Step {
  const found = findOption(context, scope, name);
  if (isStep(found)) return found;
  if (found.settings.length > 0) return unset(context, { scope, name, mode: 'comment' });
  const commented = disabledOption(context, found.section.name, name).filter(({ disabled }) => !disabled.prose);
  if (commented.length === 0) return refused('not-found', `\`${name}\` is not set in ${shownScope(scope)}`);
  return already(
    `\`${name}\` is a comment already`,
    commented.map(({ file, disabled: { start, end } }) => ({ file, start, end })),
  );
}
