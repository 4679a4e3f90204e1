import { type Configuration, GLOBAL, type Opening, type Origin } from '../../evaluate/index.js';
import type { AssignmentStatement, Document, LocalStatement, Node, Statement } from '../../syntax/index.js';
import { firstIndex } from '../../text/index.js';
import type { RuleContext } from '../rule.js';

/** A statement `a = 1` or `local a = 1` at the top of a file. */
export interface TopAssignment {
  readonly statement: Statement;
  readonly node: AssignmentStatement | LocalStatement;
  /** The place of a part of it in the file. */
  readonly place: (node: Node) => Origin;
}

/**
 * The assignments at the top of a file, in order: where nothing decides whether they run.
 * @param isWanted leaves out what a rule has nothing to say of, which is most of them
 */
export function topAssignments(
  document: Document,
  file: string,
  isWanted: (node: TopAssignment['node']) => boolean = () => true,
): readonly TopAssignment[] {
  const found: TopAssignment[] = [];
  for (const statement of document.statements) {
    const { node, base } = statement;
    if ((node.type !== 'AssignmentStatement' && node.type !== 'LocalStatement') || !isWanted(node)) continue;
    const place = ({ range }: Node) => ({ file, start: base + range[0], end: base + range[1] });
    found.push({ statement, node, place });
  }
  return found;
}

const openings = new WeakMap<Configuration, ReadonlyMap<string, readonly Opening[]>>();

function openingsOf(configuration: Configuration): ReadonlyMap<string, readonly Opening[]> {
  const byFile = new Map<string, Opening[]>();
  for (const opening of configuration.openings) {
    const list = byFile.get(opening.origin.file) ?? [];
    byFile.set(opening.origin.file, list);
    list.push(opening);
  }
  for (const list of byFile.values()) list.sort((a, b) => a.origin.end - b.origin.end);
  return byFile;
}

/** The last host or component that is opened above a place in its file. */
export function openingBefore(configuration: Configuration, { file, start }: Origin): Opening | undefined {
  const known = openings.get(configuration) ?? openingsOf(configuration);
  openings.set(configuration, known);
  const list = known.get(file) ?? [];
  return list[firstIndex(list, ({ origin }) => origin.end > start) - 1];
}

/** The section that is open at a place, as the openings before it in the file tell. */
export function scopeAt({ configuration }: RuleContext, at: Origin): string {
  const last = openingBefore(configuration, at);
  return !last || last.table ? GLOBAL : last.scope;
}

/** The blanks before a place in its line, or `undefined` where something else stands there. */
export function indentAt({ text }: Document, start: number): string | undefined {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return line.trim() === '' ? line : undefined;
}

/** Whether the second place is indented deeper than the first: it was meant to belong to it. */
export function isDeeper(document: Document, outer: number, inner: number): boolean {
  const [first, second] = [indentAt(document, outer), indentAt(document, inner)];
  return first !== undefined && second !== undefined && second.length > first.length && second.startsWith(first);
}

/** Whether the name of a section is known; two of one unknown name need not be one. */
export function isNamed({ scope }: Opening): boolean {
  return !scope.startsWith('?');
}
