import { isFilterSpace } from './characters.js';

/** Calls back for each parenthesis that no backslash precedes (a backslash that is itself escaped does not count). */
function eachParenthesis(text: string, visit: (at: number, opens: boolean) => void): void {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '(') visit(at, true);
    else if (text[at] === ')') visit(at, false);
  }
}

/**
 * Which `)` closes which `(`, by offset; a `(` without one is not in the map. find_right_paren of
 * libraries/libldap/filter.c counts the same way, whatever the parentheses stand in: raw ones inside a value count too.
 */
export function matchParentheses(text: string): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  eachParenthesis(text, (at, opens) => {
    if (opens) open.push(at);
    else if (open.length > 0) closing.set(open.pop()!, at);
  });
  return closing;
}

/** Whether a text closes every `(` it opens and no other. */
export function isBalanced(text: string): boolean {
  let depth = 0;
  let good = true;
  eachParenthesis(text, (_at, opens) => {
    depth += opens ? 1 : -1;
    if (depth < 0) good = false;
  });
  return good && depth === 0;
}

/**
 * Offset of the `(` to blame when one is never closed: that of an item, when another `(` begins before the item is closed
 * (in `(&(uid=a(cn=b))` that of `uid`), otherwise the innermost of those left open. For a text where all are closed: 0.
 */
export function innermostUnclosed(text: string): number {
  const open: number[] = [];
  let interrupted = -1;
  eachParenthesis(text, (at, opens) => {
    if (!opens) {
      open.pop();
      return;
    }
    const outer = open.at(-1);
    if (interrupted < 0 && outer !== undefined && isItem(text, outer)) interrupted = outer;
    open.push(at);
  });
  return interrupted >= 0 ? interrupted : (open.at(-1) ?? 0);
}

function isItem(text: string, open: number): boolean {
  let at = open + 1;
  while (isFilterSpace(text[at])) at++;
  return !'&|!('.includes(text[at] ?? '(');
}
