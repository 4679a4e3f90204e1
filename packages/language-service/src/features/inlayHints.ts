import { effective, GLOBAL, type Include, type Opening, type Setting } from '@prosodist/core';
import { type InlayHint, InlayHintKind, type Range } from 'vscode-languageserver-types';
import { placesIn } from '../names/places.js';
import { toOffset, toPosition } from '../positions.js';
import { findFile, type Tree, type TreeFile } from '../tree.js';
import { placeOf } from './hover/origin.js';
import { MARKDOWN, PLAIN } from './hover/style.js';
import { formatValue } from './values.js';

/** Longest value in a hint, in characters. */
const LONGEST = 40;

/** How a hint leads back to what it tells of. */
export interface HintData {
  readonly scope: string;
  readonly name: string;
}

/**
 * What is not written there: in which section an included file begins and how many files an include reads, which provider a
 * host inherits, and what an option of a host takes the place of. Tooltips are made when they are asked for.
 * @param range the stretch that is in sight
 */
export function inlayHints(tree: Tree, path: string, range: Range): InlayHint[] {
  const file = findFile(tree, path);
  if (!file) return [];
  const start = toOffset(file.document, range.start);
  const end = toOffset(file.document, range.end);
  const inSight = <Thing extends { readonly origin: { readonly start: number; readonly end: number } }>(
    things: readonly Thing[],
  ) => things.filter(({ origin }) => origin.end >= start && origin.start <= end);
  const { includes, openings, settings } = placesIn(file.configuration, file.path);
  return [
    ...inSight(includes).map(include => includeHint(file, include)),
    ...inSight(openings).flatMap(opening => providerHint(file, opening)),
    ...inSight(settings).flatMap(setting => overrideHint(file, setting)),
  ].sort((a, b) => a.position.line - b.position.line || a.position.character - b.position.character);
}

/** The hint with where the value that it tells of was set. */
export function resolveInlayHint(tree: Tree, path: string, hint: InlayHint, markdown: boolean): InlayHint {
  const file = findFile(tree, path);
  const { scope, name } = (hint.data ?? {}) as Partial<HintData>;
  const option = file && scope !== undefined && name !== undefined ? effective(file.configuration, scope, name) : undefined;
  if (!option) return hint;
  const style = markdown ? MARKDOWN : PLAIN;
  return { ...hint, tooltip: { kind: style.kind, value: `Set in ${placeOf(tree, option.setting.origin, style)}` } };
}

function includeHint({ document }: TreeFile, { origin, files, glob, scope }: Include): InlayHint {
  const count = glob ? `${files.length} ${files.length === 1 ? 'file' : 'files'}, ` : '';
  const label = `${count}begins in the global section`;
  const tooltip = [
    ...(scope === GLOBAL
      ? []
      : [`Not in ${scope}: an included file begins in the global section, and what follows here is ${scope} again.`]),
    ...files.slice(0, 20),
  ].join('\n');
  return { position: toPosition(document, origin.end), label, paddingLeft: true, tooltip };
}

function providerHint(file: TreeFile, { kind, scope, origin }: Opening): InlayHint[] {
  const provider = kind === 'host' ? effective(file.configuration, scope, 'authentication') : undefined;
  if (!provider?.inherited) return [];
  const label = `authentication = ${formatValue(provider.value, 'authentication', LONGEST)}`;
  const data: HintData = { scope: GLOBAL, name: 'authentication' };
  return [{ position: toPosition(file.document, origin.end), label, kind: InlayHintKind.Parameter, paddingLeft: true, data }];
}

function overrideHint(file: TreeFile, { scope, name, origin, form }: Setting): InlayHint[] {
  if (scope === GLOBAL || form === 'append') return [];
  const global = file.configuration.sections.get(GLOBAL)?.options.get(name);
  // modules of the global section are loaded besides those of the host
  if (!global || name === 'modules_enabled' || name === 'modules_disabled') return [];
  const label = `instead of ${formatValue(global.value, name, LONGEST)}`;
  const data: HintData = { scope: GLOBAL, name };
  return [{ position: toPosition(file.document, origin.end), label, paddingLeft: true, data }];
}
