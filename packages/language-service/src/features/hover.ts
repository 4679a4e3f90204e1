import type { Hover, Position } from 'vscode-languageserver-types';
import { toOffset, toRange } from '../positions.js';
import { findFile, type Tree, type TreeFile } from '../tree.js';
import { detailAt } from './hover/detail.js';
import { hostCard } from './hover/hostCard.js';
import { moduleCard } from './hover/moduleCard.js';
import { optionCard } from './hover/optionCard.js';
import { MARKDOWN, PLAIN, type Style } from './hover/style.js';
import { type HoverTarget, targetAt, tokenAtCursor } from './hover/target.js';

/**
 * The card of what stands at a position: an option, a key, a host or component, a module, a part of a filter or DN, a number in words.
 * @param position line and character from 0
 * @param options `markdown: false` for clients that show plain text only
 */
export function hover(tree: Tree, path: string, position: Position, options: { readonly markdown?: boolean } = {}): Hover | null {
  const file = findFile(tree, path);
  if (!file) return null;
  const offset = toOffset(file.document, position);
  const style = options.markdown === false ? PLAIN : MARKDOWN;
  const target = targetAt(file, offset);
  const token = target?.token ?? tokenAtCursor(file, offset)?.token;
  if (!token) return null;
  const { lines, ...stretch } = target
    ? { lines: cardOf(tree, file, target, style), start: token.start, end: token.end }
    : (detailAt(tree, file, token, offset, style) ?? { lines: [], start: 0, end: 0 });
  if (lines.length === 0) return null;
  const value = lines.join(style.kind === 'markdown' ? '\n\n' : '\n');
  return { contents: { kind: style.kind, value }, range: toRange(file.document, stretch) };
}

function cardOf(tree: Tree, file: TreeFile, target: HoverTarget, style: Style): string[] {
  if (target.kind === 'option') return optionCard(tree, file, target.scope, target.name, style);
  if (target.kind === 'module') return moduleCard(tree, file, target.name, style);
  const section = file.configuration.sections.get(target.scope);
  return section ? hostCard(tree, file, section, style) : [];
}
