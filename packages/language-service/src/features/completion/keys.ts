import {
  LDAP2_SCHEMA,
  type OptionKey,
  type OptionTable,
  optionTable,
  type ProsodyVersion,
  type TableKey,
  type TableSchema,
} from '@prosodist/core';
import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Place } from '../../place/place.js';
import type { Proposal } from './item.js';
import { type Part, text } from './parts.js';

/** A key of a table of whatever option, as completion and hover show it. */
export interface KnownKey {
  readonly name: string;
  readonly types: readonly string[];
  readonly documentation: string;
  readonly values: readonly string[];
  /** As a literal of Lua. */
  readonly default?: string;
  readonly example?: string;
  /** What a string is, where it is a DN, a filter, an attribute, the name of a server. */
  readonly content?: TableKey['kind'];
  readonly note?: string;
  readonly table: boolean;
}

/**
 * The keys of a table.
 * @param path from the option on; `[]` stands for an entry of a list: `['external_services', '[]']`
 * @returns undefined where nothing is known of it
 */
export function keysAt(path: readonly string[], version: ProsodyVersion): readonly KnownKey[] | undefined {
  const [option, ...rest] = path;
  if (option === undefined) return undefined;
  if (option === 'ldap') return ldapTable(LDAP2_SCHEMA, rest)?.keys.map(ldapKey);
  const table = optionTable(option, version);
  return table && inner(table, rest)?.keys.map(optionKey);
}

/** One key by its whole path, also where its name is free. */
export function keyAt(path: readonly string[], version: ProsodyVersion): KnownKey | undefined {
  const name = path.at(-1);
  const found = keysAt(path.slice(0, -1), version)?.find(key => key.name === name);
  const option = path[0];
  if (found || option === undefined || option === 'ldap' || path.length < 2) return found;
  const table = optionTable(option, version);
  const any = table && inner(table, path.slice(1, -1))?.any;
  return any && optionKey(any);
}

function inner(table: OptionTable, path: readonly string[]): OptionTable | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return table;
  const found = name === '[]' ? table.items : (table.keys.find(key => key.name === name) ?? table.any)?.table;
  return found && inner(found, rest);
}

function ldapTable(table: TableSchema, path: readonly string[]): TableSchema | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return table;
  const found = name === '[]' ? table.entries : (table.keys.find(key => key.name === name) ?? table.anyKey)?.table;
  return found && ldapTable(found, rest);
}

function optionKey({ name, type, documentation, values = [], example }: OptionKey): KnownKey {
  const types = type === 'path' ? ['string'] : type === 'list' ? ['table'] : [type];
  return { name, types, documentation, values, table: types.includes('table'), ...(example === undefined ? {} : { example }) };
}

function ldapKey({ name, types, documentation, values = [], defaultValue, kind, versionNote }: TableKey): KnownKey {
  return {
    name,
    types,
    documentation,
    values,
    content: kind,
    table: types.includes('table'),
    ...(defaultValue === undefined ? {} : { default: defaultValue }),
    ...(versionNote === undefined ? {} : { note: versionNote }),
  };
}

/** The keys that a table does not have yet, each with a value to fill in. */
export function keyProposals({ path, keys }: Place, version: ProsodyVersion, word: string): Proposal[] {
  const known = keysAt(path, version) ?? [];
  return known
    .filter(({ name }) => name === word || !keys.includes(name))
    .map((key, index) => ({
      label: key.name,
      kind: key.table ? CompletionItemKind.Module : CompletionItemKind.Field,
      key: key.name,
      value: keyValue(key),
      // in the order in which they are written down: the important ones first
      rank: index < 9 ? 1 : 2,
      detail: key.types.join(' or '),
      data: { kind: 'key' as const, path: [...path, key.name], version },
    }));
}

function keyValue({ types, values, default: fallback, example, content }: KnownKey): Part[] {
  if (types[0] === 'boolean') return [{ hole: fallback === 'true' ? 'false' : 'true', choices: ['true', 'false'] }];
  if (types[0] === 'number') return [{ hole: example ?? fallback ?? '0' }];
  if (types[0] === 'table') return ['{ ', { hole: '' }, ' }'];
  return text(values[0] ?? example ?? (content ? EXAMPLES[content] : undefined) ?? '', values.length > 1 ? values : undefined);
}

const EXAMPLES: Readonly<Partial<Record<TableKey['kind'], string>>> = {
  hostname: 'ldaps://',
  filter: '(objectClass=person)',
};

/** The values that an option or key chooses from. */
export function choiceProposals(values: readonly string[], given: { readonly detail?: string } = {}): Proposal[] {
  return values.map((value, index) => ({
    label: value,
    kind: CompletionItemKind.EnumMember,
    string: value,
    rank: index < 9 ? index : 9,
    ...given,
  }));
}

/** Words that are no strings: true, false, numbers. */
export function wordProposals(words: readonly string[]): Proposal[] {
  return words.map(word => ({ label: word, kind: CompletionItemKind.Value, text: [word], rank: 1 }));
}

/** `FileContents("…")` and its like, which 13.0 knows in the place of a value. */
export function callProposals(version: ProsodyVersion): Proposal[] {
  if (version === '0.12') return [];
  const calls = [
    ['FileContents', 'the whole text of a file'],
    ['FileLine', 'the first line of a file'],
    ['FileLines', 'the lines of a file as a list'],
    ['Credential', 'a secret that systemd hands over'],
  ] as const;
  const environment = { label: 'ENV_', detail: 'a variable of the environment', text: ['ENV_', { hole: 'NAME' }] };
  return [...calls.map(([name, detail]) => ({ label: name, detail, text: [`${name}(`, ...text(''), ')'] })), environment].map(
    call => ({ ...call, kind: CompletionItemKind.Function, rank: 9 }),
  );
}
