import { holdsSecret, type Key, MASK, type TableValue, type Value } from '@prosodist/core';

const DEPTH = 4;

/**
 * A value as Lua would write it, on one line, secrets masked.
 * @param option the option that has the value; it decides what is secret
 * @param limit longest result in characters; what is longer ends with `…`
 */
export function formatValue(value: Value, option: string, limit = 400): string {
  const text = write(value, option, []);
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

function write(value: Value, option: string, path: readonly (string | number)[]): string {
  if (value.kind !== 'table' && value.kind !== 'nil' && holdsSecret(option, path)) return MASK;
  switch (value.kind) {
    case 'nil':
      return 'nil';
    case 'boolean':
    case 'number':
      return String(value.value);
    case 'string':
      return JSON.stringify(value.value);
    case 'function':
      return 'function';
    case 'unknown':
      return `unknown: ${value.reason}`;
    case 'table':
      return writeTable(value, option, path);
  }
}

function writeTable({ table }: TableValue, option: string, path: readonly (string | number)[]): string {
  if (table.entries.size === 0) return '{}';
  if (path.length >= DEPTH) return '{ … }';
  const entries = [...table.entries].map(([key, entry], index) => {
    const inner = write(entry.value, option, [...path, typeof key === 'string' || typeof key === 'number' ? key : '?']);
    return key === index + 1 ? inner : `${writeKey(key)} = ${inner}`;
  });
  return `{ ${entries.join('; ')} }`;
}

function writeKey(key: Key): string {
  if (typeof key === 'string') return /^[A-Za-z_]\w*$/.test(key) ? key : `[${JSON.stringify(key)}]`;
  return typeof key === 'object' ? '[…]' : `[${String(key)}]`;
}
