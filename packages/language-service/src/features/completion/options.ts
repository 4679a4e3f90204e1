import {
  type Configuration,
  findModule,
  findOption,
  GLOBAL,
  listEntries,
  type OptionInfo,
  optionNames,
  providerNames,
  type Value,
} from '@prosodist/core';
import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Place } from '../../place/place.js';
import type { TreeFile } from '../../tree.js';
import type { Proposal } from './item.js';
import { valueParts } from './parts.js';
import { SNIPPET_OPTIONS, snippetsAt } from './snippets.js';

/**
 * The options that could be set in the section, those that its modules read first; those that are set there already are left
 * out, and so are obsolete ones, those that do nothing in a host, and those of modules that nobody has.
 */
export function optionProposals({ configuration }: TreeFile, place: Place, word: string): Proposal[] {
  const { version } = configuration;
  const isGlobal = place.scope === GLOBAL;
  const set = configuration.sections.get(place.scope)?.options;
  const loaded = modulesOf(configuration, place.scope);
  const options = optionNames(version).flatMap((name): Proposal[] => {
    const info = findOption(name, version)!;
    if (info.obsolete || (!isGlobal && info.scope === 'global')) return [];
    // what is being written counts as set when the rest of it is there
    if (name !== word && (set?.has(name) || place.keys.includes(name))) return [];
    if (SNIPPET_OPTIONS.has(name) && place.next !== '=') return [];
    const rank = rankOf(info, loaded);
    return rank === undefined ? [] : [optionProposal(info, version, rank)];
  });
  return [...options, ...(place.next === '=' ? [] : snippetsAt(configuration, place))];
}

function optionProposal(info: OptionInfo, version: Configuration['version'], rank: number): Proposal {
  const { name, deprecated, default: fallback } = info;
  const shown = fallback && ('expression' in fallback ? undefined : JSON.stringify(fallback.literal));
  return {
    label: name,
    kind: CompletionItemKind.Property,
    key: name,
    value: valueParts(info, choicesOf(name, version)),
    rank: deprecated ? 8 : rank,
    detail: `${info.type}${shown === undefined ? '' : `, default ${shown}`}`,
    deprecated: deprecated !== undefined,
    data: { kind: 'option', name, version },
  };
}

/** The names that a provider's option chooses from, the usual ones only: the list opens by itself. */
function choicesOf(name: string, version: Configuration['version']): readonly string[] | undefined {
  if (name === 'authentication') return providersOf('auth', version);
  if (name === 'storage' || name === 'default_storage') return providersOf('storage', version);
  return name === 'tls_profile' ? ['modern', 'intermediate', 'old', 'legacy'] : undefined;
}

function providersOf(kind: 'auth' | 'storage', version: Configuration['version']): readonly string[] {
  return providerNames(kind, version).filter(name => findModule(`${kind}_${name}`, version)?.source === 'prosody');
}

/** Its rank in the list: Prosody's own before those of others; undefined for those of modules that are not in use. */
function rankOf({ readers, source }: OptionInfo, loaded: ReadonlySet<string>): number | undefined {
  if (readers.some(({ module }) => loaded.has(module))) return 1;
  if (source === 'core') return 2;
  if (source === 'prosody') return 3;
  if (source === 'jitsi') return 4;
  // of the large collection, those that Debian has packaged are read in its source
  return readers.some(({ file }) => file !== undefined) ? 6 : undefined;
}

/** The modules that a section names, without asking what Prosody makes of them: a list has to come at once. */
function modulesOf(configuration: Configuration, scope: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const section of [GLOBAL, scope]) {
    const options = configuration.sections.get(section)?.options;
    for (const name of strings(options?.get('modules_enabled')?.value)) names.add(name);
    for (const name of strings(options?.get('authentication')?.value)) names.add(`auth_${name}`);
    for (const name of strings(options?.get('storage')?.value)) names.add(`storage_${name}`);
    for (const name of strings(options?.get('component_module')?.value)) names.add(name);
  }
  return names;
}

/** A string, or the strings of a list. */
export function strings(value: Value | undefined): string[] {
  if (value?.kind === 'string') return [value.value];
  if (value?.kind !== 'table') return [];
  return listEntries(value).flatMap(({ value: entry }) => (entry.kind === 'string' ? [entry.value] : []));
}
