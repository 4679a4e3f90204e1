import { firstIndex } from '../text/positions.js';
import { cover, dominant, findTags, type PlacedTag } from './template-mask.js';
import { ANY_MARK, dialectsOf, type TemplateKind } from './template-tags.js';

/** A mark of a template. Offsets into the text. */
export interface Placeholder {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Whether it stands for text, decides about text, or is a comment. */
  readonly kind: 'value' | 'control' | 'comment';
}

/** Lines between control lines, of which nobody knows whether, or how often, they will be there. */
export interface Control {
  /** From behind the opening mark to before the closing one. */
  readonly start: number;
  readonly end: number;
  /** The opening mark. */
  readonly text: string;
  readonly branches: readonly { readonly start: number; readonly end: number }[];
  /** One of the branches is there in any case: there is an `else`. */
  readonly complete: boolean;
}

/** What a template is to Lua: `masked` is as long as the text, with nothing in it that is not Lua's. */
export interface Template {
  readonly kind: TemplateKind;
  readonly masked: string;
  readonly placeholders: readonly Placeholder[];
  readonly controls: readonly Control[];
}

const NAMES = /\.(?:j2|jinja2?|tmpl|tpl|gotmpl|erb|template|in)$|\.tpl\./i;

/**
 * Recognises a template, by what stands in it, and covers its marks so that the rest can be read as Lua.
 * @param name the file's name, which helps where the content could be Lua too
 * @param problems how many problems a text has as Lua, asked only where the marks could be Lua
 * @returns `undefined` for plain Lua
 */
export function recognise(text: string, name: string, problems: (text: string) => number): Template | undefined {
  if (!ANY_MARK.test(text)) return undefined;
  const dialects = dialectsOf(text);
  const found = findTags(text, dialects);
  const live = found.filter(({ tag }) => tag.context !== 'comment');
  if (live.length === 0) return undefined;
  const template = (): Template => {
    const controls: Control[] = [];
    const items = structure(text, found, controls);
    const marks = items.filter(item => !item.separator);
    const placeholders = marks.map(({ tag: { start, end, text, kind } }) => ({ start, end, text, kind }));
    return { kind: dominant(live, dialects), masked: cover(text, items), placeholders, controls };
  };
  if (live.some(({ tag }) => tag.evidence === 'strong') || NAMES.test(name)) return template();
  if (live.every(({ tag }) => tag.context === 'string')) return undefined;
  const bad = problems(text);
  if (bad === 0) return undefined;
  const masked = template();
  return problems(masked.masked) < bad ? masked : undefined;
}

/** The first placeholder that stands for text in `[start, end)`. */
export function placeholderIn(placeholders: readonly Placeholder[], start: number, end: number): Placeholder | undefined {
  if (placeholders.length === 0) return undefined;
  for (let at = firstIndex(placeholders, placeholder => placeholder.end > start); at < placeholders.length; at++) {
    const placeholder = placeholders[at]!;
    if (placeholder.start >= end) return undefined;
    if (placeholder.kind !== 'comment') return placeholder;
  }
  return undefined;
}

/** How a reason names a placeholder: on one line, and not endless. */
export function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 76)} …` : line;
}

interface Open {
  readonly first: number;
  readonly item: PlacedTag;
  readonly branches: { start: number; end: number }[];
  from: number;
  complete: boolean;
}

/**
 * Finds what the control marks hold. Where they choose one value among several (`x = {{ if a }}1{{ else }}2{{ end }}`),
 * all of it becomes one placeholder: two values in a row are not Lua.
 */
function structure(text: string, found: readonly PlacedTag[], controls: Control[]): PlacedTag[] {
  let items: PlacedTag[] = [];
  const open: Open[] = [];
  const close = (end: number, behind: number) => {
    const block = open.pop();
    if (!block) return;
    const { tag, wanted, bracket, after } = block.item;
    block.branches.push({ start: block.from, end });
    const choice = block.branches.length > 1 && !text.slice(tag.start, behind).includes('\n');
    const entry = bracket === '{' && ['{', ',', ';'].includes(after);
    if (wanted && tag.context === 'code' && (entry ? choice && !/[,;]/.test(plainText(text, block)) : true)) {
      while (controls.length > 0 && controls.at(-1)!.start >= tag.start) controls.pop();
      items = items.slice(0, block.first);
      const whole = { ...tag, end: behind, text: text.slice(tag.start, behind), kind: 'value' as const };
      items.push({ ...block.item, tag: whole, cover: 'name', comma: { before: false, after: false } });
      return;
    }
    if (tag.block === 'always' || tag.context === 'string') return;
    controls.push({
      start: tag.end,
      end,
      text: tag.text,
      branches: block.branches,
      complete: block.complete && tag.block !== 'loop',
    });
  };
  for (const item of found) {
    const { tag } = item;
    items.push(item);
    const top = open.at(-1);
    if (tag.block === 'open' || tag.block === 'loop' || tag.block === 'always') {
      open.push({ first: items.length - 1, item, branches: [], from: tag.end, complete: false });
    } else if (tag.block === 'close') close(tag.start, tag.end);
    else if (tag.block && top) {
      top.branches.push({ start: top.from, end: tag.start });
      top.from = tag.end;
      top.complete ||= tag.block === 'else';
    }
  }
  // the end is missing: nobody knows how far it goes, and nothing behind it is certain
  while (open.length > 0) {
    const block = open.pop()!;
    const { tag } = block.item;
    if (tag.block === 'always' || tag.context === 'string') continue;
    block.branches.push({ start: block.from, end: text.length });
    controls.push({ start: tag.end, end: text.length, text: tag.text, branches: block.branches, complete: false });
  }
  controls.sort((a, b) => a.start - b.start || b.end - a.end);
  return items;
}

function plainText(text: string, block: Open): string {
  return block.branches
    .map(({ start, end }) => text.slice(start, end).replace(/\{\{.*?\}\}|<%.*?%>|"[^"]*"|'[^']*'/g, ''))
    .join('');
}
