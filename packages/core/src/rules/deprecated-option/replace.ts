import type { Replacement } from '../../catalog/index.js';
import { type Configuration, GLOBAL, type Setting } from '../../evaluate/index.js';
import { editsOnly } from '../../patch/change.js';
import type { Fix, Safety } from '../finding.js';
import { removal, replacement, sourceOf } from '../support/source.js';

/**
 * The fix for a deprecated option, where one answer is right.
 * @param isRead whether Prosody reads the old name still: then the new one means the same
 */
export function replace(configuration: Configuration, setting: Setting, how: Replacement, isRead: boolean): Fix | null {
  const { value } = setting;
  const on = value.kind === 'boolean' ? value.value : undefined;
  if (setting.form === 'append' || setting.doubt !== undefined) return null;
  switch (how.kind) {
    case 'rename':
      return rename(configuration, setting, how.to, isRead && !setting.name.startsWith('legacy_') ? 'safe' : 'unsafe');
    case 'assign':
      if (on === undefined) return null;
      if (on !== how.when) return remove(configuration, setting);
      // `anonymous_login` wins over every `authentication`, and what takes its place would not
      if (setting.name === 'anonymous_login' && isSetAnywhere(configuration, how.option)) return null;
      return rewrite(configuration, setting, [how.option], `${how.option} = "${how.value}"`, 'safe');
    case 'module':
      if (on === undefined) return null;
      if (on !== how.when) return remove(configuration, setting);
      if (how.list === 'modules_enabled') return null;
      return rewrite(configuration, setting, [how.list], `${how.list} = { "${how.module}" }`, 'unsafe');
    case 'split':
      return on === undefined ? null : split(configuration, setting, how.to, on);
    default:
      // without it, other sites have no access either
      return setting.name.startsWith('cross_domain_') && on === false ? remove(configuration, setting) : null;
  }
}

function has(configuration: Configuration, scope: string, name: string): boolean {
  return configuration.sections.get(scope)?.options.has(name) ?? false;
}

function isSetAnywhere({ sections }: Configuration, name: string): boolean {
  return [...sections.values()].some(section => section.options.has(name));
}

function rename(configuration: Configuration, setting: Setting, to: string, safety: Safety): Fix | null {
  if (has(configuration, setting.scope, to) || sourceOf(configuration, setting.nameOrigin) !== setting.name) return null;
  return replacement(`Rename to \`${to}\``, safety, setting.nameOrigin, to);
}

function remove(configuration: Configuration, setting: Setting): Fix | null {
  const removed = removal(configuration, setting);
  return removed ? { title: `Remove \`${setting.name}\``, safety: 'safe', ...editsOnly([removed.edit]) } : null;
}

/** The whole statement in other words. */
function rewrite(
  configuration: Configuration,
  setting: Setting,
  names: readonly string[],
  text: string,
  safety: Safety,
): Fix | null {
  const isPlain = /^\w+\s*=\s*\w+$/.test(sourceOf(configuration, setting.origin));
  if (!isPlain || names.some(name => has(configuration, setting.scope, name))) return null;
  return replacement(`Write \`${text.replaceAll('\n', '; ')}\``, safety, setting.origin, text);
}

/** `require_encryption` is read for clients only; that between servers is required unless it is set to false. */
function split(configuration: Configuration, setting: Setting, names: readonly string[], on: boolean): Fix | null {
  const own = setting.scope === GLOBAL ? names : names.filter(name => name.startsWith('c2s_'));
  const line = configuration.documents.get(setting.origin.file)?.text.slice(0, setting.origin.start) ?? '';
  const indent = /[ \t]*$/.exec(line)![0];
  const text = own.map(name => `${name} = ${on}`).join(`\n${indent}`);
  const isLine = line === indent || line.endsWith(`\n${indent}`);
  if (!isLine && own.length > 1) return null;
  return rewrite(configuration, setting, own, text, on || own.length === 1 ? 'safe' : 'unsafe');
}
