import { type Configuration, LDAP_SETTINGS, parseDn, type TableKey, type Value } from '@prosodist/core';
import { CompletionItemKind } from 'vscode-languageserver-types';
import { ATTRIBUTES } from './attributes.js';
import type { Proposal } from './item.js';
import { keyAt } from './keys.js';
import { strings } from './options.js';

/** What a string under a path is for the directory. */
export function directoryKind(path: readonly string[], { version }: Configuration): TableKey['kind'] | undefined {
  if (path[0] === 'ldap') return keyAt(path, version)?.content;
  return path.length === 1 ? LDAP_SETTINGS.find(({ name }) => name === path[0])?.kind : undefined;
}

/**
 * What could be written in a DN, a filter or the name of an attribute: what the tree has already, and usual names.
 * @param content of the string, up to the cursor and behind it
 */
export function directoryProposals(
  configuration: Configuration,
  kind: TableKey['kind'],
  before: string,
  behind: string,
): Proposal[] {
  const { version } = configuration;
  const known = knownNames(configuration);
  if (kind === 'attribute')
    return attributes(known.attributes).map(({ name, detail, rank }) => ({
      label: name,
      kind: CompletionItemKind.Field,
      string: name,
      detail,
      rank,
      data: { kind: 'attribute', name, version },
    }));
  if (kind === 'filter') return filterProposals(configuration, before, behind);
  if (kind === 'hostname')
    return known.hosts.map(name => ({
      label: name,
      kind: CompletionItemKind.Reference,
      string: name,
      detail: 'used elsewhere',
      rank: 1,
    }));
  if (kind !== 'dn' && kind !== 'bind-name') return [];
  return known.dns.map(({ dn, detail }, index) => ({
    label: dn,
    kind: CompletionItemKind.Reference,
    string: dn,
    // the end of what is written may be the beginning of a name that is known
    ...(before.includes(',') && dn.toLowerCase().indexOf(tail(before).toLowerCase()) === 0
      ? { from: before.length - tail(before).length }
      : {}),
    detail,
    rank: index < 9 ? 1 : 2,
  }));
}

/** What follows the last comma that separates. */
function tail(dn: string): string {
  return /(?:\\.|[^,\\])*$/.exec(dn)![0].trimStart();
}

/** In a filter, what stands at the cursor is an attribute behind `(`, else a value or nothing that can be told. */
function filterProposals(configuration: Configuration, before: string, behind: string): Proposal[] {
  const { version } = configuration;
  const word = /(?:^|[(&|!])\s*([A-Za-z][\w;.-]*|)$/.exec(before);
  const value = /\(\s*([A-Za-z][\w;.-]*)\s*(?:=|:[^=]*:=)([^()*]*)$/.exec(before);
  if (value)
    return valueProposals(
      configuration,
      value[1]!,
      before.length - value[2]!.length,
      before.length + /^[^()*]*/.exec(behind)![0].length,
    );
  if (!word) return [];
  const name = word[1]!;
  const from = before.length - name.length;
  const to = before.length + /^[\w;.-]*/.exec(behind)![0].length;
  const opened = before.slice(0, from).trimEnd().endsWith('(');
  const rest = behind.slice(to - before.length);
  const { attributes: used } = knownNames(configuration);
  return attributes(used).map(({ name: attribute, detail, rank }) => {
    const equals = /^\s*[=:<>~]/.test(rest) ? '' : '=';
    // what is opened has to be closed again: an unclosed filter is what Prosody would send
    const closes = opened ? (rest.startsWith(')') || equals === '' ? '' : ')') : ')';
    const text = `${opened ? '' : '('}${attribute}${equals}${equals === '' ? '' : closes === '' ? '' : '*'}${equals === '' ? '' : closes}`;
    return {
      label: attribute,
      kind: CompletionItemKind.Field,
      string: text,
      from,
      to,
      detail,
      rank,
      data: { kind: 'attribute' as const, name: attribute, version },
    };
  });
}

/** Values of an attribute: group names, classes, what counts as a person. */
function valueProposals(configuration: Configuration, attribute: string, from: number, to: number): Proposal[] {
  const known = knownNames(configuration);
  const name = attribute.toLowerCase();
  const values = /^(?:member|memberof|manager|distinguishedname)$/.test(name)
    ? known.dns.map(({ dn }) => dn)
    : (ATTRIBUTES.find(candidate => candidate.name.toLowerCase() === name)?.values ?? []);
  const tokens =
    values.length === 0 && configuration.settings.some(({ name: option }) => option === 'ldap_filter') ? ['$user'] : [];
  return [...values, ...tokens].map((value, index) => ({
    label: value,
    kind: CompletionItemKind.Value,
    string: value,
    from,
    to,
    rank: Math.min(index, 9),
  }));
}

function attributes(used: readonly string[]): { name: string; detail: string; rank: number }[] {
  const usual = ATTRIBUTES.map(({ name, where }) => ({ name, detail: where, rank: where === 'operational' ? 5 : 3 }));
  const known = new Set(usual.map(({ name }) => name.toLowerCase()));
  const own = used.filter(name => !known.has(name.toLowerCase())).map(name => ({ name, detail: 'used elsewhere', rank: 1 }));
  return [
    ...own,
    ...usual.map(item => (used.some(name => name.toLowerCase() === item.name.toLowerCase()) ? { ...item, rank: 1 } : item)),
  ];
}

interface Names {
  readonly dns: readonly { readonly dn: string; readonly detail: string }[];
  readonly attributes: readonly string[];
  readonly hosts: readonly string[];
}

const gathered = new WeakMap<Configuration, Names>();

/** DNs with those above them, attributes and servers that the configuration speaks of. */
function knownNames(configuration: Configuration): Names {
  const found = gathered.get(configuration);
  if (found) return found;
  const dns = new Map<string, string>();
  const names = new Set<string>();
  const servers = new Set<string>();
  const take = (kind: TableKey['kind'], text: string) => {
    if (kind === 'dn' || kind === 'bind-name') addDn(dns, text);
    if (kind === 'attribute' && text) names.add(text);
    if (kind === 'hostname' && text) servers.add(text);
    if (kind === 'filter') for (const [, name] of text.matchAll(/\(\s*([A-Za-z][\w-]*)\s*[=:<>~]/g)) names.add(name!);
    if (kind === 'filter') for (const [, dn] of text.matchAll(/=((?:CN|OU|DC|UID|O)=[^()]*)\)/gi)) addDn(dns, dn!);
  };
  for (const { name, value } of configuration.settings) {
    const option = name === 'ldap' ? undefined : LDAP_SETTINGS.find(setting => setting.name === name);
    if (option) for (const text of strings(value)) take(option.kind, text);
    else if (name === 'ldap') walk(value, ['ldap'], configuration, take);
  }
  const result = { dns: [...dns].map(([dn, detail]) => ({ dn, detail })), attributes: [...names], hosts: [...servers] };
  gathered.set(configuration, result);
  return result;
}

function walk(
  value: Value,
  path: readonly string[],
  configuration: Configuration,
  take: (kind: TableKey['kind'], text: string) => void,
): void {
  if (value.kind !== 'table' || path.length > 5) return;
  for (const [key, entry] of value.table.entries) {
    const inner = [...path, typeof key === 'string' ? key : '[]'];
    const kind = entry.value.kind === 'string' ? directoryKind(inner, configuration) : undefined;
    if (kind && entry.value.kind === 'string') take(kind, entry.value.value);
    walk(entry.value, inner, configuration, take);
  }
}

/** A DN and every one above it. */
function addDn(dns: Map<string, string>, text: string): void {
  const parsed = text.includes('=') ? parseDn(text) : undefined;
  if (!parsed?.ok) return;
  for (const { start } of parsed.rdns) {
    const dn = text.slice(start);
    if (!dns.has(dn)) dns.set(dn, start === 0 ? 'used elsewhere' : 'above one that is used');
  }
}
