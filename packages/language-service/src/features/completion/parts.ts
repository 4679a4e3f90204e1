import type { OptionInfo } from '@prosodist/core';
import { quote } from './item.js';

/** A piece of what is written: fixed, or a hole that the person fills in. */
export type Part = string | { readonly hole: string; readonly choices?: readonly string[] };

/** Writes parts for an editor: with holes as the snippets of the protocol have them, or as plain text. */
export function render(parts: readonly Part[], snippets: boolean): string {
  let number = 0;
  return parts
    .map(part => {
      if (!snippets) return typeof part === 'string' ? part : part.hole;
      if (typeof part === 'string') return part.replace(/[\\$]/g, '\\$&');
      number += 1;
      const { hole, choices } = part;
      if (!choices || choices.length < 2) return `\${${number}:${hole.replace(/[\\$}]/g, '\\$&')}}`;
      const others = choices.filter(choice => choice !== hole);
      return `\${${number}|${[hole, ...others].map(choice => choice.replace(/[\\,|$}]/g, '\\$&')).join(',')}|}`;
    })
    .join('');
}

const BOOLEANS = ['true', 'false'];

/** What is written as the value of an option that is new: its default, as something to change. */
export function valueParts(info: Pick<OptionInfo, 'name' | 'type' | 'values' | 'default'>, choices?: readonly string[]): Part[] {
  const fallback = info.default && 'literal' in info.default ? info.default.literal : undefined;
  const values = choices ?? info.values?.flatMap(value => ('literal' in value ? [String(value.literal)] : []));
  switch (info.type) {
    case 'boolean':
      return [{ hole: String(fallback ?? true), choices: BOOLEANS }];
    case 'number':
    case 'integer':
      return [{ hole: typeof fallback === 'number' ? String(fallback) : '0' }];
    case 'period':
      return typeof fallback === 'number'
        ? [{ hole: String(fallback) }]
        : text(typeof fallback === 'string' ? fallback : '1 day');
    case 'list':
    case 'set':
    case 'port-list':
    case 'interface-list':
      return ['{ ', { hole: Array.isArray(fallback) ? fallback.map(item => scalar(item)).join('; ') : '' }, ' }'];
    case 'table':
    case 'ssl':
      return ['{ ', { hole: '' }, ' }'];
    default:
      return typeof fallback === 'boolean' || typeof fallback === 'number'
        ? [{ hole: String(fallback) }]
        : text(typeof fallback === 'string' ? fallback : (values?.[0] ?? ''), values);
  }
}

/** A string with its content to fill in. */
export function text(content: string, choices?: readonly string[]): Part[] {
  const inside = quote(content, '"').slice(1, -1);
  return ['"', { hole: inside, ...(choices ? { choices } : {}) }, '"'];
}

function scalar(value: unknown): string {
  return typeof value === 'string' ? quote(value, '"') : String(value);
}
