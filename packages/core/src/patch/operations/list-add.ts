import { effective, GLOBAL, load, memoryFiles } from '../../evaluate/index.js';
import { editsOnly, type FileEdit } from '../change.js';
import { compose } from '../compose.js';
import { documentOf, type Found, findOption, isStep, shownScope } from '../find.js';
import { addOption, insideControl } from '../insert.js';
import { endsOpen, isItem, type List, readList } from '../lists.js';
import { flawOf, type LuaLiteral, literal } from '../literal.js';
import type { TableNode } from '../nodes.js';
import type { ListAddOperation, PatchContext, PatchScope, Placement, Step } from '../operation.js';
import { already, changed, refused } from '../steps.js';
import { styleOf } from '../style.js';
import { blockRemark, enableEntry, findDisabled, insertEntry } from '../table.js';
import { equals, holds, shownValue } from '../values.js';

export type ItemPlace = Placement | { readonly behind: LuaLiteral };

/**
 * Adds entries to a list of one section, each behind the last one or next to a named one, in the style of those that are
 * there. A list that the section does not have comes to be; an entry that it has stays where it is.
 */
export function listAdd(context: PatchContext, operation: Omit<ListAddOperation, 'op'>): Step {
  const { name, items, where } = operation;
  const flaw = items.map(flawOf).find(found => found !== undefined);
  if (flaw !== undefined) return refused('wrong-kind', `\`${name}\`: ${flaw}`);
  let place: ItemPlace | undefined = where;
  return compose(
    context,
    items.map(item => current => {
      const step = addItem(current, operation, item, place);
      // the next one comes behind it, so that they stand in the order given
      if (step.status === 'changed' && where !== undefined) place = { behind: item };
      return step;
    }),
  );
}

/** One entry. */
export function addItem(
  context: PatchContext,
  operation: Pick<ListAddOperation, 'scope' | 'name' | 'reuseDisabled' | 'comment' | 'file'>,
  item: LuaLiteral,
  where: ItemPlace | undefined,
): Step {
  const { scope, name, reuseDisabled, comment } = operation;
  const found = findOption(context, scope, name);
  if (isStep(found)) return found;
  const list = readList(context, found, name);
  if (isStep(list)) return list;
  const what = `${shownValue(item, name)} in \`${name}\` of ${shownScope(scope)}`;
  if (list.kind === 'none') return newList(context, found, operation, item);
  if (list.kind === 'alone') return besides(context, found, name, item);
  const there = list.items.find(({ value }) => isItem(context, name, value, item));
  if (there) return already(`${what} is there already`, [placeOf(there)]);
  if (reuseDisabled) {
    for (const table of list.tables) {
      const disabled = findDisabled(table, source => isValue(source, item));
      if (!disabled) continue;
      return changed(`${what} uncommented`, inFile(table.file, enableEntry(table, disabled)), [
        { ...disabled, file: table.file },
      ]);
    }
  }
  const { table, index } = outsideControls(placeFor(context, list, name, where));
  if (index === table.entries.length && endsOpen(table))
    return refused('computed-value', `the last entry of \`${name}\` may stand for several; change it by hand`, [
      { file: table.file, start: table.start, end: table.end },
    ]);
  const style = { ...styleOf(table.document.text), ...quoteOf(table.document.text.slice(table.start, table.end)) };
  const edits = insertEntry(table, index, literal(item, style), comment);
  return changed(`${what} added`, inFile(table.file, edits), [{ file: table.file, start: table.start, end: table.end }]);
}

function newList(
  context: PatchContext,
  found: Found,
  { scope, name, comment, file }: { scope: PatchScope; name: string; comment?: string; file?: string },
  item: LuaLiteral,
): Step {
  const { section } = found;
  const inherited = section.name === GLOBAL ? undefined : effective(context.configuration, section.name, name);
  // these two add to the global list (core/modulemanager.lua); any other takes its place
  if (inherited && name !== 'modules_enabled' && name !== 'modules_disabled') {
    const why = `${section.name} takes \`${name}\` over from the global section; a list of its own would hide that one`;
    return refused('scope-conflict', why, [inherited.setting.origin]);
  }
  const remark = comment === undefined ? ' }' : `${blockRemark(comment)} }`;
  const last = found.settings.at(-1);
  if (last) return refused('wrong-kind', `\`${name}\` is set to nil in ${shownScope(scope)}`, [last.origin]);
  const step = addOption(
    context,
    section,
    name,
    style => literal([item], style).replace(/ \}$/, () => remark),
    file === undefined ? {} : { file },
  );
  return step.status === 'changed'
    ? { ...step, why: `\`${name}\` with ${shownValue(item, name)} added to ${shownScope(scope)}` }
    : step;
}

/** Makes a list of the value alone, and the item. */
function besides(context: PatchContext, { option }: Found, name: string, item: LuaLiteral): Step {
  const { configuration } = context;
  const { setting, value } = option!;
  if (isItem(context, name, value, item)) return already(`\`${name}\` is ${shownValue(item, name)} already`, [setting.origin]);
  const { valueOrigin } = setting;
  const { text } = documentOf(configuration, valueOrigin);
  const source = text.slice(valueOrigin.start, valueOrigin.end);
  if (
    !holds(configuration, { ...value, origin: valueOrigin }, { raw: source }) ||
    !isConstant(source) ||
    setting.form === 'append'
  )
    return refused('computed-value', `\`${name}\` is computed; change it by hand`, [valueOrigin]);
  const style = styleOf(text);
  const list = `{ ${source}${style.separator} ${literal(item, { ...style, ...quoteOf(source) })} }`;
  return changed(
    `\`${name}\` made a list with ${shownValue(item, name)}`,
    inFile(valueOrigin.file, [{ ...valueOrigin, text: list }]),
    [setting.origin],
  );
}

function isConstant(source: string): boolean {
  return /^(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|\[\[[^\]]*\]\]|-?[\d.]+)$/.test(source);
}

/** The last place before it that no mark of a template decides about. */
function outsideControls({ table, index }: { table: TableNode; index: number }): { table: TableNode; index: number } {
  const { document, file } = table;
  for (let at = index; at >= 0; at--) {
    if (!insertEntry(table, at, '0').some(edit => insideControl(document, file, edit))) return { table, index: at };
  }
  return { table, index };
}

function placeFor(context: PatchContext, list: Extract<List, { kind: 'list' }>, name: string, where: ItemPlace | undefined) {
  const [base] = list.tables;
  if (where === 'start') return { table: base!, index: 0 };
  if (typeof where === 'object') {
    const anchor = 'behind' in where ? where.behind : 'after' in where ? where.after : where.before;
    const named = list.items.find(({ value }) => isItem(context, name, value, anchor));
    if (named) return { table: named.table, index: named.index + ('before' in where ? 0 : 1) };
  }
  // what was appended last comes last
  const last = list.tables.at(-1)!;
  return { table: last, index: last.entries.length };
}

function placeOf({
  table,
  index,
}: {
  table: { file: string; entries: readonly { start: number; end: number }[] };
  index: number;
}) {
  const { start, end } = table.entries[index]!;
  return { file: table.file, start, end };
}

/** Whether the source of an entry reads as the value. */
function isValue(source: string, item: LuaLiteral): boolean {
  const value = load(memoryFiles({ x: `x = {${source}\n}` }), 'x')
    .sections.get(GLOBAL)
    ?.options.get('x')?.value;
  return value?.kind === 'table' && equals(value, [item]);
}

function inFile(file: string, edits: readonly Omit<FileEdit, 'file'>[]) {
  return editsOnly(edits.map(({ start, end, text }) => ({ file, start, end, text })));
}

/** The quote of the siblings, if they have one. */
export function quoteOf(source: string): { quote?: '"' | "'" } {
  const quote = /["']/.exec(source.replace(/--[^\n]*/g, ''))?.[0];
  return quote === '"' || quote === "'" ? { quote } : {};
}
