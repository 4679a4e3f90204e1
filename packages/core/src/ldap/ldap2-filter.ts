import { parseFilter } from './filter.js';
import { isBalanced } from './filter-parentheses.js';
import type { FilterNode } from './filter-types.js';
import { type LdapProblem, problem } from './problem.js';

/** The login filter's own half: what it says of the name does not matter, only that it is one good item. */
const OWN_PART = 'uid=name';

/** What `checkLdap2Filter` answers; `combined` is what ldap2 sends, with a stand-in for the name. */
export type Ldap2FilterResult =
  | { readonly ok: true; readonly combined: string; readonly filter: FilterNode }
  | { readonly ok: false; readonly combined: string; readonly problem: LdapProblem };

/**
 * ldap.lib.lua's `filter.combine_and`: each part gets parentheses only if it does not begin with `(` AND does not end with `)`,
 * then all go into one `(&…)`. So `(a=b` and `a=b)` get none and break the whole.
 */
export function combineAnd(...parts: readonly string[]): string {
  return `(&${parts.map(wrap).join('')})`;
}

function wrap(part: string): string {
  return part.startsWith('(') || part.endsWith(')') ? part : `(${part})`;
}

/**
 * Whether ldap2 can log anybody in with this `user.filter`: the filter of a login is
 * `combine_and("<usernamefield>=<name>", user.filter)` (ldap.lib.lua, `_M.bind`), and libldap must take that whole.
 * This is neither stricter nor laxer than the filter alone: `(a=b)(c=d)` and a leading blank are well, `&(a=b)(c=d)` is not.
 * `ok` is libldap's verdict on the whole; places in the problem are inside `filter`.
 * A refused filter means: Traceback ldap.lib.lua:217 `LuaLDAP: Bad search filter` at every login, and no answer to the client.
 */
export function checkLdap2Filter(filter: string): Ldap2FilterResult {
  const combined = combineAnd(OWN_PART, filter);
  const whole = parseFilter(combined);
  if (whole.ok) return { ok: true, combined, filter: whole.filter };
  return { ok: false, combined, problem: ownProblem(filter, whole.problem) };
}

function ownProblem(filter: string, found: LdapProblem): LdapProblem {
  const before = combineAnd(OWN_PART, filter).lastIndexOf(filter + (wrap(filter) === filter ? ')' : '))'));
  const start = found.start - before;
  const end = found.end - before;
  const inside = filter !== '' && start >= 0 && end <= filter.length;
  const alone = parseFilter(filter);
  // An unbalanced filter moves the parentheses of the whole, so what is said of the whole would be beside the point.
  if (!alone.ok && (!inside || !isBalanced(filter))) return explainMissingWrap(filter, alone.problem);
  if (inside) return { ...found, start, end };
  return problem(
    found.message,
    Math.max(0, Math.min(start, filter.length)),
    Math.max(0, Math.min(end, filter.length)),
    found.help,
  );
}

/** ldap2 leaves a filter as it is as soon as it has one parenthesis at either end: say so where that is the cause. */
function explainMissingWrap(filter: string, own: LdapProblem): LdapProblem {
  if (filter.startsWith('(') === filter.endsWith(')')) return own;
  return { ...own, help: `${own.help} (ldap2 adds the outer parentheses only when both are missing)` };
}
