import type { Stretch } from './settings.js';

/** One token of JavaScript. A string's `text` is what is between its quotes. */
export interface ScriptToken extends Stretch {
  readonly kind: 'string' | 'name' | 'number' | 'mark';
  readonly text: string;
  /** It is the first of its line. */
  readonly first: boolean;
}

const TOKEN =
  /\/\*[\s\S]*?\*\/|\/\/.*|\s+|'((?:[^'\\\n]|\\[\s\S])*)'|"((?:[^"\\\n]|\\[\s\S])*)"|`((?:[^`\\]|\\[\s\S])*)`|([A-Za-z_$][\w$]*)|(\d[\w.]*)|([^\s\w])/y;

/**
 * The tokens of a script, comments left out; undefined where it is none. Regular expressions are taken for marks, which
 * makes no difference to what is looked for.
 */
export function scriptTokens(text: string): ScriptToken[] | undefined {
  const found: ScriptToken[] = [];
  let first = true;
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) return undefined;
    const [whole, single, double, template, name, number, mark] = match;
    const string = single ?? double ?? template;
    const kind = string !== undefined ? 'string' : name ? 'name' : number ? 'number' : mark ? 'mark' : undefined;
    if (kind) {
      // what a template string puts in, and escapes, are not worked out: such a string counts as a mark
      const plain = kind !== 'string' || (!string!.includes('\\') && !(template ?? '').includes('${'));
      found.push({ kind: plain ? kind : 'mark', text: string ?? whole, first, start: at, end: at + whole.length });
      first = false;
    } else if (whole.includes('\n')) first = true;
  }
  return found;
}
