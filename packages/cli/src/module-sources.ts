// Where a module comes from, in words and as JSON.
import { type Configuration, GLOBAL, type Json, type ModuleSource, type Secrets } from '@prosodist/core';
import { lineText, originJson } from './origins.js';
import { visible } from './visible.js';

/** Longer than this is no name, but a text that stands where a list should be. */
const LONGEST = 60;

/** A module's name on one line. */
export function moduleName(name: string, secrets: Secrets): string {
  const line = visible(secrets.hideCertain(name)).replaceAll('\n', '\\n');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

/** One source: `modules_enabled` is what people expect, so only its line is said; other options are named. */
export function sourceText(configuration: Configuration, source: ModuleSource): string {
  if (source.kind === 'always') return 'Prosody always';
  if (source.kind === 'default') return `default of ${source.option === 'default_storage' ? 'storage' : source.option}`;
  const line = lineText(configuration, source.origin);
  if (source.option === 'component_module') return `Component, ${line}`;
  const where = source.scope === GLOBAL ? `${line} (global)` : line;
  return source.option === 'modules_enabled' ? where : `${source.option}, ${where}`;
}

export function sourcesText(configuration: Configuration, sources: readonly ModuleSource[]): string {
  return [...new Set(sources.map(source => sourceText(configuration, source)))].join('; ');
}

export function sourceJson(configuration: Configuration, source: ModuleSource): Json {
  if (source.kind === 'always') return { kind: source.kind };
  if (source.kind === 'default') return { kind: source.kind, option: source.option };
  return { kind: source.kind, option: source.option, section: source.scope, ...originJson(configuration, source.origin) };
}
