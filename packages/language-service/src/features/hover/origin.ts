import { baseName, type Effective, GLOBAL, type Origin } from '@prosodist/core';
import { toPosition } from '../../positions.js';
import { findFile, type Tree } from '../../tree.js';
import { formatValue } from '../values.js';
import type { Style } from './style.js';

/** A place as people name it, `prosody.cfg.lua:12`, leading there. */
export function placeOf(tree: Tree, origin: Origin, style: Style): string {
  const document = findFile(tree, origin.file)?.document;
  const line = document ? toPosition(document, origin.start).line + 1 : 1;
  return style.link(`${baseName(origin.file)}:${line}`, `${tree.uriOf(origin.file)}#L${line}`);
}

/** What Prosody would use for an option in a scope, and where that was set. */
export function effectiveLine(tree: Tree, scope: string, name: string, found: Effective | undefined, style: Style): string {
  const where = scope === GLOBAL ? 'In the global section' : `For ${style.code(scope)}`;
  if (!found) return `${where}: not set`;
  const value = style.code(formatValue(found.value, name));
  const from = found.inherited ? ', from the global section' : '';
  const overrode = found.overrode.length > 0 ? `, over ${found.overrode.length} earlier` : '';
  return `${where}: ${value}, set in ${placeOf(tree, found.setting.origin, style)}${from}${overrode}`;
}
