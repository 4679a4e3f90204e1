import { type Token, tokenAt } from './lexer.js';
import { type Dialects, type Tag, type TemplateKind, tagAt } from './template-tags.js';

/** How a mark in code is covered: with a name, a string, blanks, or blanks with a separator of a table's entries. */
type Cover = 'name' | 'string' | 'blank';

/** A mark and what stands around it. */
export interface PlacedTag {
  readonly tag: Tag;
  cover: Cover;
  /** Separators to write over the first and the last character. */
  comma: { before: boolean; after: boolean };
  /** Start of a number that the mark goes on: `52{{ n }}`. */
  from: number;
  /** An expression has to come here: what stands here is a value. */
  readonly wanted: boolean;
  readonly bracket: string;
  /** The token before. */
  readonly after: string;
  /** No mark, but a separator that a control line holds, where Lua has one already: `{ {{ if $more }},{{ end }} "a" }`. */
  readonly separator?: true;
}

const PROSODY_CALLS = new Set(['VirtualHost', 'Host', 'Component', 'Include', 'RunScript']);

/** All marks of a text, in order, each with its place in the Lua around it. */
export function findTags(text: string, dialects: Dialects): PlacedTag[] {
  const found: PlacedTag[] = [];
  const brackets: string[] = [];
  // what came before in code: its kind, its end, and the last mark since then
  let before: 'start' | 'operand' | 'open' = 'start';
  let word = '';
  let end = -1;
  let waiting: PlacedTag | undefined;
  let raw = false;
  const inside = (from: number, to: number, context: 'string' | 'comment', quote: string): number => {
    let at = from;
    while (at < to) {
      const tag = tagAt(text, at, context, dialects, quote);
      if (tag) found.push(placed(tag, 'blank'));
      else if (context === 'string' && quote !== '' && text[at] === '\\') at += 1;
      else if (quote !== '' && (text[at] === quote || text[at] === '\n')) return at + 1;
      else if (context === 'comment' && quote === '' && text[at] === '\n') return at;
      at = tag ? tag.end : at + 1;
    }
    return at;
  };
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at]!)) {
      at += 1;
      continue;
    }
    if (at === 0 && text.startsWith('#jinja2:')) at = Math.max(text.indexOf('\n'), 8);
    const tag = tagAt(text, at, 'code', dialects);
    if (tag && raw && !/endraw/.test(tag.text)) {
      at = tag.end;
      continue;
    }
    if (tag?.kind === 'value') {
      const top = brackets.at(-1) ?? '';
      const item = place(text, tag, { before, word, end, top });
      const joined = end === at && before === 'operand';
      if (before === 'operand' && !joined && top === '{') {
        if (waiting && waiting.cover !== 'name') waiting.comma.after = true;
        else item.comma.before = true;
      }
      found.push(item);
      waiting = item.cover === 'name' ? item : (waiting ?? item);
      if (item.cover !== 'blank') {
        before = 'operand';
        word = item.cover === 'string' ? 'VirtualHost' : '';
        end = tag.end;
      }
      at = tag.end;
      continue;
    }
    if (tag) {
      raw = /^\{%[-+]?\s*raw\b/.test(tag.text);
      waiting = placed(tag, 'blank', before === 'open' && wantsValue(word), brackets.at(-1) ?? '', word);
      found.push(waiting);
      at = tag.end;
      continue;
    }
    if (text.startsWith('--', at)) {
      const long = /^--\[(=*)\[/.exec(text.slice(at, at + 40));
      const close = long ? text.indexOf(`]${long[1]}]`, at) : -1;
      at =
        long && close >= 0
          ? inside(at, close, 'comment', ']') && close + long[1]!.length + 2
          : inside(at, text.length, 'comment', '');
      continue;
    }
    const token = tokenAt(text, at);
    const top = brackets.at(-1) ?? '';
    const source = text.slice(token.start, token.end);
    const starts = ['string', 'number', 'name'].includes(token.kind) || source === '{';
    if (waiting && top === '{' && before === 'operand' && starts && end !== token.start) waiting.comma.after = true;
    if (waiting && top === '{' && /^[,;]$/.test(source) && before === 'open' && /^[{,;]$/.test(word)) {
      found.push(separatorAt(token.start, source));
      at = token.end;
      continue;
    }
    waiting = undefined;
    if (token.kind === 'string') {
      const quote = source[0]!;
      at = quote === '[' ? inside(token.start, token.end, 'string', '') : inside(token.start + 1, text.length, 'string', quote);
      before = 'operand';
      word = '';
      end = at;
      continue;
    }
    if (token.kind === 'symbol') {
      if ('{(['.includes(source)) brackets.push(source);
      else if ('})]'.includes(source)) brackets.pop();
    }
    const closes = token.kind === 'keyword' ? ['end', 'true', 'false', 'nil'].includes(source) : /^[})\]]$|^\.\.\.$/.test(source);
    before = token.kind === 'name' || token.kind === 'number' || closes ? 'operand' : 'open';
    word = source;
    end = token.end;
    at = token.end;
    variablesIn(text, token, found);
  }
  return found;
}

/** `__NAME__` as a piece of a name or a number. */
function variablesIn(text: string, { kind, start: from, end: to }: Token, found: PlacedTag[]): void {
  if (kind !== 'name' && kind !== 'number') return;
  const match = /__[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*__/.exec(text.slice(from, to));
  if (!match) return;
  const start = from + match.index;
  const end = kind === 'number' ? to : start + match[0].length;
  const evidence = kind === 'number' ? 'strong' : 'weak';
  const tag: Tag = { start, end, text: text.slice(start, end), form: 'variables', kind: 'value', context: 'code', evidence };
  found.push({ ...placed(tag, 'name'), from: kind === 'number' ? from : start });
}

function placed(tag: Tag, cover: Cover, wanted = false, bracket = '', after = ''): PlacedTag {
  return { tag, cover, comma: { before: false, after: false }, from: tag.start, wanted, bracket, after };
}

function separatorAt(start: number, text: string): PlacedTag {
  const tag: Tag = { start, end: start + 1, text, form: 'variables', kind: 'comment', context: 'code', evidence: 'weak' };
  return { ...placed(tag, 'blank'), separator: true };
}

interface Surroundings {
  readonly before: 'start' | 'operand' | 'open';
  readonly word: string;
  readonly end: number;
  readonly top: string;
}

/** What a value in code is to Lua: an expression, a piece of a name, a host's name without quotes, or a line of its own. */
function place(text: string, tag: Tag, { before, word, end, top }: Surroundings): PlacedTag {
  const item = placed(tag, 'name', before === 'open' && wantsValue(word), top, word);
  if (before === 'operand' && end === tag.start) {
    const digits = /(?:^|[^\w.])(\d[\d.]*)$/.exec(text.slice(Math.max(0, tag.start - 40), tag.start))?.[1];
    if (digits) item.from = tag.start - digits.length;
    return item;
  }
  if (top !== '' || item.wanted) return item;
  const line = text.slice(Math.max(0, end), tag.start);
  if (before === 'operand' && !line.includes('\n')) {
    item.cover = PROSODY_CALLS.has(word) ? 'string' : 'blank';
    return item;
  }
  const rest = text.slice(tag.end, tag.end + 400).replace(/^(?:\{\{[^{}\n]*\}\}|<%=[^\n]*?%>)*/, '');
  if (!/^(?:\w|[ \t]*(?:=(?!=)|[.[:(,"']|\{(?![{%#])|$(?!\n)))/.test(rest) || rest.trim() === '') item.cover = 'blank';
  return item;
}

function wantsValue(word: string): boolean {
  if (/^[A-Za-z]/.test(word)) return ['return', 'and', 'or', 'not', 'in', 'if', 'while', 'until', 'elseif'].includes(word);
  return !/^[;)}\]]?$|^::$/.test(word);
}

/** The text with every mark covered, character for character. */
export function cover(text: string, items: readonly PlacedTag[]): string {
  let out = '';
  let at = 0;
  for (const item of items) {
    const from = Math.max(at, item.from);
    out += text.slice(at, from) + coverOf(item, text.slice(from, item.tag.end));
    at = Math.max(at, item.tag.end);
  }
  return out + text.slice(at);
}

function coverOf({ tag, cover: how, comma }: PlacedTag, source: string): string {
  if (tag.context === 'comment') return source.replace(/[\r\n\]]/g, ' ');
  if (tag.context === 'string') return source.replace(/["'\\\r\n[\]]/g, '_');
  if (how === 'blank') {
    const blank = source.replace(/[^\r\n]/g, ' ');
    return comma.after ? `${blank.slice(0, -1)},` : blank;
  }
  const { length } = source;
  if (how === 'string') return `"${'_'.repeat(length - 2)}"`;
  const name = '_'.repeat(Math.max(1, length - (comma.before ? 1 : 0) - (comma.after ? 1 : 0)));
  return `${comma.before ? ',' : ''}${name}${comma.after ? ',' : ''}`.slice(0, length);
}

/** The template language that most marks are of. */
export function dominant(items: readonly PlacedTag[], { jinja, go, erb }: Dialects): TemplateKind {
  if (erb) return 'erb';
  if (jinja) return 'jinja';
  if (go) return 'go';
  return items.some(({ tag }) => tag.form === 'jinja') ? 'jinja' : 'variables';
}
