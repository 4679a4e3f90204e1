// What the commands that change a configuration are asked for, read from the words of the command line.
import { holdsSecret, type LuaLiteral, MASK, type PatchScope, type Placement, type TablePath } from '@prosodist/core';
import type { Context } from './context.js';
import { OPTION_NAME } from './json-place.js';
import { luaValue } from './lua-value.js';
import { CommandError } from './status.js';
import { readStdin } from './stdin.js';
import { visible } from './visible.js';

/** @throws CommandError that shows the three forms */
export function scopeOf(text: string): PatchScope {
  if (text === 'global') return 'global';
  const [, kind, name] = /^(host|component):(.+)$/s.exec(text) ?? [];
  if (name !== undefined) return kind === 'host' ? { host: name } : { component: name };
  const hint = /^[^:\s]+\.[^:\s]+$/.test(text) ? ` (host:${text}?)` : '';
  throw new CommandError(visible(`\`${text}\` is no scope${hint}; a scope is global, host:NAME or component:NAME`));
}

/** @throws CommandError for what is no name of an option */
export function optionOf(text: string): string {
  if (OPTION_NAME.test(text)) return text;
  throw new CommandError(visible(`\`${text}\` is no name of an option`));
}

/**
 * The way to an entry of a table: `ssl.key`, `external_services[1].port`, `http_host["a b"]`.
 * @throws CommandError that shows the form
 */
export function pathOf(text: string): TablePath {
  const path: (string | number)[] = [];
  const step = /(?:^|\.)([A-Za-z_]\w*)|\[(\d{1,9})\]|\["([^"\\]*)"\]/y;
  while (step.lastIndex < text.length) {
    const [, name, position, key] = step.exec(text) ?? [];
    const next = name ?? key ?? (position === undefined ? undefined : Number(position));
    if (next === undefined) break;
    path.push(next);
    if (step.lastIndex === text.length && typeof path[0] === 'string' && OPTION_NAME.test(path[0])) return path;
  }
  throw new CommandError(
    visible(`\`${text}\` is no option; write its name, or the way into its table: ssl.key, external_services[1].port`),
  );
}

/**
 * A value, for an option or for an entry of its table.
 * @param text Lua; `-` reads it from standard input, so that a secret is not seen in the list of processes
 * @throws CommandError with the column of what is wrong; a secret is not repeated
 */
export async function valueOf(context: Context, text: string, path: TablePath): Promise<LuaLiteral> {
  return readValue(context, text === '-' ? (await readStdin(context.io.stdin)).replace(/\r?\n$/, '') : text, path);
}

export function readValue({ secrets }: Context, text: string, path: TablePath): LuaLiteral {
  const [option = '', ...keys] = path;
  const isSecret = !secrets.shown && holdsSecret(String(option), keys);
  secrets.learnText(`${path.findLast(step => typeof step === 'string')} = ${text}`);
  const read = luaValue(text);
  if ('value' in read) return read.value;
  const lines = text.slice(0, read.offset).split(/\r?\n/);
  const column = `column ${lines.at(-1)!.length + 1}`;
  const place = lines.length > 1 ? `line ${lines.length}, ${column}` : column;
  const problem = isSecret ? withoutQuoted(read.problem) : secrets.hide(read.problem);
  throw new CommandError(
    visible(`the value for ${shownPath(path)}, ${place}: ${problem}${remedyFor(isSecret ? MASK : secrets.hide(text), text)}`),
  );
}

/** The shell takes away the quotes that Lua needs. */
function remedyFor(shown: string, text: string): string {
  if (/["'{}[\]\n]/.test(text) || /^nil$/.test(text) || text.trim() === '') return '';
  const short = shown.length > 40 ? '…' : shown;
  return `; a text is in quotes, inside those of the shell: '"${short}"'`;
}

function withoutQuoted(problem: string): string {
  return problem.replace(/`[^`]*`/g, `\`${MASK}\``).replace(/"[^"]*"/g, `"${MASK}"`);
}

function shownPath(path: TablePath): string {
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('');
}

/** Words that may be written with the quotes of Lua or without: a name that is looked for, not a value to be set. */
function word(text: string): string {
  const read = luaValue(text);
  return 'value' in read && typeof read.value === 'string' ? read.value : text;
}

export interface PlacementOptions {
  readonly after?: string;
  readonly before?: string;
  readonly first?: boolean;
}

/** Where something new goes, if that was said. */
export function placementOf({ after, before, first }: PlacementOptions): { readonly where?: Placement } {
  if (first) return { where: 'start' };
  if (after !== undefined) return { where: { after: word(after) } };
  return before === undefined ? {} : { where: { before: word(before) } };
}

/**
 * Items, and the entry behind them if there is one: the last word is it when it is not written as a value.
 * @throws CommandError for an item that is no value
 */
export function itemsOf(
  context: Context,
  words: readonly string[],
  name: string,
): { items: LuaLiteral[]; entry: string | undefined; hint?: string } {
  const last = words.at(-1)!;
  const isEntry = words.length > 1 && !/^\s*(?:["'{[]|-?\.?\d|(?:true|false)\s*$)|\(/.test(last);
  const values = isEntry ? words.slice(0, -1) : words;
  const items = values.map(text => readValue(context, text, [name]));
  if (!isEntry) return { items, entry: undefined };
  return {
    items,
    entry: last,
    hint: `a text among the items is in quotes, inside those of the shell: '"${context.secrets.hide(last)}"'`,
  };
}

/**
 * `NAME=VALUE` of `--option`.
 * @throws CommandError that shows the form
 */
export function optionsOf(context: Context, words: readonly string[] = []): { readonly options?: Record<string, LuaLiteral> } {
  if (words.length === 0) return {};
  const options = words.map(text => {
    const [, name, value] = /^\s*([A-Za-z_]\w*)\s*=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw new CommandError('--option takes a name and a value: --option \'authentication = "token"\'');
    return [name, readValue(context, value, [name])] as const;
  });
  return { options: Object.fromEntries(options) };
}
