import { findOption, LDAP_SETTINGS, type ProsodyVersion } from '@prosodist/core';
import type { Place } from '../../place/place.js';
import type { Tree, TreeFile } from '../../tree.js';
import { directoryKind, directoryProposals } from './directory.js';
import { hostProposals } from './hosts.js';
import type { Proposal } from './item.js';
import { callProposals, choiceProposals, keyAt, wordProposals } from './keys.js';
import { moduleProposals, providerProposals } from './modules.js';
import { pathProposals, type Wanted } from './paths.js';

/** Values of options that no getter lists: what the code compares them with, in core/certmanager.lua and core/statsmanager.lua. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  tls_profile: ['modern', 'intermediate', 'old', 'legacy'],
  network_backend: ['epoll', 'select', 'event'],
  statistics: ['internal', 'statsd'],
  conflict_resolve: ['random', 'increment', 'kick_new', 'kick_old'],
  console_banner: ['full', 'short', 'none'],
  signature_algorithm: ['HS256', 'RS256'],
};

/** What could stand as the value of an option or key, or as an entry of its list. */
export function valueProposals(tree: Tree, file: TreeFile, place: Place, before: string, behind: string): Proposal[] {
  const { configuration } = file;
  const { version } = configuration;
  const path = place.path;
  const [option = ''] = path;
  const isItem = place.role === 'entry';
  const named = moduleOrProvider(tree, file, place);
  if (named) return [...named, ...(isItem || place.literal ? [] : callProposals(version))];
  const directory = directoryKind(path, configuration);
  const found = [
    ...(directory ? directoryProposals(configuration, directory, before, behind) : []),
    ...choices(path, version),
    ...(path.length === 1 || isItem ? hostProposals(configuration, option) : []),
    ...paths(tree, place, version, before),
  ].filter(({ string }) => !isItem || string === undefined || !place.listed.includes(string) || place.literal !== null);
  return place.literal || isItem ? found : [...found, ...callProposals(version)];
}

/** The names of modules and providers where an option takes such. */
function moduleOrProvider(tree: Tree, file: TreeFile, { path, role, listed }: Place): Proposal[] | undefined {
  const [option, second] = path;
  const isItem = role === 'entry';
  if (option === 'modules_enabled' || option === 'modules_disabled' || option === 'global_modules_enabled')
    return isItem && path.length === 1 ? moduleProposals(tree, file, ['module'], listed) : undefined;
  if (option === 'authentication' && !isItem && path.length === 1) return providerProposals(tree, file, 'auth');
  if (option === 'default_storage' && path.length === 1) return providerProposals(tree, file, 'storage');
  if (option === 'storage' && !isItem && (path.length === 1 || second !== '[]')) return providerProposals(tree, file, 'storage');
  return undefined;
}

function choices(path: readonly string[], version: ProsodyVersion): Proposal[] {
  const [option = ''] = path;
  if (path.length > 1) {
    const key = keyAt(path, version);
    if (!key) return [];
    return [...choiceProposals(key.values), ...(key.types.includes('boolean') ? wordProposals(['true', 'false']) : [])];
  }
  const info = findOption(option, version);
  const setting = LDAP_SETTINGS.find(({ name }) => name === option);
  const listed = info?.values?.flatMap(value => ('literal' in value ? [value.literal] : [])) ?? [];
  const words = listed.filter(value => typeof value === 'string');
  const others = listed.filter(value => typeof value === 'boolean').map(String);
  const values = VALUES[option] ?? (words.length > 0 ? words : (setting?.values ?? []));
  const isBoolean = info?.type === 'boolean' || setting?.types.includes('boolean') === true;
  return [...choiceProposals(values), ...wordProposals(isBoolean ? ['true', 'false'] : others)];
}

const PATH_KEYS: Readonly<Record<string, Wanted>> = {
  key: 'key',
  certificate: 'certificate',
  cafile: 'certificate',
  capath: 'folder',
  dhparam: 'any',
  filename: 'any',
};
const FOLDERS = /(?:_path|_paths|_dir|^certificates)$/;

function paths(tree: Tree, place: Place, version: ProsodyVersion, before: string): Proposal[] {
  const [option = ''] = place.path;
  const key = place.path.at(-1)!;
  const type = findOption(option, version)?.type;
  if (place.path.length > 1 && (type === 'ssl' || option === 'log')) {
    const wanted = option === 'log' && before.startsWith('/') ? 'any' : PATH_KEYS[key];
    return wanted ? pathProposals(tree, place, before, wanted) : [];
  }
  if (place.path.length > 1) return [];
  if (type === 'certificate' || option === 'certificate') return pathProposals(tree, place, before, 'certificate');
  if (option === 'plugin_paths' || (type === 'path' && FOLDERS.test(option))) return pathProposals(tree, place, before, 'folder');
  return type === 'path' ? pathProposals(tree, place, before, 'any') : [];
}
