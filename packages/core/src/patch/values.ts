import { isSecret } from '../catalog/index.js';
import { type Configuration, openReason, type Value } from '../evaluate/index.js';
import { type LuaLiteral, literal, rawSource } from './literal.js';

/** Whether a value is what the literal would read as. */
export function equals(value: Value, wanted: LuaLiteral): boolean {
  if (value.kind === 'string' || value.kind === 'boolean' || value.kind === 'number') return value.value === wanted;
  if (value.kind !== 'table' || typeof wanted !== 'object' || openReason(value)) return false;
  const entries = Array.isArray(wanted) ? wanted.map((item, index) => [index + 1, item] as const) : Object.entries(wanted);
  return (
    value.table.entries.size === entries.length &&
    entries.every(([key, item]) => {
      const entry = value.table.entries.get(key);
      return entry !== undefined && equals(entry.value, item as LuaLiteral);
    })
  );
}

/** The same, and for raw Lua whether the source is it already. */
export function holds({ documents }: Configuration, value: Value, wanted: LuaLiteral, origin = value.origin): boolean {
  const raw = rawSource(wanted);
  if (raw === undefined) return equals(value, wanted);
  return origin !== null && documents.get(origin.file)?.text.slice(origin.start, origin.end) === raw;
}

/** A value as messages show it: nothing secret, and on one line. */
export function shownValue(value: LuaLiteral, name: string, path: readonly (string | number)[] = []): string {
  if (isSecret(name, path) || holdsSecret(value, name)) return '•••';
  if (rawSource(value) !== undefined) return 'the given expression';
  const text = literal(value);
  return text.length > 80 ? 'the given value' : text;
}

function holdsSecret(value: LuaLiteral, name: string): boolean {
  if (typeof value !== 'object') return false;
  return Object.entries(value).some(([key, item]) => isSecret(name, [key]) || holdsSecret(item as LuaLiteral, name));
}
