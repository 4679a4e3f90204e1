import {
  findModule,
  folderOf,
  type ModuleKind,
  moduleNames,
  type ProsodyVersion,
  providerNames,
  resolveRelativePath,
} from '@prosodist/core';
import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Tree, TreeFile } from '../../tree.js';
import type { Proposal } from './item.js';
import { strings } from './options.js';

const SOURCES: Readonly<Record<string, string>> = {
  core: 'Prosody',
  prosody: 'Prosody',
  'prosody-modules': 'prosody-modules',
  jitsi: 'Jitsi Meet',
};

/** Where Debian and Prosody's own installation keep modules. */
const FOLDERS = ['/usr/lib/prosody/modules', '/usr/local/lib/prosody/modules'];

const installed = new WeakMap<Tree, ReadonlySet<string>>();

/** The modules that lie in the folders of this machine and of `plugin_paths`, without `mod_`. */
export function installedModules(tree: Tree, { configuration }: TreeFile): ReadonlySet<string> {
  const known = installed.get(tree);
  if (known) return known;
  const found = new Set<string>();
  const paths = strings(configuration.sections.get('*')?.options.get('plugin_paths')?.value);
  for (const folder of [...paths, ...FOLDERS]) {
    const read = tree.files.readDirectory(folder);
    if (!read.ok) continue;
    for (const name of read.names) {
      const module = /^mod_([\w.-]+?)(?:\.lua)?$/.exec(name)?.[1];
      if (module) found.add(module);
    }
  }
  installed.set(tree, found);
  return found;
}

/** The file of a module, in the folder that Prosody finds it in first; undefined where it is in none that can be looked at. */
export function moduleFile(tree: Tree, { configuration }: TreeFile, name: string): string | undefined {
  const paths = strings(configuration.sections.get('*')?.options.get('plugin_paths')?.value);
  for (const folder of [...paths, ...FOLDERS].map(path => resolveRelativePath(folderOf(tree.entry), path).replace(/\/+$/, ''))) {
    for (const path of [`${folder}/mod_${name}.lua`, `${folder}/mod_${name}/mod_${name}.lua`])
      if (tree.files.stat(path)?.kind === 'file') return path;
  }
  return undefined;
}

/** The modules of a list, or those that can stand behind a component; those that are listed already are left out. */
export function moduleProposals(
  tree: Tree,
  file: TreeFile,
  kinds: readonly ModuleKind[],
  listed: readonly string[] = [],
): Proposal[] {
  const { version } = file.configuration;
  const here = installedModules(tree, file);
  const names = new Set([...moduleNames(version), ...[...here].filter(name => !/^(?:auth|authz|storage)_/.test(name))]);
  const fits = (name: string) => {
    const kind = findModule(name, version)?.kind;
    return kind === undefined ? kinds.includes('module') : kinds.includes(kind);
  };
  return [...names].filter(name => fits(name) && !listed.includes(name)).map(name => proposal(name, name, here, version));
}

/** What `authentication` or `storage` can name. */
export function providerProposals(tree: Tree, file: TreeFile, kind: 'auth' | 'storage'): Proposal[] {
  const { version } = file.configuration;
  const here = installedModules(tree, file);
  const own = [...here].filter(name => name.startsWith(`${kind}_`)).map(name => name.slice(kind.length + 1));
  return [...new Set([...providerNames(kind, version), ...own])].map(name => proposal(name, `${kind}_${name}`, here, version));
}

function proposal(label: string, module: string, here: ReadonlySet<string>, version: ProsodyVersion): Proposal {
  const info = findModule(module, version);
  const source = info ? SOURCES[info.source]! : 'on this machine';
  const isHere = here.has(module);
  // where no folder can be looked at, Prosody's own are the likely ones
  const rank = isHere ? (info?.source === 'prosody' ? 1 : 2) : info?.source === 'prosody' ? 3 : info?.source === 'jitsi' ? 4 : 6;
  return {
    label,
    kind: CompletionItemKind.Module,
    string: label,
    rank,
    detail: here.size > 0 && !isHere ? `${source}, not installed` : source,
    data: { kind: 'module', name: module, version },
  };
}
