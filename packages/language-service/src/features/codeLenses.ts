import { type Configuration, effective, GLOBAL, type HostModules, loadedModules } from '@prosodist/core';
import type { CodeLens, Command } from 'vscode-languageserver-types';
import { placesIn } from '../names/places.js';
import { toRange } from '../positions.js';
import { findFile, type Tree } from '../tree.js';

/** What a lens tells, once it is asked to. */
export interface LensData {
  readonly uri: string;
  readonly scope: string;
  readonly tells: 'modules' | 'overrides' | 'directory';
}

/** The client's command that tries a host's directory; a lens offers it to clients that say they have it. */
export const TEST_DIRECTORY_COMMAND = 'prosodist.testDirectory';

/** A file with more openings than these gets no lenses behind them. */
const MOST = 500;
const LDAP_PROVIDERS = new Set(['ldap', 'ldap2']);

/**
 * A lens above every host and component of a file: the modules that it loads, the options that it has instead of the global
 * section, and, where its users are in a directory, a way to try it. Titles are made when a lens comes in sight.
 * @param commands what the client can be told to do
 */
export function codeLenses(tree: Tree, path: string, commands: readonly string[] = []): CodeLens[] {
  const file = findFile(tree, path);
  if (!file) return [];
  const { openings } = placesIn(file.configuration, file.path);
  const seen = new Set<number>();
  return openings.slice(0, MOST).flatMap(({ origin, nameOrigin, scope, kind }) => {
    if (seen.has(origin.start) || nameOrigin.file !== origin.file) return [];
    seen.add(origin.start);
    const lens = (tells: LensData['tells']): CodeLens => ({
      range: toRange(file.document, { start: origin.start, end: Math.max(origin.start, Math.min(nameOrigin.end, origin.end)) }),
      data: { uri: tree.uriOf(path), scope, tells } satisfies LensData,
    });
    const provider = kind === 'host' ? effective(file.configuration, scope, 'authentication')?.value : undefined;
    const directory =
      commands.includes(TEST_DIRECTORY_COMMAND) && provider?.kind === 'string' && LDAP_PROVIDERS.has(provider.value);
    return [lens('modules'), lens('overrides'), ...(directory ? [lens('directory')] : [])];
  });
}

/** The lens with its title. */
export function resolveCodeLens(tree: Tree, path: string, lens: CodeLens): CodeLens {
  const file = findFile(tree, path);
  const { scope, tells, uri } = (lens.data ?? {}) as Partial<LensData>;
  if (!file || scope === undefined) return { ...lens, command: text('') };
  if (tells === 'directory') {
    return { ...lens, command: { title: 'Test the directory', command: TEST_DIRECTORY_COMMAND, arguments: [uri, scope] } };
  }
  return {
    ...lens,
    command: text(tells === 'modules' ? modulesTitle(file.configuration, scope) : overridesTitle(file.configuration, scope)),
  };
}

/** A command that does nothing: its title is what is wanted. */
function text(title: string): Command {
  return { title, command: '' };
}

const loaded = new WeakMap<Configuration, ReadonlyMap<string, HostModules>>();

function modulesTitle(configuration: Configuration, scope: string): string {
  let hosts = loaded.get(configuration);
  if (!hosts) {
    hosts = new Map(loadedModules(configuration).map(each => [each.host, each]));
    loaded.set(configuration, hosts);
  }
  const host = hosts.get(scope);
  if (!host || host.failure !== null) return 'modules not known';
  if (host.enabled === false) return 'not enabled';
  const unsure = host.unknown.length > 0 ? ' or more' : '';
  return `${host.modules.length}${unsure} ${host.modules.length === 1 ? 'module' : 'modules'}`;
}

function overridesTitle(configuration: Configuration, scope: string): string {
  const global = configuration.sections.get(GLOBAL)?.options;
  const own = [...(configuration.sections.get(scope)?.options.entries() ?? [])].filter(
    ([, { setting }]) => setting.form !== 'opening',
  );
  const instead = own.filter(([name]) => global?.has(name)).map(([name]) => name);
  if (instead.length === 0) return `${own.length} ${own.length === 1 ? 'option' : 'options'}`;
  const names = instead.slice(0, 3).join(', ');
  return `${own.length} ${own.length === 1 ? 'option' : 'options'}, instead of the global section: ${names}${instead.length > 3 ? ', …' : ''}`;
}
