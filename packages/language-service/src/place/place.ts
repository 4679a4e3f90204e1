import { GLOBAL, readString, type Token } from '@prosodist/core';
import { placesIn } from '../names/places.js';
import type { TreeFile } from '../tree.js';
import { surroundings } from './tokens.js';

/** What could be written at a place of a text, whether the text is Lua yet or not. */
export interface Place {
  /**
   * `entry`: an option or statement at the top (`path` is empty), a key or list entry in a table; `value`: the value of `path`;
   * `argument`: of a call.
   */
  readonly role: 'entry' | 'value' | 'argument';
  /** The way from the option on; `[]` stands for an entry of a list. */
  readonly path: readonly string[];
  readonly call?: { readonly name: string; readonly index: number; readonly first: string | undefined };
  /** The section that is open. */
  readonly scope: string;
  /** Whether the place is inside braces. */
  readonly braces: boolean;
  /** Offsets of the name that is being written, or of the cursor. */
  readonly start: number;
  readonly end: number;
  /** The string that the cursor is in. */
  readonly literal: Token | null;
  /** Strings that stand as entries in the same table, before and behind. */
  readonly listed: readonly string[];
  /** Keys that the same table has already. */
  readonly keys: readonly string[];
  /** The separator that the table uses. */
  readonly separator: ';' | ',';
  /** The offset behind the entry before, where a separator is missing. */
  readonly unseparated: number | null;
  /** Whether an entry follows at once, so that a separator has to come in between. */
  readonly followed: boolean;
  /** The symbol that follows. */
  readonly next: string;
}

/**
 * What could be written at an offset of a file.
 * @param offset UTF-16 code units from 0
 * @returns undefined in comments and numbers, and where nothing of a configuration's own can stand
 */
export function placeAt(file: TreeFile, offset: number): Place | undefined {
  const found = surroundings(file.document, offset);
  return found && new Reader(file, offset, found.left, found.current, found.right).place();
}

const CALLS = new Set(['VirtualHost', 'Host', 'Component', 'Include', 'FileContents', 'FileLine', 'FileLines', 'Credential']);
const OPENING = new Set(['VirtualHost', 'Host', 'Component']);
/** Words behind which a statement may begin on the same line. */
const BLOCKS = new Set(['do', 'then', 'else', 'repeat', ';']);
/** Words that want something behind them on the next line. */
const GOES_ON =
  /^(?:[-+*/%^#&~|<>=(,:.[{]|\.\.|==|~=|<=|>=|<<|>>|\/\/|and|or|not|return|local|function|for|in|if|elseif|while|until|goto)$/;

class Reader {
  constructor(
    private readonly file: TreeFile,
    private readonly offset: number,
    private readonly left: readonly Token[],
    private readonly current: Token | null,
    private readonly right: readonly Token[],
  ) {}

  place(): Place | undefined {
    const last = this.left.length - 1;
    const before = this.word(last);
    if (['.', ':', '::', '..'].includes(before)) return undefined;
    const open = this.opener(last);
    if (open >= 0 && this.word(open) === '(') return this.inCall(open);
    return open >= 0 ? this.inTable(open) : this.atTop();
  }

  private inCall(open: number): Place | undefined {
    const name = this.word(open - 1);
    const before = this.word(this.left.length - 1);
    if (!CALLS.has(name) || (before !== '(' && before !== ',')) return undefined;
    let index = 0;
    for (let at = open + 1; at < this.left.length; at++) if (this.word(at) === ',') index += 1;
    return this.make('argument', [], { call: { name, index, first: this.string(open + 1) } });
  }

  private inTable(open: number): Place | undefined {
    const path = this.pathOf(open);
    if (!path) return undefined;
    const last = this.left.length - 1;
    const before = this.word(last);
    if (before === '=') {
      const key = this.keyBefore(last);
      return key === undefined ? undefined : this.make('value', [...path, key], { open });
    }
    const key = before === '[' && this.current?.kind === 'string';
    if (key || before === '{' || before === ',' || before === ';') return this.make('entry', path, { open });
    return this.isValue(last) ? this.make('entry', path, { open, unseparated: true }) : undefined;
  }

  private atTop(): Place | undefined {
    const last = this.left.length - 1;
    const token = this.left[last];
    const word = this.word(last);
    if (word === '=') {
      const key = this.keyBefore(last);
      return key === undefined || this.word(last - 2) === '.' ? undefined : this.make('value', [key]);
    }
    const sameLine = token !== undefined && !this.breakBetween(token.end, this.current?.start ?? this.offset);
    const inString = this.current?.kind === 'string';
    if (CALLS.has(word) && token?.kind === 'name' && (sameLine || inString))
      return this.make('argument', [], { call: { name: word, index: 0, first: undefined } });
    if (word !== '' && token?.kind === 'string' && this.word(last - 1) === 'Component' && (sameLine || inString))
      return this.make('argument', [], { call: { name: 'Component', index: 1, first: this.string(last) } });
    if (inString || (GOES_ON.test(word) && token?.kind !== 'string')) return undefined;
    if (sameLine && !BLOCKS.has(word)) return undefined;
    return this.make('entry', []);
  }

  private make(
    role: Place['role'],
    path: readonly string[],
    { open = -1, unseparated = false, call }: { open?: number; unseparated?: boolean; call?: Place['call'] } = {},
  ): Place {
    const { current, offset } = this;
    const named = current && current.kind !== 'string' ? current : null;
    const end = named?.end ?? offset;
    const next = this.right[0];
    const symbol = next ? this.text(next) : '';
    const braces = open >= 0;
    const entries = braces ? this.entries(open) : { listed: [], keys: [], separator: undefined };
    return {
      role,
      path,
      ...(call ? { call } : {}),
      scope: this.scope,
      braces,
      start: named?.start ?? offset,
      end,
      literal: current?.kind === 'string' ? current : null,
      listed: entries.listed,
      keys: entries.keys,
      separator: entries.separator ?? ';',
      unseparated: unseparated ? this.left.at(-1)!.end : null,
      followed: braces && next !== undefined && !'},;=]'.includes(symbol[0]!),
      next: next && !this.breakBetween(end, next.start) ? symbol : '',
    };
  }

  /** Index of the brace or parenthesis that is open at the end of the left side; -1 where none is. */
  private opener(last: number): number {
    let depth = 0;
    for (let at = last; at >= 0; at--) {
      const word = this.word(at);
      if (word === '}' || word === ')') depth += 1;
      else if (word === '{' || word === '(') {
        if (depth === 0) return at;
        depth -= 1;
      }
    }
    return -1;
  }

  /** The way to the table that begins at a brace: nothing for the table behind `VirtualHost "x"`; undefined for other tables. */
  private pathOf(open: number): readonly string[] | undefined {
    const word = this.word(open - 1);
    const token = this.left[open - 1];
    const above = this.opener(open - 1);
    if (above >= 0 && this.word(above) === '(') return this.opened(open - 1) ? [] : this.appended(above - 1);
    const outer = above >= 0 ? this.pathOf(above) : [];
    if (!outer) return undefined;
    if (word === '=') {
      const key = this.keyBefore(open - 1);
      const plain = key !== undefined && !['local', '.'].includes(this.word(open - 3));
      return plain ? [...outer, key] : undefined;
    }
    if (above >= 0) return word === '{' || word === ',' || word === ';' || this.isValue(open - 1) ? [...outer, '[]'] : undefined;
    if (this.opened(open - 1)) return [];
    if (word === '+' && this.left[open - 2]?.kind === 'name') return [this.word(open - 2)];
    return token?.kind === 'name' ? this.appended(open - 1) : undefined;
  }

  /** 13.0's ways to append: `modules_enabled:append { … }`, `modules_enabled { … }`. */
  private appended(at: number): readonly string[] | undefined {
    if (this.left[at]?.kind !== 'name' || CALLS.has(this.word(at))) return undefined;
    if (this.word(at) === 'append' && this.word(at - 1) === ':') return [this.word(at - 2)];
    return this.word(at - 1) === '.' || this.word(at - 1) === ':' ? undefined : [this.word(at)];
  }

  /** Whether `VirtualHost "x"`, `Component "x" "y"` or the same in parentheses ends here. */
  private opened(at: number): boolean {
    return this.hostBefore(at) !== undefined;
  }

  private hostBefore(at: number): string | undefined {
    let first = this.word(at) === ')' ? at - 1 : at;
    while (this.left[first]?.kind === 'string' || this.word(first) === ',') first -= 1;
    if (this.word(first) === '(') first -= 1;
    const name = this.left.slice(first + 1, at + 1).find(token => token.kind === 'string' && !token.flaw);
    return OPENING.has(this.word(first)) && name ? this.valueOf(name) : undefined;
  }

  /** The section: of the table behind an opening, else that of the last opening above. */
  private get scope(): string {
    for (let open = this.opener(this.left.length - 1); open >= 0; open = this.opener(open - 1)) {
      const host = this.word(open) === '{' ? this.hostBefore(open - 1) : undefined;
      if (host !== undefined) return host.toLowerCase();
    }
    const { openings } = placesIn(this.file.configuration, this.file.path);
    const opening = openings.findLast(({ origin }) => origin.start < this.offset);
    return !opening || (opening.table && opening.origin.end <= this.offset) ? GLOBAL : opening.scope;
  }

  /** What the table around the cursor has: strings of its list, keys, the separator in use. */
  private entries(open: number) {
    const listed: string[] = [];
    const keys: string[] = [];
    let separator: ';' | ',' | undefined;
    let depth = 0;
    const all = [...this.left.slice(open + 1), ...this.right];
    for (const [index, token] of all.entries()) {
      const word = this.text(token);
      if (word === '}' || word === ')') depth -= 1;
      if (depth < 0) break;
      if (depth === 0) {
        const next = all[index + 1];
        const assigned = next !== undefined && this.text(next) === '=';
        if (word === ',' || word === ';') separator ??= word;
        else if (token.kind === 'string' && !token.flaw) {
          const before = all[index - 1];
          if (before && this.text(before) === '[') keys.push(this.valueOf(token));
          else if (!before || this.text(before) !== '=') listed.push(this.valueOf(token));
        } else if (token.kind === 'name' && assigned) keys.push(word);
      }
      if (word === '{' || word === '(') depth += 1;
    }
    return { listed, keys, separator };
  }

  /** The key before an `=`: a name, or a string in brackets. */
  private keyBefore(equals: number): string | undefined {
    const token = this.left[equals - 1];
    if (token?.kind === 'name') return this.text(token);
    const quoted = this.left[equals - 2];
    return this.word(equals - 1) === ']' && quoted?.kind === 'string' ? this.valueOf(quoted) : undefined;
  }

  private isValue(at: number): boolean {
    const token = this.left[at];
    if (!token) return false;
    return token.kind === 'string' || token.kind === 'number' || ['}', ')', 'true', 'false', 'nil'].includes(this.text(token));
  }

  private string(at: number): string | undefined {
    const token = this.left[at];
    return token?.kind === 'string' && !token.flaw ? this.valueOf(token) : undefined;
  }

  private word(at: number): string {
    const token = this.left[at];
    return token && token.kind !== 'string' ? this.text(token) : token ? '"' : '';
  }

  private valueOf(token: Token): string {
    return readString(this.text(token)).value;
  }

  private text({ start, end }: Token): string {
    return this.file.document.text.slice(start, end);
  }

  private breakBetween(start: number, end: number): boolean {
    return /[\r\n]/.test(this.file.document.text.slice(start, end));
  }
}
