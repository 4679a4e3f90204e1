import { findModule, findOption, type ProsodyVersion } from '@prosodist/core';
import type { CompletionItem } from 'vscode-languageserver-types';
import { keyLines } from '../hover/keyCard.js';
import { moduleFacts } from '../hover/moduleCard.js';
import { optionFacts } from '../hover/optionCard.js';
import { MARKDOWN, PLAIN, type Style } from '../hover/style.js';
import { ATTRIBUTES } from './attributes.js';
import type { CompletionData } from './item.js';
import { keyAt } from './keys.js';

/**
 * An item with its documentation, which is made when somebody looks at it. It needs no tree: what it needs is in the item.
 * @param options `markdown: false` for clients that show plain text only
 */
export function resolveCompletion(item: CompletionItem, options: { readonly markdown?: boolean } = {}): CompletionItem {
  const style = options.markdown === false ? PLAIN : MARKDOWN;
  const lines = isData(item.data) ? linesOf(item.data, style) : [];
  if (lines.length === 0) return item;
  const value = lines.join(style.kind === 'markdown' ? '\n\n' : '\n');
  return { ...item, documentation: { kind: style.kind, value } };
}

function linesOf(data: CompletionData, style: Style): readonly string[] {
  const version: ProsodyVersion = data.version === '0.12' ? '0.12' : '13.0';
  switch (data.kind) {
    case 'option': {
      const info = findOption(data.name, version);
      return info ? optionFacts(info, style) : [];
    }
    case 'module': {
      const info = findModule(data.name, version);
      return info ? moduleFacts(info, style) : ['A module that lies on this machine; nothing more is known of it.'];
    }
    case 'key': {
      const key = keyAt(data.path, version);
      return key ? keyLines(key, style) : [];
    }
    case 'attribute': {
      const known = ATTRIBUTES.find(({ name }) => name === data.name);
      return known ? [known.documentation] : [];
    }
  }
}

/** The data comes back from the client: anything may be in it. */
function isData(data: unknown): data is CompletionData {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return false;
  const { kind } = data;
  if (kind === 'key') return 'path' in data && Array.isArray(data.path) && data.path.every(part => typeof part === 'string');
  return (kind === 'option' || kind === 'module' || kind === 'attribute') && 'name' in data && typeof data.name === 'string';
}
