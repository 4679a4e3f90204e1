import { findModule, type ModuleInfo, moduleNames, nearestNames } from '@prosodist/core';
import type { TreeFile } from '../../tree.js';
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
export function moduleCard({ configuration }: TreeFile, name: string, style: Style): string[] {
  const info = findModule(name, configuration.version);
  if (!info) {
    const near = nearestNames(name, moduleNames(configuration.version));
    const hint = near.length > 0 ? ` Did you mean ${listNames(style, near, 3)}?` : '';
    return [`${style.bold(`mod_${name}`)}: not known here`, `It may be a module of your own.${hint}`];
  }
  const documentation = pageOf(info);
  return [
    `${style.bold(`mod_${name}`)}: ${KINDS[info.kind]}, ${SOURCES[info.source]}${info.global ? ', one for the whole server' : ''}`,
    ...(info.options.length > 0 ? [`Reads ${listNames(style, info.options)}`] : []),
    ...(info.depends.length > 0 ? [`Loads ${listNames(style, info.depends)}`] : []),
    ...(documentation ? [style.link('Documentation', documentation)] : []),
  ];
}

function pageOf({ name, source }: ModuleInfo): string | undefined {
  if (source === 'prosody-modules') return `https://modules.prosody.im/mod_${name}`;
  return source === 'jitsi' ? undefined : `https://prosody.im/doc/modules/mod_${name}`;
}
