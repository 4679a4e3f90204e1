import { lineEnd, type Opening, readString, type Token, tokenAt } from '@prosodist/core';
import { statementStart } from '../../place/tokens.js';
import { sectionAt } from '../../sections.js';
import type { TreeFile } from '../../tree.js';

/** What a hover is about. */
export type HoverTarget = { readonly token: Token } & (
  | { readonly kind: 'option'; readonly name: string; readonly scope: string }
  | { readonly kind: 'host'; readonly scope: string }
  | { readonly kind: 'module'; readonly name: string }
);

/** The name, string or number that the offset is on or directly behind, and the tokens of its statement; none in comments. */
export function tokenAtCursor({ document }: TreeFile, offset: number): { token: Token; all: readonly Token[] } | undefined {
  const { text } = document;
  const all: Token[] = [];
  // a line further: what is hovered may be a name with its `=` behind it
  const limit = lineEnd(text, offset);
  for (let at = statementStart(document, offset); ; ) {
    const token = tokenAt(text, at);
    if (token.kind === 'end' || token.start > limit) break;
    all.push(token);
    at = token.end;
  }
  const touching = all.filter(token => token.start <= offset && offset <= token.end);
  const named = touching.filter(
    token => token.kind === 'name' || token.kind === 'number' || (token.kind === 'string' && !token.flaw),
  );
  const token = named.find(candidate => offset < candidate.end) ?? named[0];
  if (!token || touching.some(other => other.kind === 'comment' && offset < other.end && offset > other.start)) return undefined;
  return { token, all };
}

/**
 * What stands at an offset of a file: an option's name, a host, a module; undefined where it is none of these.
 * @param offset UTF-16 code units from 0
 */
export function targetAt(file: TreeFile, offset: number): HoverTarget | undefined {
  const found = tokenAtCursor(file, offset);
  if (!found) return undefined;
  const { token, all } = found;
  if (token.kind === 'number') return undefined;
  const covers = (origin: { file: string; start: number; end: number } | null | undefined) =>
    origin?.file === file.path && origin.start <= token.start && token.end <= origin.end;
  const { settings, openings, sections } = file.configuration;
  // an entry without a key has no name: what stands there is its value
  const named = settings.find(({ form, name, nameOrigin }) => form !== 'opening' && !name.startsWith('$[') && covers(nameOrigin));
  if (named) return { kind: 'option', token, name: named.name, scope: named.scope };
  if (token.kind === 'name') return unreadOption(file, token, all);
  const text = readString(file.document.text.slice(token.start, token.end)).value;
  const opened = openings.find(opening => covers(opening.nameOrigin) || covers(opening.module?.origin));
  if (opened) return openingTarget(opened, token, covers(opened.nameOrigin));
  const holder = settings.findLast(setting => covers(setting.valueOrigin));
  const module = holder && moduleName(holder.name, text);
  if (module !== undefined) return { kind: 'module', token, name: module };
  const host = sections.get(text.toLowerCase());
  return host && host.kind !== 'global' ? { kind: 'host', token, scope: host.name } : undefined;
}

function openingTarget(opening: Opening, token: Token, onName: boolean): HoverTarget | undefined {
  if (onName) return { kind: 'host', token, scope: opening.scope };
  return opening.module ? { kind: 'module', token, name: opening.module.name } : undefined;
}

function moduleName(option: string, text: string): string | undefined {
  if (option === 'modules_enabled' || option === 'modules_disabled' || option === 'component_module') return text;
  if (option === 'authentication') return `auth_${text}`;
  return option === 'storage' || option === 'default_storage' ? `storage_${text}` : undefined;
}

/** An option in a statement that could not be read: `name =` outside of every table. */
function unreadOption(file: TreeFile, token: Token, all: readonly Token[]): HoverTarget | undefined {
  const { text, statements } = file.document;
  if (statements.some(statement => statement.start <= token.start && token.end <= statement.end)) return undefined;
  const at = all.indexOf(token);
  const next = all[at + 1];
  if (!next || text.slice(next.start, next.end) !== '=') return undefined;
  const lost = file.document.problems.find(({ lost }) => lost.start <= token.start && token.end <= lost.end)?.lost.start ?? 0;
  const before = all.slice(0, at).filter(other => other.kind === 'symbol' && other.start >= lost);
  const depth = before.reduce((sum, { start }) => sum + (text[start] === '{' ? 1 : text[start] === '}' ? -1 : 0), 0);
  if (depth > 0) return undefined;
  return { kind: 'option', token, name: text.slice(token.start, token.end), scope: sectionAt(file, token.start).scope };
}
