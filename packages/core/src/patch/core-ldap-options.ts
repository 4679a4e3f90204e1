// The `ldap` table of mod_auth_ldap2 as options of mod_auth_ldap, with the comments that stand in it.
import { type Configuration, openReason, type Setting, type TableValue, truth, type Value } from '../evaluate/index.js';
import { checkLdap2Filter, coreLdapFilter, isAttributeDescription } from '../ldap/index.js';
import { type Comment, type Document, ownership } from '../syntax/index.js';
import { lineEnd } from '../text/index.js';
import { documentOf } from './find.js';
import { literal } from './literal.js';
import { type Entry, type TableNode, tableAt, tableOf } from './nodes.js';
import type { Step } from './operation.js';
import { refused } from './steps.js';
import { styleOf } from './style.js';

/** What mod_auth_ldap calls the keys of ldap2, and what it takes where they are not set. */
const OPTIONS: readonly { readonly key: string; readonly option: string; readonly missing: string | undefined }[] = [
  { key: 'hostname', option: 'ldap_server', missing: undefined },
  { key: 'bind_dn', option: 'ldap_rootdn', missing: '""' },
  { key: 'bind_password', option: 'ldap_password', missing: '""' },
  { key: 'use_tls', option: 'ldap_tls', missing: 'false' },
  { key: 'user.basedn', option: 'ldap_base', missing: undefined },
];

/** The options that `coreLdapOptions` writes. */
export const CORE_LDAP_OPTIONS: readonly string[] = [...OPTIONS.map(({ option }) => option), 'ldap_filter'];

/** What a login is looked for with. */
export interface LoginSearch {
  readonly attribute: string;
  readonly filter: string | undefined;
}

/** The attribute and the filter of an `ldap` table, or why ldap2 finds nobody with it. */
export function loginSearch(table: TableValue, setting: Setting): LoginSearch | Step {
  const at = [setting.origin];
  const user = table.table.entries.get('user')?.value;
  const missing = (name: string) =>
    refused('not-found', `\`ldap.${name}\` is not set, so nobody can log in with ldap2 either; set it first`, at);
  const open = openReason(table) ?? (user?.kind === 'table' ? openReason(user) : undefined);
  if (open !== undefined || user?.kind === 'unknown')
    return refused('computed-value', `what is in the \`ldap\` table is not known: ${open ?? 'its `user` is computed'}`, at);
  if (user?.kind !== 'table') return missing('user');
  if (!table.table.entries.has('hostname')) return missing('hostname');
  const [attribute, filter, base] = ['usernamefield', 'filter', 'basedn'].map(key => user.table.entries.get(key)?.value);
  if (!attribute) return missing('user.usernamefield');
  if (!base) return missing('user.basedn');
  if (attribute.kind !== 'string' || (filter && filter.kind !== 'string'))
    return refused(
      'computed-value',
      '`ldap.user.usernamefield` or `ldap.user.filter` is computed, so the filter is not known',
      at,
    );
  if (!isAttributeDescription(attribute.value))
    return refused('wrong-kind', `\`ldap.user.usernamefield\` is no attribute: ${attribute.value}`, at);
  if (filter && !checkLdap2Filter(filter.value).ok)
    return refused('wrong-kind', '`ldap.user.filter` is no filter, so nobody can log in with ldap2 either; mend it first', at);
  return { attribute: attribute.value, filter: filter?.value };
}

/** One line of the options: an assignment, a comment, or both. */
export interface OptionLine {
  readonly code?: string;
  readonly comment?: string;
}

/**
 * The options that say what the table says, in its order; comments go with what they are about, those about keys that a login
 * does not read stay out.
 * @param explicit also writes what is not set: options of the global section would hold in its place
 * @returns a refusal where a value is not written in the table itself, or is none that the option takes
 */
export function coreLdapOptions(
  configuration: Configuration,
  setting: Setting,
  search: LoginSearch,
  explicit: boolean,
): OptionLine[] | Step {
  const { value, valueOrigin, origin } = setting;
  const document = documentOf(configuration, origin);
  const outer = valueOrigin.file === origin.file ? tableAt(document, valueOrigin) : undefined;
  const user = outer && innerTable(outer, 'user');
  if (!outer || !user || value.kind !== 'table')
    return refused('computed-value', 'the `ldap` table is not written in one piece, so its values cannot be moved', [origin]);
  const entries = [
    ...outer.entries.filter(({ key }) => key !== 'user').map(entry => ({ entry, path: '' })),
    ...user.entries.map(entry => ({ entry, path: 'user.' })),
  ].sort((a, b) => a.entry.start - b.entry.start);
  const places = new Map<number, OptionLine[]>();
  const told = new Set<Comment>();
  const written = new Set<string>();
  const filterKey = user.entries.some(({ key }) => key === 'filter') ? 'user.filter' : 'user.usernamefield';
  for (const { entry, path } of entries) {
    const key = path + String(entry.key);
    if (written.has(key)) return refused('ambiguous', `\`ldap.${key}\` is set twice in the table`, [origin]);
    written.add(key);
    const own = ownership(document, entry.start, entry.end);
    // of several entries on one line, the first one has what stands above
    const above = [...own.leading, ...commentsIn(document, entry)].filter(
      comment => comment.start > outer.start && !told.has(comment),
    );
    for (const comment of [...above, ...(own.trailing ? [own.trailing] : [])]) told.add(comment);
    const comment = own.trailing ? { comment: textOf(document, own.trailing) } : {};
    const code =
      key === filterKey ? filterOption(document, search) : optionFor(document, entry, key, value, own.trailing !== null);
    if (typeof code === 'object') return refused(code.code, `\`ldap.${key}\` ${code.why}`, [origin]);
    if (code === undefined && key !== 'user.usernamefield') continue;
    const lines = above.map(one => ({ comment: textOf(document, one) }));
    places.set(entry.start, [
      ...lines,
      ...(code === undefined && !own.trailing ? [] : [{ ...(code !== undefined && { code }), ...comment }]),
    ]);
  }
  const inEntry = (comment: Comment) => entries.some(({ entry }) => comment.start >= entry.start && comment.end <= entry.end);
  for (const comment of document.comments)
    if (comment.start > outer.start && comment.end < outer.end && !told.has(comment) && !inEntry(comment))
      places.set(comment.start, [{ comment: textOf(document, comment) }]);
  const missing = explicit ? OPTIONS.filter(one => one.missing !== undefined && !written.has(one.key)) : [];
  const inOrder = [...places].sort(([a], [b]) => a - b).flatMap(([, lines]) => lines);
  return [...inOrder, ...missing.map(one => ({ code: `${one.option} = ${one.missing}` }))];
}

function filterOption(document: Document, { attribute, filter }: LoginSearch): string {
  return `ldap_filter = ${literal(coreLdapFilter(attribute, filter), styleOf(document.text))}`;
}

/** One entry as an option; undefined where mod_auth_ldap has none for it, or needs none. */
function optionFor(
  document: Document,
  { value }: Entry,
  key: string,
  table: TableValue,
  hasComment: boolean,
): string | undefined | { readonly code: 'computed-value' | 'wrong-kind'; readonly why: string } {
  const option = OPTIONS.find(one => one.key === key)?.option;
  if (option === undefined) return undefined;
  const known = valueAt(table, key);
  if (key === 'use_tls') {
    const on = known && truth(known);
    if (on === undefined) return { code: 'computed-value', why: 'is computed' };
    // false is the default
    return on || hasComment ? `${option} = ${on}` : undefined;
  }
  const kinds = key === 'bind_password' ? ['string', 'number', 'unknown'] : ['string', 'unknown'];
  if (known && !kinds.includes(known.kind)) return { code: 'wrong-kind', why: 'is no text' };
  return `${option} = ${document.text.slice(value.start, value.end)}`;
}

function valueAt(table: TableValue, path: string): Value | undefined {
  let value: Value | undefined = table;
  for (const key of path.split('.')) value = value?.kind === 'table' ? value.table.entries.get(key)?.value : undefined;
  return value;
}

function innerTable({ document, file, entries }: TableNode, key: string): TableNode | undefined {
  const found = entries.filter(entry => entry.key === key);
  return found.length === 1 ? tableOf(document, file, found[0]!.value) : undefined;
}

/** The comments between key and value. */
function commentsIn(document: Document, { start, value }: Entry): Comment[] {
  return document.comments.filter(comment => comment.start >= start && comment.end <= value.start);
}

function textOf({ text }: Document, { start, end }: Comment): string {
  return text.slice(start, end);
}

/**
 * The lines as text in the place of a statement that ends at `end`: what stands behind it on its line must not get into a
 * comment.
 */
export function linesInPlace({ text }: Document, end: number, lines: readonly OptionLine[]): string[] {
  const rest = text.slice(end, lineEnd(text, end)).replace(/^\s*;/, '').trim();
  // a line of code is always there: a table without a server is refused
  const last = lines.findLastIndex(line => line.code !== undefined);
  const closing = lines.slice(last);
  const apart = rest !== '' && !rest.startsWith('--') && closing.some(line => line.comment !== undefined);
  const inOrder = apart ? [...lines.slice(0, last), ...closing.flatMap(commentOnly), { code: lines[last]!.code! }] : lines;
  return inOrder.map(line => [line.code, line.comment].filter(part => part !== undefined).join(' '));
}

function commentOnly({ comment }: OptionLine): OptionLine[] {
  return comment === undefined ? [] : [{ comment }];
}
