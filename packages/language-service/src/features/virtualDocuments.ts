import { baseName, type Configuration, GLOBAL, type HostModules, loadedModules, MASK, type Option } from '@prosodist/core';
import { toPosition } from '../positions.js';
import { findFile, type Tree } from '../tree.js';
import { changesForAction } from './codeActions.js';
import { formatValue } from './values.js';
import { previewOf } from './virtual/preview.js';
import { withoutSecrets } from './virtual/secrets.js';

/** The schemes of documents that the server makes. */
export const VIRTUAL_SCHEMES = { effective: 'prosodist-effective', preview: 'prosodist-preview' } as const;

/** What such a document shows: what holds for a section, or what an action would change. */
export type VirtualDocument = { readonly of: string } & (
  | { readonly kind: 'effective'; readonly scope: string }
  | { readonly kind: 'preview'; readonly id: string; readonly argument: string }
);

/**
 * The URI of a document that the server makes.
 * @param document `of` is the URI of an open document of the tree
 */
export function virtualUri(document: VirtualDocument): string {
  const { of } = document;
  if (document.kind === 'effective') {
    const name = document.scope === GLOBAL ? 'global' : document.scope;
    return `${VIRTUAL_SCHEMES.effective}:/${encodeURIComponent(name)}.cfg.lua?${query({ of, scope: document.scope })}`;
  }
  const { id, argument } = document;
  return `${VIRTUAL_SCHEMES.preview}:/${encodeURIComponent(id)}.diff?${query({ of, id, argument })}`;
}

/** Reads such a URI; undefined where it is another one. An editor may escape more of it than was written. */
export function readVirtualUri(uri: string): VirtualDocument | undefined {
  const [, scheme, rest = ''] = /^([a-z-]+):[^?#]*\?([^#]*)/.exec(uri) ?? [];
  const pairs = (rest.includes('=') ? rest : safeDecode(rest)).split('&').map(pair => pair.split('='));
  const values = new Map(pairs.map(([name = '', value = '']) => [name, safeDecode(value)]));
  const [of, scope, id, argument] = ['of', 'scope', 'id', 'argument'].map(name => values.get(name));
  if (of === undefined) return undefined;
  if (scheme === VIRTUAL_SCHEMES.effective && scope !== undefined) return { kind: 'effective', of, scope };
  return scheme === VIRTUAL_SCHEMES.preview && id !== undefined && argument !== undefined
    ? { kind: 'preview', of, id, argument }
    : undefined;
}

/** The text of such a document, secrets hidden. */
export function virtualText(tree: Tree, document: VirtualDocument): string {
  if (document.kind === 'effective') return effectiveText(tree, document.scope);
  const made = changesForAction(tree, document.id, document.argument);
  if ('problem' in made) return `-- Nothing would be changed: ${made.problem}.\n`;
  return withoutSecrets(previewOf(tree, made), tree.result.configuration);
}

/** What holds for a section, as Lua: its own options, then those of the global section, each with where it was set. */
function effectiveText(tree: Tree, scope: string): string {
  const { configuration } = tree.result;
  const section = configuration.sections.get(scope);
  if (!section) return `-- There is no ${scope} in this configuration any more.\n`;
  const what =
    section.kind === 'global' ? 'the global section' : `${section.kind === 'host' ? 'virtual host' : 'component'} ${scope}`;
  // what Prosody notes by itself when a section opens was written by nobody
  const written = [...section.options].filter(([name, { setting }]) => setting.form !== 'opening' || name === 'component_module');
  const own = written.map(([name, option]) => line(tree, name, option));
  const inherited =
    section.kind === 'global'
      ? []
      : [...(configuration.sections.get(GLOBAL)?.options ?? [])].filter(
          ([name]) => !section.options.has(name) && name !== 'modules_enabled',
        );
  const parts = [
    `-- What Prosody ${configuration.version} uses for ${what}. Nothing here can be edited; secrets are not shown.`,
    ...problems(configuration),
    ...(own.length > 0 ? ['', '-- set here', ...own] : []),
    ...(inherited.length > 0
      ? ['', '-- from the global section', ...inherited.map(([name, option]) => line(tree, name, option))]
      : []),
    ...modules(loadedModules(configuration).find(({ host }) => host === scope)),
  ];
  return `${parts.join('\n')}\n`;
}

function problems({ errors }: Configuration): string[] {
  return errors.length > 0 ? ['-- Prosody refuses this configuration; this is as far as it goes.'] : [];
}

function line(tree: Tree, name: string, { value, setting: { origin } }: Option): string {
  const document = findFile(tree, origin.file)?.document;
  const number = document ? toPosition(document, origin.start).line + 1 : 1;
  const from = `${baseName(origin.file)}:${number}`;
  if (value.kind === 'unknown' || value.kind === 'function') return `-- ${name}: ${formatValue(value, name)} -- ${from}`;
  return `${name} = ${formatValue(value, name, 4000).replaceAll(MASK, `"${MASK}"`)} -- ${from}`;
}

function modules(host: HostModules | undefined): string[] {
  if (!host) return [];
  const names = host.modules.map(({ name }) => name);
  const off = host.disabled.map(({ name }) => name);
  return [
    '',
    `-- modules that it loads: ${names.join(', ') || 'none'}`,
    ...(off.length > 0 ? [`-- modules that are taken away: ${off.join(', ')}`] : []),
    ...(host.failure === null ? [] : [`-- Prosody does not start: ${host.failure}`]),
  ];
}

function query(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
