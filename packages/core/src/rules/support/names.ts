import { type Document, tokens } from '../../syntax/index.js';

/** Where a name stands as a variable: not as a key of a table, nor as a field. */
export interface NameUse {
  readonly start: number;
  readonly end: number;
  /** `name =` */
  readonly assigned: boolean;
}

interface Names {
  readonly locals: ReadonlySet<string>;
  readonly uses: ReadonlyMap<string, readonly NameUse[]>;
}

const known = new WeakMap<Document, Names>();

function namesOf(document: Document): Names {
  const names = known.get(document) ?? collect(document);
  known.set(document, names);
  return names;
}

/** Whether a file has a local variable, parameter or loop variable of this name anywhere. */
export function hasLocal(document: Document, name: string): boolean {
  return namesOf(document).locals.has(name);
}

/** Where a name is used as a variable, in order. */
export function usesOf(document: Document, name: string): readonly NameUse[] {
  return namesOf(document).uses.get(name) ?? [];
}

/** What ends the names behind `local`, `for` and `function`. */
const DECLARES: Readonly<Record<string, RegExp>> = { local: /^[^\w,<]/, for: /^(?:=|in)$/, function: /^\)$/ };

function collect({ text }: Document): Names {
  const locals = new Set<string>();
  const uses = new Map<string, NameUse[]>();
  const all = tokens(text).filter(({ kind }) => kind !== 'comment');
  const words = all.map(({ start, end, kind }) => (kind === 'string' ? '""' : text.slice(start, end)));
  let declares: RegExp | undefined;
  let braces = 0;
  for (const [index, { kind, start, end }] of all.entries()) {
    const word = words[index]!;
    if (word === '{') braces += 1;
    if (word === '}') braces = Math.max(0, braces - 1);
    if (kind === 'keyword' && Object.hasOwn(DECLARES, word)) declares = DECLARES[word];
    else if (declares?.test(word) || (kind === 'keyword' && declares)) declares = undefined;
    if (kind !== 'name') continue;
    const before = words[index - 1] ?? '';
    // `local a` may have no value: the next name belongs to the next statement
    if (declares && all[index - 1]?.kind === 'name') declares = undefined;
    if (declares) locals.add(word);
    const assigned = words[index + 1] === '=';
    const isKey = braces > 0 && assigned && /^[{,;]$/.test(before);
    if (before === '.' || before === ':' || isKey) continue;
    const list = uses.get(word) ?? [];
    uses.set(word, list);
    list.push({ start, end, assigned });
  }
  return { locals, uses };
}
