import { encode } from '../text/index.js';
import type { Configuration, Option, Section } from './configuration.js';
import { generalFormat } from './operators.js';
import { type Key, type NumberValue, openReason, type TableValue, type Value } from './values.js';

/** A JSON value, written as the contract of `prosodist show --format json` says. */
export type Json = null | boolean | number | string | RawNumber | readonly Json[] | { readonly [key: string]: Json };

/** A number whose text matters: `1.0` is a float of Lua, `1` an integer. JSON.stringify would write both alike. */
export class RawNumber {
  constructor(readonly text: string) {}
}

export interface DumpOptions {
  /** Says whether the value at this place is secret and what to write for it; nothing is masked without. */
  readonly mask?: (option: string, path: readonly (string | number)[]) => boolean;
}

const MASK = '•••';

/** Tables inside each other, and values in all, beyond which nothing more of one option is written out. */
const DEEPEST = 200;
const MOST_VALUES = 200_000;

/** Where in a value the dump is: the tables around, and how much was written. */
interface Walk {
  readonly above: readonly unknown[];
  readonly written: { values: number };
}

/** The configuration of every section, by option, the way Prosody's memory holds it. Sections and options sorted by bytes. */
export function dumpSections(
  configuration: Configuration,
  options: DumpOptions = {},
): { [section: string]: { [option: string]: Json } } {
  if (configuration.errors.length > 0) return {};
  const sections = [...configuration.sections.values()].sort((a, b) => byBytes(a.name, b.name));
  return Object.fromEntries(sections.map(section => [section.name, dumpSection(section, options)]));
}

/** The entries in the order in which they were written; a JavaScript object moves those first whose key is an integer. */
function entriesOf(json: { readonly [key: string]: Json }): [string, Json][] {
  const entries = Object.entries(json);
  return entries[0] && /^\d+$/.test(entries[0][0]) ? entries.sort(([a], [b]) => byBytes(a, b)) : entries;
}

function dumpSection(section: Section, options: DumpOptions): { [option: string]: Json } {
  const entries = [...section.options].sort(([a], [b]) => byOption(a, b));
  return Object.fromEntries(entries.map(([name, option]: [string, Option]) => [name, dumpValue(option.value, options, name)]));
}

/** One value. `option` and `path` say where it stands, for masking. */
export function dumpValue(
  value: Value,
  options: DumpOptions = {},
  option = '',
  path: readonly (string | number)[] = [],
  walk: Walk = { above: [], written: { values: 0 } },
): Json {
  walk.written.values += 1 + walk.above.length / 4;
  // `secret = true` says that there is one, not what it is
  const hidden = value.kind !== 'table' && value.kind !== 'nil' && value.kind !== 'boolean';
  if (hidden && options.mask?.(option, path)) return MASK;
  switch (value.kind) {
    case 'nil':
      return null;
    case 'boolean':
      return value.value;
    case 'string':
      return dumpString(value.value);
    case 'number':
      return dumpNumber(value);
    case 'function':
      return { $type: 'function' };
    case 'unknown':
      return { $type: 'unknown', reason: value.reason };
    case 'table':
      return dumpTable(value, options, option, path, walk);
  }
}

function dumpString(text: string): Json {
  if (!/[\udc80-\udcff]/u.test(text)) return text;
  return { $type: 'bytes', hex: Array.from(encode(text), byte => byte.toString(16).padStart(2, '0')).join('') };
}

function dumpNumber({ value, float }: NumberValue): Json {
  if (!Number.isFinite(value)) return { $type: 'number', value: Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf' };
  if (!float) return new RawNumber(BigInt(value).toString());
  for (let precision = 1; precision <= 17; precision++) {
    const text = generalFormat(value, precision);
    if (Number(text) === value) return new RawNumber(/[.e]/.test(text) ? text : `${text}.0`);
  }
  return new RawNumber(String(value));
}

function dumpTable(
  value: TableValue,
  options: DumpOptions,
  option: string,
  path: readonly (string | number)[],
  { above, written }: Walk,
): Json {
  if (above.includes(value.table)) return { $type: 'cycle' };
  if (above.length >= DEEPEST || written.values > MOST_VALUES) return { $type: 'unknown', reason: 'more than can be shown' };
  if (value.proxy) return { $type: 'option-proxy', host: value.proxy.host, option: value.proxy.option };
  const open = openReason(value);
  if (open) return { $type: 'unknown', reason: open };
  const inner = (key: Key, entry: Value) =>
    dumpValue(entry, options, option, [...path, typeof key === 'string' || typeof key === 'number' ? key : '?'], {
      above: [...above, value.table],
      written,
    });
  const entries = [...value.table.entries].sort(([a], [b]) => byKey(a, b));
  if (entries.length === 0) return [];
  if (entries.every(([key], index) => key === index + 1)) return entries.map(([key, entry]) => inner(key, entry.value));
  if (entries.every(([key]) => typeof key === 'string' && key !== '$type' && !/[\udc80-\udcff]/u.test(key))) {
    return Object.fromEntries(entries.map(([key, entry]) => [key as string, inner(key, entry.value)]));
  }
  return { $type: 'table', entries: entries.map(([key, entry]) => [dumpKey(key, inner), inner(key, entry.value)]) };
}

function dumpKey(key: Key, inner: (key: Key, value: Value) => Json): Json {
  if (typeof key === 'string') return dumpString(key);
  if (typeof key === 'number') return dumpNumber({ kind: 'number', value: key, float: !Number.isInteger(key), origin: null });
  if (typeof key === 'boolean') return key;
  return 'entries' in key ? inner(key, { kind: 'table', table: key, origin: null }) : { $type: 'function' };
}

/** JSON text; `indent` as in JSON.stringify. */
export function toJson(json: Json, indent = 0, depth = 0): string {
  if (json instanceof RawNumber) return json.text;
  if (json === null || typeof json !== 'object') return JSON.stringify(json);
  const list = Array.isArray(json);
  const parts = list
    ? (json as readonly Json[]).map(item => toJson(item, indent, depth + 1))
    : entriesOf(json as { [key: string]: Json }).map(
        ([key, item]) => `${JSON.stringify(key)}:${indent ? ' ' : ''}${toJson(item, indent, depth + 1)}`,
      );
  const [open, close] = list ? '[]' : '{}';
  if (parts.length === 0) return `${open}${close}`;
  if (!indent) return `${open}${parts.join(',')}${close}`;
  const pad = ' '.repeat(indent * (depth + 1));
  return `${open}\n${pad}${parts.join(`,\n${pad}`)}\n${' '.repeat(indent * depth)}${close}`;
}

/** Options that a trailing table set without a name are called by their key: numbers first, what is no string last. */
function byOption(a: string, b: string): number {
  const [x, y] = [a, b].map(name => /^\$\[(.*)\]$/s.exec(name)?.[1]);
  const kind = (key: string | undefined) => (key === undefined ? 1 : Number.isNaN(Number(key)) ? 2 : 0);
  if (kind(x) !== kind(y)) return kind(x) - kind(y);
  return kind(x) === 0 ? Number(x) - Number(y) : byBytes(a, b);
}

function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const KINDS = ['number', 'string', 'boolean', 'function', 'table'];

function byKey(a: Key, b: Key): number {
  const kind = (key: Key) => KINDS.indexOf(typeof key === 'object' ? ('entries' in key ? 'table' : 'function') : typeof key);
  if (kind(a) !== kind(b)) return kind(a) - kind(b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return typeof a === 'string' && typeof b === 'string' ? byBytes(a, b) : 0;
}
