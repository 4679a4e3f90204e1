/** A value that an operation can be given: what JSON has, without null. Lists are arrays, tables with names objects. */
export type LuaLiteral = string | number | boolean | readonly LuaLiteral[] | { readonly [key: string]: LuaLiteral };

/**
 * Writes a value as Lua source that reads back as the same value.
 * @param quote the quote to use for strings; the siblings' one is a good choice
 * @throws RangeError for a number that Lua has no literal for (NaN, infinity)
 * @example literal({ ssl: ['a', 1] }) // → '{ ssl = { "a"; 1 } }'
 */
export function literal(value: LuaLiteral, quote: '"' | "'" = '"'): string {
  if (typeof value === 'string') return quoted(value, quote);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${value} has no literal in Lua`);
    return String(value);
  }
  const parts = Array.isArray(value)
    ? (value as readonly LuaLiteral[]).map(item => literal(item, quote))
    : Object.entries(value).map(([key, item]) => `${tableKey(key, quote)} = ${literal(item, quote)}`);
  return parts.length === 0 ? '{ }' : `{ ${parts.join('; ')} }`;
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

function tableKey(key: string, quote: '"' | "'"): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !RESERVED.has(key) ? key : `[${quoted(key, quote)}]`;
}

const RESERVED = new Set(
  'and break do else elseif end false for function goto if in local nil not or repeat return then true until while'.split(' '),
);
