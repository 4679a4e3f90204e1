import { type Json, MASK, RawNumber } from '@prosodist/core';
import { visible, widthOf } from './visible.js';

/**
 * A value of the configuration as Lua would have it written, for reading: on one line where it fits, else one entry a
 * line. What is no value (a function, something not known) is said in angle brackets.
 * @param width columns for the first line; further lines are indented by `indent` blanks
 */
export function luaText(json: Json, width: number, indent = 0): string {
  const short = oneLine(json);
  if (widthOf(short) <= width || !isTable(json)) return short;
  const pad = ' '.repeat(indent + 4);
  const rows = entriesOf(json).map(([key, item]) => {
    const head = key === null ? '' : `${key} = `;
    return `${pad}${head}${luaText(item, Math.max(20, width - 4 - head.length), indent + 4)};`;
  });
  return `{\n${rows.join('\n')}\n${' '.repeat(indent)}}`;
}

function oneLine(json: Json): string {
  if (json === null) return 'nil';
  if (json instanceof RawNumber) return json.text;
  if (json === MASK) return MASK;
  if (typeof json === 'string') return luaString(json);
  if (typeof json !== 'object') return String(json);
  if (!isTable(json)) return special(json as { readonly [key: string]: Json });
  const parts = entriesOf(json).map(([key, item]) => `${key === null ? '' : `${key} = `}${oneLine(item)}`);
  return parts.length === 0 ? '{ }' : `{ ${parts.join('; ')} }`;
}

function isTable(json: Json): boolean {
  if (json === null || typeof json !== 'object' || json instanceof RawNumber) return false;
  const type = (json as { $type?: Json }).$type;
  return type === undefined || type === 'table';
}

function entriesOf(json: Json): (readonly [string | null, Json])[] {
  if (Array.isArray(json)) return (json as readonly Json[]).map(item => [null, item] as const);
  const fields = json as { readonly [key: string]: Json };
  if (fields.$type === 'table') {
    const entries = fields.entries as readonly (readonly [Json, Json])[];
    let next = 1;
    return entries.map(([key, item]) => {
      // the list part of a mixed table needs no keys
      const position = key instanceof RawNumber && key.text === String(next);
      if (position) next += 1;
      return [position ? null : keyText(key), item] as const;
    });
  }
  return Object.entries(fields).map(([key, item]) => [keyText(key), item] as const);
}

function keyText(key: Json): string {
  return typeof key === 'string' && /^[A-Za-z_]\w*$/.test(key) ? key : `[${oneLine(key)}]`;
}

function luaString(text: string): string {
  const escaped = text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r');
  return `"${visible(escaped)}"`;
}

function special(json: { readonly [key: string]: Json }): string {
  const say = (value: Json | undefined) => visible(typeof value === 'string' ? value : oneLine(value ?? null));
  switch (json.$type) {
    case 'unknown':
      return `<not known: ${say(json.reason)}>`;
    case 'bytes':
      return `<bytes ${say(json.hex)}>`;
    case 'number':
      return `<${say(json.value)}>`;
    case 'option-proxy':
      return `<option ${say(json.option)} of ${say(json.host)}>`;
    default:
      return `<${say(json.$type)}>`;
  }
}
