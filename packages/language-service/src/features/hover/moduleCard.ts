import { findModule, type ModuleInfo, moduleNames, nearestNames } from '@prosodist/core';
import type { Tree, TreeFile } from '../../tree.js';
import { moduleFile } from '../completion/modules.js';
import { listNames, type Style } from './style.js';

const SOURCES: Readonly<Record<ModuleInfo['source'], string>> = {
  core: 'part of Prosody',
  prosody: 'part of Prosody',
  'prosody-modules': 'from the prosody-modules collection',
  jitsi: 'from Jitsi Meet',
};

const KINDS: Readonly<Record<ModuleInfo['kind'], string>> = {
  module: 'module',
  component: 'module for a component',
  auth: 'authentication provider',
  storage: 'storage provider',
  authz: 'authorization provider',
};

/**
 * The card of a module: where it comes from and which options it reads.
 * @param name without `mod_`; a provider with its prefix
 */
export function moduleCard(tree: Tree, file: TreeFile, name: string, style: Style): string[] {
  const { configuration } = file;
  const info = findModule(name, configuration.version);
  const path = moduleFile(tree, file, name);
  const lies = path === undefined ? [] : [`Lies at ${style.link(path, tree.uriOf(path))}`];
  if (!info) {
    const near = nearestNames(name, moduleNames(configuration.version));
    const hint = near.length > 0 ? ` Did you mean ${listNames(style, near, 3)}?` : '';
    return [
      `${style.bold(`mod_${name}`)}: not known here`,
      ...(lies.length > 0 ? lies : [`It may be a module of your own.${hint}`]),
    ];
  }
  return [
    `${style.bold(`mod_${name}`)}: ${KINDS[info.kind]}, ${SOURCES[info.source]}${info.global ? ', one for the whole server' : ''}`,
    ...lies,
    ...moduleFacts(info, style),
    ...outdated(tree, name),
  ];
}

/** What a module reads and loads, and its page. */
export function moduleFacts(info: ModuleInfo, style: Style): string[] {
  const documentation = modulePage(info);
  return [
    ...(info.options.length > 0 ? [`Reads ${listNames(style, info.options)}`] : []),
    ...(info.depends.length > 0 ? [`Loads ${listNames(style, info.depends)}`] : []),
    ...(documentation ? [style.link('Documentation', documentation)] : []),
  ];
}

/** The page of a module in the web; undefined where it has none. */
export function modulePage({ name, source }: ModuleInfo): string | undefined {
  if (source === 'prosody-modules') return `https://modules.prosody.im/mod_${name}`;
  return source === 'jitsi' ? undefined : `https://prosody.im/doc/modules/mod_${name}`;
}

/** What the rule about outdated modules says of one that is in a list. */
function outdated(tree: Tree, name: string): string[] {
  const finding = tree.result.findings.find(
    ({ rule, message }) => rule === 'deprecated-module' && message.startsWith(`mod_${name} `),
  );
  return finding ? [`${finding.message}. ${finding.why}`] : [];
}
