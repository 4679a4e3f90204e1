import {
  type FilterItem,
  type FilterNode,
  LDAP_SETTINGS,
  LDAP2_SCHEMA,
  type LdapSpan,
  parseDn,
  parseFilter,
  readString,
  type SettingKind,
  type TableKey,
  type TableSchema,
} from '@prosodist/core';
import type { ValuePath } from '../../names/atoms.js';
import type { Mark } from '../../names/marks.js';
import type { SemanticToken, TokenType } from './legend.js';

/** The parts of a string that is an LDAP filter or DN; none where it is neither, or not well-formed. */
export function ldapTokens({ id: text, path = [], literal }: Mark): SemanticToken[] {
  const kind = kindOf(path);
  if (!literal || (kind !== 'dn' && kind !== 'filter' && kind !== 'bind-name')) return [];
  const { sourceOffset } = readString(literal.raw);
  const parts = kind === 'filter' ? filterParts(text) : dnParts(text);
  return parts.map(([type, start, end]) => ({
    type,
    start: literal.start + sourceOffset(start),
    end: literal.start + sourceOffset(end),
    modifiers: [],
  }));
}

/** What a value at a path is, as the LDAP modules read it. */
function kindOf([option, ...keys]: ValuePath): SettingKind | undefined {
  if (option !== 'ldap') return keys.length === 0 ? LDAP_SETTINGS.find(({ name }) => name === option)?.kind : undefined;
  let schema: TableSchema | undefined = LDAP2_SCHEMA;
  let found: TableKey | undefined;
  for (const key of keys) {
    if (typeof key === 'number') {
      schema = schema?.entries;
      continue;
    }
    found = schema?.keys.find(({ name }) => name === key) ?? schema?.anyKey;
    schema = found?.table;
  }
  return found?.kind;
}

type Part = readonly [type: TokenType, start: number, end: number];

function filterParts(text: string): Part[] {
  const read = parseFilter(text);
  const parts: Part[] = [];
  const walk = (node: FilterNode) => {
    const inner = node.type === 'not' ? [node.filter] : 'filters' in node ? node.filters : undefined;
    if (!inner) return itemParts(text, node as FilterItem, parts);
    const sign = node.start + 1 + text.slice(node.start + 1).search(/[&|!]/);
    parts.push(['operator', sign, sign + 1]);
    inner.forEach(walk);
  };
  if (read.ok) walk(read.filter);
  return parts;
}

function itemParts(text: string, node: FilterItem, parts: Part[]): void {
  const value = (span: LdapSpan | null | undefined) => {
    if (span && span.end > span.start) parts.push(['string', span.start, span.end]);
  };
  const { attribute } = node;
  if (attribute) parts.push(['type', attribute.start, attribute.end]);
  const from = attribute?.end ?? node.start;
  const equals = text.indexOf('=', from);
  const sign = /[<>~:]/.test(text[equals - 1] ?? '') ? equals - 1 : equals;
  parts.push(['operator', sign, equals + 1]);
  if (node.type === 'present') return;
  const values = node.type === 'substrings' ? [node.initial, ...node.any, node.final] : [node.value];
  for (const part of values) value(part);
}

function dnParts(text: string): Part[] {
  const read = text.includes('=') ? parseDn(text) : undefined;
  if (!read?.ok) return [];
  return read.rdns.flatMap(({ pairs }) =>
    pairs.flatMap(({ attributeStart, attributeEnd, valueStart, valueEnd }): Part[] => {
      const equals = text.indexOf('=', attributeEnd);
      return [
        ['type', attributeStart, attributeEnd],
        ['operator', equals, equals + 1],
        ...(valueEnd > valueStart ? [['string', valueStart, valueEnd] as const] : []),
      ];
    }),
  );
}
