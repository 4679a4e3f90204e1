import { parse } from '../syntax/index.js';

/**
 * A value that an operation can be given: what JSON has, without null. Lists are arrays, tables with names objects; an
 * object with nothing but a text called `raw` is an expression of Lua: `{ raw: 'Credential("ldap")' }`.
 */
export type LuaLiteral = string | number | boolean | readonly LuaLiteral[] | { readonly [key: string]: LuaLiteral };

/** How a text writes its values. */
export interface LiteralStyle {
  readonly quote: '"' | "'";
  readonly separator: ';' | ',';
  /** How a table that is too long for one line gets lines of its own; without it, it stays on one. */
  readonly lines?: { readonly indent: string; readonly step: string; readonly eol: string };
}

/** A table that is longer than this on one line gets several, where it may. */
const LONGEST = 90;

const USUAL: LiteralStyle = { quote: '"', separator: ';' };

/**
 * Writes a value as Lua source that reads back as the same value.
 * @param style the quote to use for strings, or more of the siblings' style
 * @throws RangeError for a number that Lua has no literal for (NaN, infinity)
 * @example literal({ ssl: ['a', 1] }) // → '{ ssl = { "a"; 1 } }'
 */
export function literal(value: LuaLiteral, style: '"' | "'" | LiteralStyle = '"'): string {
  const { quote, separator, lines }: LiteralStyle = typeof style === 'string' ? { ...USUAL, quote: style } : style;
  if (typeof value === 'string') return quoted(value, quote);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${value} has no literal in Lua`);
    return Object.is(value, -0) ? '-0.0' : String(value);
  }
  const raw = rawSource(value);
  if (raw !== undefined) return raw;
  const write = (inner: LiteralStyle) =>
    Array.isArray(value)
      ? (value as readonly LuaLiteral[]).map(item => literal(item, inner))
      : Object.entries(value).map(([key, item]) => `${tableKey(key, quote)} = ${literal(item, inner)}`);
  const parts = write({ quote, separator });
  const flat = parts.length === 0 ? '{ }' : `{ ${parts.join(`${separator} `)} }`;
  if (!lines || flat.length <= LONGEST) return flat;
  const { indent, step, eol } = lines;
  const inner = indent + step;
  const long = write({ quote, separator, lines: { indent: inner, step, eol } });
  return `{${eol}${long.map(part => inner + part + separator + eol).join('')}${indent}}`;
}

/** The source of an expression given as `{ raw }`. */
export function rawSource(value: LuaLiteral): string | undefined {
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  const { raw, ...rest } = value as { readonly [key: string]: LuaLiteral };
  return typeof raw === 'string' && Object.keys(rest).length === 0 ? raw.trim() : undefined;
}

/** What is wrong with a value, if Lua has no way to write it. */
export function flawOf(value: LuaLiteral): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${value} has no literal in Lua`;
  if (typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value !== 'object' || value === null) return 'there is no literal in Lua for it';
  const raw = rawSource(value);
  if (raw !== undefined) return isExpression(raw) ? undefined : 'the raw text is not one expression of Lua';
  for (const item of Array.isArray(value) ? value : Object.values(value)) {
    const flaw = flawOf(item);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

/** A comment at its end would swallow what follows, and a second statement is none of a value. */
function isExpression(source: string): boolean {
  const { statements, problems, comments } = parse(`x = ${source}`);
  const node = statements[0]?.node;
  return (
    problems.length === 0 &&
    comments.length === 0 &&
    statements.length === 1 &&
    node?.type === 'AssignmentStatement' &&
    node.init.length === 1 &&
    node.variables.length === 1
  );
}

/** A string literal in quotes. Bytes that are not text (lone surrogates of `decode`) are written as they came. */
export function quoted(text: string, quote: '"' | "'" = '"'): string {
  const body = text.replace(/[\\\x00-\x1f\x7f"']/g, unit => {
    if (unit === '\\') return '\\\\';
    if (unit === '"' || unit === "'") return unit === quote ? `\\${unit}` : unit;
    return (
      ({ '\n': '\\n', '\r': '\\r', '\t': '\\t' } as Record<string, string>)[unit] ??
      `\\${String(unit.charCodeAt(0)).padStart(3, '0')}`
    );
  });
  return quote + body + quote;
}

/** A key of a table as it is written before `=`. */
export function tableKey(key: string, quote: '"' | "'"): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !RESERVED.has(key) ? key : `[${quoted(key, quote)}]`;
}

const RESERVED = new Set(
  'and break do else elseif end false for function goto if in local nil not or repeat return then true until while'.split(' '),
);
