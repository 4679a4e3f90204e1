import {
  type CatalogValue,
  effective,
  findOption,
  LDAP_SETTINGS,
  LDAP2_SCHEMA,
  nearestNames,
  type OptionInfo,
  type Outdated,
  optionNames,
  optionProse,
  prosodyVersions,
} from '@prosodist/core';
import type { Tree, TreeFile } from '../../tree.js';
import { effectiveLine } from './origin.js';
import { listNames, type Style } from './style.js';

/** The card of an option: what it is, who reads it, whether its time is over, and what holds in this scope. */
export function optionCard(tree: Tree, { configuration }: TreeFile, scope: string, name: string, style: Style): string[] {
  const info = findOption(name, configuration.version);
  const holds = effectiveLine(tree, scope, name, effective(configuration, scope, name), style);
  const title = `${style.bold(name)}: option${info?.secret ? ', secret' : ''}`;
  if (!info) return [title, unknownLine(name, optionNames(configuration.version), style), holds];
  return [title, ...optionFacts(info, style), holds];
}

/** What an option does, and what is known of it: type, default, where it may stand, who reads it, whether its time is over. */
export function optionFacts(info: OptionInfo, style: Style): string[] {
  const prose = proseOf(info.name);
  return [
    ...outdatedLines(info, style),
    ...(prose === undefined ? [] : [prose]),
    factsLine(info, style),
    readersLine(info, style),
    ...versionLines(info, style),
  ];
}

/** Words about an option, from the catalogue or from what is known of LDAP. */
function proseOf(name: string): string | undefined {
  return (
    optionProse(name) ??
    (name === 'ldap' ? LDAP2_SCHEMA.option.documentation : LDAP_SETTINGS.find(setting => setting.name === name)?.documentation)
  );
}

/** Since or until which version it is there, where that is not all of them. */
function versionLines({ name }: OptionInfo, style: Style): string[] {
  const known = prosodyVersions.filter(version => findOption(name, version)?.readers.some(({ file }) => file !== undefined));
  if (known.length !== 1) return [];
  const only = known[0]!;
  // a module outside of Prosody's tree reads it in the other version too
  if (prosodyVersions.some(version => version !== only && (findOption(name, version)?.readers.length ?? 0) > 0)) return [];
  return [`${only === prosodyVersions.at(-1) ? 'Since' : 'Until'} Prosody ${style.code(only)}`];
}

function unknownLine(name: string, names: readonly string[], style: Style): string {
  const near = nearestNames(name, names);
  const hint = near.length > 0 ? ` Did you mean ${listNames(style, near, 3)}?` : '';
  return `Prosody and the modules known here do not read it.${hint}`;
}

function factsLine({ type, values, default: fallback, scope }: OptionInfo, style: Style): string {
  const kind = type === 'any' ? 'any type' : `type ${type}`;
  const choices = values && values.length > 0 ? `: ${listNames(style, values.map(writeValue))}` : '';
  const unset = fallback === undefined ? 'no default' : `default ${writeDefault(fallback, style)}`;
  const place = scope === 'global' ? 'only in the global section' : 'in the global section or a host';
  return `${kind}${choices} · ${unset} · ${place}`;
}

function readersLine({ readers, source }: OptionInfo, style: Style): string {
  const modules = [
    ...new Set(readers.map(reader => (/[.]|^prosody/.test(reader.module) ? reader.module : `mod_${reader.module}`))),
  ];
  if (modules.length === 0) return source === 'core' ? 'Read by the server itself' : 'Nothing reads it any more';
  return `Read by ${listNames(style, modules, 6)}`;
}

function outdatedLines({ deprecated, obsolete }: OptionInfo, style: Style): string[] {
  const outdated = obsolete ?? deprecated;
  if (!outdated) return [];
  const instead = writeReplacement(outdated, style);
  return [`${style.bold(obsolete ? 'Obsolete' : 'Deprecated')}: ${outdated.text}${instead ? ` (${instead})` : ''}`];
}

/** What to use instead, unless Prosody's own words name it. */
function writeReplacement({ text, replacement }: Outdated, style: Style): string {
  switch (replacement.kind) {
    case 'remove':
      return 'remove it';
    case 'rename':
      return text.includes(replacement.to) ? '' : `use ${style.code(replacement.to)}`;
    case 'assign':
      return `use ${style.code(`${replacement.option} = "${replacement.value}"`)}`;
    case 'module':
      return `use ${style.code(replacement.module)} in ${style.code(replacement.list)}`;
    case 'split':
      return replacement.to.every(name => text.includes(name)) ? '' : `use ${listNames(style, replacement.to)}`;
    case 'manual':
      return '';
  }
}

/** A default; what Prosody computes in words, where that is common. */
function writeDefault(value: CatalogValue, style: Style): string {
  const code = 'expression' in value ? value.expression : '';
  if (/^(?:module\.)?host$/.test(code)) return 'the name of the host';
  const [, option, rest] = /^module:get_option(?:_\w+)?\("(\w+)"(?:, ([^()]*))?\)$/.exec(code) ?? [];
  if (option === undefined) return style.code(writeValue(value));
  return `that of ${style.code(option)}${rest === undefined ? '' : `, else ${style.code(rest)}`}`;
}

function writeValue(value: CatalogValue): string {
  return 'expression' in value ? value.expression : JSON.stringify(value.literal);
}
