import { findModule, findOption, moduleFile } from '@prosodist/core';
import type { Range, SemanticTokensEdit } from 'vscode-languageserver-types';
import { type Mark, marksIn } from '../names/marks.js';
import { lineStarts, toOffset } from '../positions.js';
import { findFile, type Tree, type TreeFile } from '../tree.js';
import { ldapTokens } from './semanticTokens/ldap.js';
import { type SemanticToken, TOKEN_MODIFIERS, TOKEN_TYPES, type TokenModifier, type TokenType } from './semanticTokens/legend.js';

/**
 * What the names of a file mean, as the protocol packs it: five numbers a token, line and character as the distance from the
 * token before.
 * @param range only what touches it; the whole file unless given
 */
export function semanticTokens(tree: Tree, path: string, range?: Range): number[] {
  const file = findFile(tree, path);
  if (!file) return [];
  const { document } = file;
  const start = range ? toOffset(document, range.start) : 0;
  const end = range ? toOffset(document, range.end) : document.text.length;
  const found = marksIn(file, start, end).flatMap(mark => tokensOf(tree, file, mark));
  return pack(file, found);
}

/** The edits that turn packed tokens into others: one, of what lies between what both begin and end with. */
export function tokenEdits(before: readonly number[], after: readonly number[]): SemanticTokensEdit[] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let same = 0;
  while (same < most - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  const deleteCount = before.length - start - same;
  if (deleteCount === 0 && before.length === after.length) return [];
  return [{ start, deleteCount, data: after.slice(start, after.length - same) }];
}

function pack({ document }: TreeFile, tokens: readonly SemanticToken[]): number[] {
  const starts = lineStarts(document);
  const data: number[] = [];
  let [line, before, last] = [0, 0, -1];
  let at = 0;
  for (const { start, end, type, modifiers } of tokens) {
    // tokens come in the order of the text, so the lines are walked through once
    while (at + 1 < starts.length && starts[at + 1]! <= start) at++;
    // a token lies on one line, and none on another
    if (end <= start || start < last || end >= (starts[at + 1] ?? end + 1)) continue;
    const bits = modifiers.reduce((sum, modifier) => sum | (1 << TOKEN_MODIFIERS.indexOf(modifier)), 0);
    const character = start - starts[at]!;
    data.push(at - line, at === line ? character - before : character, end - start, TYPES.get(type)!, bits);
    [line, before, last] = [at, character, end];
  }
  return data;
}

const TYPES = new Map<TokenType, number>(TOKEN_TYPES.map((type, index) => [type, index]));
const OPENERS = /^(?:VirtualHost|Host|host|Component|component|Include|include|RunScript|FileContents|FileLines?|Credential)$/;

function tokensOf(tree: Tree, file: TreeFile, mark: Mark): SemanticToken[] {
  const token = (type: TokenType, ...modifiers: TokenModifier[]): SemanticToken[] => [
    { start: mark.start, end: mark.end, type, modifiers },
  ];
  switch (mark.kind) {
    case 'host':
    case 'component':
      return token(
        mark.kind === 'host' ? 'class' : 'interface',
        ...(mark.role === 'definition' ? (['declaration'] as const) : []),
      );
    case 'option':
      return optionToken(file, mark, token);
    case 'key':
      return token('property');
    case 'module':
      return token('namespace', ...(isKnownModule(tree, file, mark.id) ? [] : (['unknown'] as const)));
    case 'local':
      return token(mark.local?.kind ?? 'variable', ...(mark.role === 'definition' ? (['declaration'] as const) : []));
    case 'function':
      return token(OPENERS.test(mark.id) ? 'macro' : 'function');
    case 'string':
      return isAllowedValue(file, mark) ? token('enumMember') : ldapTokens(mark);
    default:
      return [];
  }
}

function optionToken(
  { configuration }: TreeFile,
  { id, role, append }: Mark,
  token: (type: TokenType, ...modifiers: TokenModifier[]) => SemanticToken[],
): SemanticToken[] {
  const info = findOption(id, configuration.version);
  // a name that nobody defines, most often a string without its quotes
  if (!info && role === 'read') return /^ENV_/.test(id) ? token('variable') : [];
  const modifiers: TokenModifier[] = append ? ['modification'] : [];
  if (info?.deprecated || info?.obsolete) modifiers.push('deprecated');
  if (!info) modifiers.push('unknown');
  return token('property', ...modifiers);
}

function isAllowedValue({ configuration }: TreeFile, { id, path = [] }: Mark): boolean {
  if (path.length !== 1) return false;
  const values = findOption(String(path[0]), configuration.version)?.values;
  return values?.some(value => 'literal' in value && value.literal === id) ?? false;
}

const installed = new WeakMap<Tree, Map<string, boolean>>();

/** Whether a module is in the catalogue, or installed; of a provider, without one (`null`) too. */
function isKnownModule(tree: Tree, { configuration }: TreeFile, name: string): boolean {
  if (findModule(name, configuration.version) || /^(?:auth|storage)_(?:null|none)$/.test(name)) return true;
  const known = installed.get(tree) ?? new Map<string, boolean>();
  installed.set(tree, known);
  const found = known.get(name) ?? moduleFile(tree.files, configuration, name) !== undefined;
  known.set(name, found);
  return found;
}
