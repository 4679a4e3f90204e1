import { effective, GLOBAL, listEntries, type Section, type Value } from '@prosodist/core';
import type { Tree, TreeFile } from '../../tree.js';
import { effectiveLine } from './origin.js';
import { listNames, type Style } from './style.js';

/** Modules that a card names before it counts the rest. */
const MOST = 40;

/** The card of a virtual host or component: its provider and the modules that it loads. */
export function hostCard(tree: Tree, { configuration }: TreeFile, section: Section, style: Style): string[] {
  const { name, kind, options } = section;
  const module = options.get('component_module')?.value;
  const what = kind === 'host' ? 'virtual host' : `component${module?.kind === 'string' ? ` (mod_${module.value})` : ''}`;
  const own = options.get('modules_enabled')?.value;
  const global = configuration.sections.get(GLOBAL)?.options.get('modules_enabled')?.value;
  const lines = [`${style.bold(name)}: ${what}`];
  if (kind === 'host') {
    const provider = effective(configuration, name, 'authentication');
    const set = effectiveLine(tree, name, 'authentication', provider, style);
    lines.push(`${style.code('authentication')}. ${set}${provider ? '' : `, so ${style.code('internal_hashed')}`}`);
  }
  lines.push(`${style.code('modules_enabled')} here: ${modules(own, style)}`);
  // modulemanager: a component takes the global modules only where load_global_modules says so
  if (kind === 'host')
    lines.push(`${style.code('modules_enabled')} of the global section, loaded too: ${modules(global, style)}`);
  return lines;
}

function modules(value: Value | undefined, style: Style): string {
  if (!value) return 'none';
  if (value.kind !== 'table') return value.kind === 'unknown' ? 'not known' : 'none';
  const names = listEntries(value).map(entry => (entry.value.kind === 'string' ? entry.value.value : '?'));
  return names.length > 0 ? listNames(style, names, MOST) : 'none';
}
