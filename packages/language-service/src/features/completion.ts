import type { CompletionItem, CompletionList, Position } from 'vscode-languageserver-types';
import type { Place } from '../place/place.js';
import { placeAt } from '../place/place.js';
import { toOffset } from '../positions.js';
import { findFile, type Tree, type TreeFile } from '../tree.js';
import { argumentProposals } from './completion/calls.js';
import { type CompletionClient, itemOf, type Proposal } from './completion/item.js';
import { keyProposals, keysAt } from './completion/keys.js';
import { optionProposals } from './completion/options.js';
import { valueProposals } from './completion/values.js';

/** Items of one list; more than this nobody reads. */
const MOST = 2500;

/** Characters behind which something can be proposed without being asked for. */
export const COMPLETION_TRIGGERS: readonly string[] = ['"', "'", '/', '(', '=', ',', '{'];

/**
 * What could be written at a position: options of the section, modules, providers, hosts, keys and values of tables, files, what
 * stands in filters and DNs. The text after any of them is as well-formed as before: separators are added where they are missing.
 * @param position line and character from 0
 * @returns an empty list in comments, and where nothing of a configuration's own can stand
 */
export function completion(tree: Tree, path: string, position: Position, client: CompletionClient = {}): CompletionList {
  const file = findFile(tree, path);
  const place = file && placeAt(file, toOffset(file.document, position));
  if (!file || !place) return { isIncomplete: false, items: [] };
  const proposals = proposalsFor(tree, file, place);
  const items = proposals
    .slice(0, MOST)
    .map(proposal => itemOf(file.document, place, proposal, client))
    .filter((item): item is CompletionItem => item !== undefined);
  // a path's next folder is read when it is named
  return { isIncomplete: proposals.length > MOST, items };
}

function proposalsFor(tree: Tree, file: TreeFile, place: Place): Proposal[] {
  const { text } = file.document;
  const { literal, start, end } = place;
  const open = literal ? (/^(?:\[=*\[|["'])/.exec(text.slice(literal.start, literal.end))?.[0].length ?? 1) : 0;
  const before = literal ? text.slice(literal.start + open, Math.max(start, literal.start + open)) : '';
  const behind = literal && !literal.flaw ? text.slice(start, Math.max(start, literal.end - Math.max(1, open))) : '';
  const word = literal ? before + behind : text.slice(start, end);
  if (place.role === 'argument') return argumentProposals(tree, file, place, before);
  if (place.role === 'value') return isTaken(place) ? [] : valueProposals(tree, file, place, before, behind);
  const asKey = place.next === ']' && literal !== null;
  // an entry of a list of options is nothing; a word there is the beginning of a name
  if (place.path.length === 0) return start === end && isTaken(place) ? [] : optionProposals(file, place, word);
  const keys = literal && !asKey ? [] : keyProposals(place, file.configuration.version, word);
  if (asKey || keysAt(place.path, file.configuration.version)?.length)
    return literal && !asKey ? valueProposals(tree, file, place, before, behind) : keys;
  return place.next === '=' ? [] : valueProposals(tree, file, place, before, behind);
}

/** Whether a value stands behind the cursor already, on the same line. */
function isTaken({ literal, next, start, end, followed, braces }: Place): boolean {
  if (literal || start !== end) return false;
  return braces ? followed && /^["'[{\d]/.test(next) : next !== '' && next !== ';';
}

export type { CompletionClient, CompletionData } from './completion/item.js';
