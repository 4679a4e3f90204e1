import type { Document } from '@prosodist/core';
import {
  type CompletionItem,
  type CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  InsertTextMode,
  type TextEdit,
} from 'vscode-languageserver-types';
import type { Place } from '../../place/place.js';
import { toPosition, toRange } from '../../positions.js';
import { type Part, render } from './parts.js';

/** What the client can take. */
export interface CompletionClient {
  /** `completionItem.snippetSupport` */
  readonly snippets?: boolean;
  /** `completionItem.deprecatedSupport` or a tag for it */
  readonly tags?: boolean;
}

/** How an item leads to its documentation, which is made when somebody looks at it. */
export type CompletionData = { readonly version: string } & (
  | { readonly kind: 'option' | 'module'; readonly name: string }
  | { readonly kind: 'key'; readonly path: readonly string[] }
  | { readonly kind: 'attribute'; readonly name: string }
);

/** Something that could be written. */
export interface Proposal {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** A text inside quotes; they are written unless the cursor is between some. */
  readonly string?: string;
  /** Of the string, the stretch that is replaced, from its content's start; all of it unless said. */
  readonly from?: number;
  readonly to?: number;
  /** A string that is not finished yet: a folder, a DN's part. The quote behind it is not written. */
  readonly goesOn?: boolean;
  /** A key; `value` is written behind it unless there is an `=` already. */
  readonly key?: string;
  readonly value?: readonly Part[];
  /** Anything else. */
  readonly text?: readonly Part[];
  /** Sorts before the label. */
  readonly rank?: number;
  readonly detail?: string;
  readonly deprecated?: boolean;
  readonly data?: CompletionData;
  readonly preselect?: boolean;
}

/** A proposal as the item of a list, its edits for this place; undefined where it cannot stand there. */
export function itemOf(
  document: Document,
  place: Place,
  proposal: Proposal,
  client: CompletionClient,
): CompletionItem | undefined {
  const edit = place.literal ? stringEdit(document, place, proposal) : plainEdit(document, place, proposal, client);
  if (!edit) return undefined;
  const { label, kind, detail, rank = 5, deprecated = false, data, preselect } = proposal;
  return {
    label,
    kind,
    sortText: `${rank}${label}`,
    ...(detail === undefined ? {} : { detail }),
    ...(deprecated && client.tags !== false ? { tags: [CompletionItemTag.Deprecated] } : {}),
    ...(edit.snippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    // its lines are indented already
    ...(edit.main.newText.includes('\n') ? { insertTextMode: InsertTextMode.asIs } : {}),
    textEdit: edit.main,
    ...(edit.filter === undefined || edit.filter === label ? {} : { filterText: edit.filter }),
    ...(edit.more.length > 0 ? { additionalTextEdits: edit.more } : {}),
    ...(data ? { data } : {}),
    ...(preselect ? { preselect } : {}),
  };
}

interface Edit {
  readonly main: TextEdit;
  readonly more: TextEdit[];
  readonly snippet?: boolean;
  readonly filter?: string;
}

/** Where no string is open: the word is replaced, with the separators that a table needs. */
function plainEdit(document: Document, place: Place, proposal: Proposal, { snippets }: CompletionClient): Edit | undefined {
  const { key, value, text, string } = proposal;
  const assigned = place.next === '=';
  const line = (document.text.includes('\r\n') ? '\r\n' : '\n') + indentAt(document.text, place.start);
  if (assigned && key === undefined && place.role === 'entry') return undefined;
  const quoted = string === undefined ? undefined : [quote(string, '"')];
  const valued = key === undefined || assigned || !value ? [key ?? ''] : [`${key} = `, ...value];
  const parts = (text ?? quoted ?? valued).map(part => (typeof part === 'string' ? part.replaceAll('\n', line) : part));
  const behind = place.followed ? place.separator : '';
  const adjacent = place.unseparated === place.start;
  const before = adjacent ? `${place.separator} ` : '';
  const snippet = snippets === true && parts.some(part => typeof part !== 'string');
  const newText = snippet
    ? before + render(parts, true) + behind
    : before + parts.map(part => (typeof part === 'string' ? part : part.hole)).join('') + behind;
  return {
    main: { range: toRange(document, place), newText },
    more: place.unseparated === null || adjacent ? [] : [insertion(document, place.unseparated, place.separator)],
    snippet,
  };
}

/** Inside a string: its content is replaced, and the quote behind it added where it is missing. */
function stringEdit(document: Document, place: Place, proposal: Proposal): Edit | undefined {
  const { text } = document;
  const literal = place.literal!;
  const asKey = place.role === 'entry' && place.next === ']';
  const content = asKey ? proposal.key : proposal.string;
  if (content === undefined) return undefined;
  const open = /^(?:\[=*\[|["'])/.exec(text.slice(literal.start, literal.end))?.[0] ?? '"';
  const closing = open.startsWith('[') ? open.replaceAll('[', ']') : open;
  const inside = literal.start + open.length;
  const cursor = place.start;
  const rest = literal.flaw ? /^[^\r\n]*/.exec(text.slice(cursor))![0] : '';
  const word = literal.flaw ? /^[\w.@-]*/.exec(rest)![0].length : 0;
  const last = literal.flaw ? cursor + word : literal.end - closing.length;
  if (cursor < inside || cursor > last) return undefined;
  const start = Math.max(inside, inside + (proposal.from ?? 0));
  const end = proposal.to === undefined ? last : Math.min(last, inside + proposal.to);
  if (start > cursor || end < cursor || /[\r\n]/.test(text.slice(start, end))) return undefined;
  const finish = literal.flaw && !proposal.goesOn ? closing : '';
  const follows = literal.flaw ? place.braces && /^[^\s},;)]/.test(rest.slice(word).trimStart()) : place.followed;
  const separated = follows && literal.flaw && !proposal.goesOn ? place.separator : '';
  const more: TextEdit[] = [];
  if (place.unseparated !== null) more.push(insertion(document, place.unseparated, place.separator));
  if (follows && !literal.flaw) more.push(insertion(document, literal.end, place.separator));
  const written = open.startsWith('[') ? content : escape(content, open);
  return {
    main: { range: toRange(document, { start, end }), newText: written + finish + separated },
    more,
    filter: written,
  };
}

/** The blanks that the line begins with. */
function indentAt(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))![0];
}

function insertion(document: Document, offset: number, newText: string): TextEdit {
  const position = toPosition(document, offset);
  return { range: { start: position, end: position }, newText };
}

function escape(content: string, mark: string): string {
  return content
    .replace(/[\\\r\n]/g, unit => (unit === '\\' ? '\\\\' : unit === '\n' ? '\\n' : '\\r'))
    .replaceAll(mark, `\\${mark}`);
}

/** A text as a string of Lua. */
export function quote(content: string, mark: '"' | "'"): string {
  return mark + escape(content, mark) + mark;
}
