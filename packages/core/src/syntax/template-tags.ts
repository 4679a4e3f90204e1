/**
 * What the marks of templates look like (Go's text/template, Jinja, ERB, and plain variables), one mark at a time. What a
 * mark means for the Lua around it is decided in `template-mask.ts`; whether the file is a template, in `templates.ts`.
 */

/** The template language; `variables` are names that some script puts values in for: `__NAME__`, `${NAME}`, `%%NAME%%`. */
export type TemplateKind = 'go' | 'jinja' | 'erb' | 'variables';

/** Where in Lua a mark stands. */
export type TagContext = 'code' | 'string' | 'comment';

/** One mark. `block` tells what a control line does to the lines behind it. */
export interface Tag {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly form: TemplateKind;
  readonly kind: 'value' | 'control' | 'comment';
  readonly block?: 'open' | 'loop' | 'always' | 'middle' | 'else' | 'close';
  readonly context: TagContext;
  /** `strong` where Lua cannot mean anything else, `weak` where it could. */
  readonly evidence: 'strong' | 'weak';
}

/** One test that tells nearly every plain file apart. */
export const ANY_MARK = /\{\{|\{%|<%|__[A-Z]|%%[A-Z]|\$\{?[A-Z]|@[A-Z][A-Z0-9_]*@|<[A-Z][A-Z0-9_-]*>/;

const JINJA =
  /\{%[-+]?\s*(?:if|elif|else|endif|for|endfor|set|endset|include|import|from|extends|block|endblock|macro|endmacro|call|endcall|filter|endfilter|with|endwith|raw|endraw|do|autoescape|endautoescape)\b/;
const GO =
  /\{\{-?\s*(?:(?:if|range|with|define|block|template|else\s+if)\s|end\s*-?\}|else\s*-?\}|\$[A-Za-z_]\w*\s*:?=|\.[A-Za-z]|\$[A-Za-z]|\/\*|[^{}\n]*`)/;
const ERB = /<%(?:[-=#]|\s|(?:if|end|else|unless)\b)[^\n]*?%>/;

/** The languages whose unmistakable lines a text has. */
export interface Dialects {
  readonly jinja: boolean;
  readonly go: boolean;
  readonly erb: boolean;
}

export function dialectsOf(text: string): Dialects {
  const jinja = JINJA.test(text);
  return { jinja, go: !jinja && GO.test(text), erb: ERB.test(text) };
}

// in Lua a bitwise "or", which nobody writes with these; they are the filters of Jinja, Ansible and Sprig that are used
const FILTER =
  /[^|]\|\s*(?:default|d|bool|int|string|lower|upper|trim|join|map|select|list|first|last|length|sort|unique|replace|regex_replace|ternary|mandatory|tojson|to_json|toJson|to_nice_json|quote|squote|indent|b64encode|b64decode|password_hash|toBool|toString)\b/;

const DOUBLE = /\{\{(?!\{)[-~+]?((?:(?!\{\{|\}\})[\s\S]){1,2000}?)[-~+]?\}\}/y;
const STATEMENT = /\{%[-+]?((?:(?!%\})[\s\S]){0,2000}?)[-+]?%\}/y;
const NOTE = /\{#(?:(?!#\})[\s\S]){0,4000}?#\}/y;
const RUBY = /<%(?=[-=#\s]|[a-z@])([-=#]?)((?:(?!%>)[\s\S]){0,2000}?)-?%>/y;
// `"$NAME"` and `"<NAME>"` are what Prosody would take them for, unless something else says that this is a template
const VARIABLES: readonly (readonly [RegExp, 'any' | 'string', 'strong' | 'weak'])[] = [
  [/__[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*__(?![A-Za-z0-9]|_(?!_[A-Z]))/y, 'any', 'strong'],
  [/%%[A-Z][A-Z0-9_]*%%/y, 'any', 'strong'],
  [/\$\{[A-Z_][A-Z0-9_]*(?::?[-?+=][^}"'\n]*)?\}/y, 'any', 'strong'],
  [/\$[A-Z][A-Z0-9_]+(?![a-z])/y, 'any', 'weak'],
  [/@[A-Z][A-Z0-9_]*@/y, 'any', 'strong'],
  [/<[A-Z][A-Z0-9_-]*>/y, 'string', 'weak'],
];

function exec(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The mark that starts exactly at `at`, if one does. `quote` is the string's quote in a string. */
export function tagAt(text: string, at: number, context: TagContext, dialects: Dialects, quote = ''): Tag | undefined {
  const sure = dialects.jinja || dialects.go || dialects.erb;
  const unit = text[at];
  const next = text[at + 1];
  const make = (match: RegExpExecArray, form: TemplateKind, rest: Pick<Tag, 'kind' | 'block' | 'evidence'>): Tag | undefined => {
    const source = match[0];
    if (context === 'string' && source.includes('\n') && !sure) return undefined;
    return { start: at, end: at + source.length, text: source, form, context, ...rest };
  };
  if (unit === '{' && next === '{') {
    const match = exec(DOUBLE, text, at);
    const content = match?.[1]?.trim();
    if (!match || !content || !plausible(content, context, quote, dialects)) return undefined;
    const control = dialects.jinja ? undefined : goControl(content);
    if (control) return make(match, 'go', { ...control, evidence: 'strong' });
    const sure = context === 'string' || /^[.$][A-Za-z]|`/.test(content) || FILTER.test(content);
    return make(match, dialects.go ? 'go' : 'jinja', { kind: 'value', evidence: sure ? 'strong' : 'weak' });
  }
  if (unit === '{' && next === '%') {
    const match = exec(STATEMENT, text, at);
    if (!match || !JINJA.test(match[0])) return undefined;
    return make(match, 'jinja', { kind: 'control', ...jinjaBlock(match[1]!.trim()), evidence: 'strong' });
  }
  if (unit === '{' && next === '#') {
    const match = dialects.jinja || /^\{#[-\s]/.test(text.slice(at, at + 3)) ? exec(NOTE, text, at) : null;
    return match ? make(match, 'jinja', { kind: 'comment', evidence: 'weak' }) : undefined;
  }
  if (unit === '<' && next === '%' && dialects.erb) {
    const match = exec(RUBY, text, at);
    if (!match) return undefined;
    if (match[1] === '=') return make(match, 'erb', { kind: 'value', evidence: 'strong' });
    if (match[1] === '#') return make(match, 'erb', { kind: 'comment', evidence: 'strong' });
    return make(match, 'erb', { kind: 'control', ...rubyBlock(match[2]!.trim()), evidence: 'strong' });
  }
  if (unit !== '_' && unit !== '%' && unit !== '$' && unit !== '@' && unit !== '<') return undefined;
  for (const [pattern, where, evidence] of VARIABLES) {
    const match = where === 'any' || context === 'string' ? exec(pattern, text, at) : null;
    if (match) return make(match, 'variables', { kind: 'value', evidence });
  }
  return undefined;
}

/** Whether `{{ content }}` can be a mark and not two tables of Lua, or a string that happens to have braces. */
function plausible(content: string, context: TagContext, quote: string, { jinja, go }: Dialects): boolean {
  if (
    context === 'string' &&
    ((quote !== '' && content.startsWith(quote)) || content.startsWith('}') || /["']\s*\.\./.test(content))
  )
    return false;
  if (!jinja && !go && /[{}]/.test(content)) return false;
  if (/^\/\*[\s\S]*\*\/$/.test(content)) return true;
  const bare = content.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g, 'S');
  if (!/[.$A-Za-z_]/.test(bare.replace(/S/g, context === 'code' && !bare.includes('|') ? '' : 'S'))) return false;
  if (!/^[.$A-Za-z_("'`0-9-]/.test(content)) return false;
  if (context !== 'code') return true;
  let flat = bare;
  for (let before = ''; before !== flat; ) {
    before = flat;
    flat = flat.replace(/\([^()]*\)|\[[^[\]]*\]/g, '');
  }
  return go || jinja || !/[,;=]/.test(flat.replace(/[=!<>]=/g, ''));
}

type Control = Pick<Tag, 'kind' | 'block'>;

function goControl(content: string): Control | undefined {
  if (content.startsWith('/*')) return { kind: 'comment' };
  if (/^\$[A-Za-z_]\w*\s*:?=/.test(content)) return { kind: 'control' };
  const word = /^(if|with|range|define|block|else|end|break|continue)\b(?!\s*[.|(])/.exec(content)?.[1];
  if (content === 'end' || word === 'end') return { kind: 'control', block: 'close' };
  if (word === 'else') return { kind: 'control', block: content === 'else' ? 'else' : 'middle' };
  if (content === 'break' || content === 'continue') return { kind: 'control' };
  const opener = /^(if|with|range|define|block)\s/.exec(content)?.[1];
  if (!opener) return undefined;
  return { kind: 'control', block: opener === 'range' ? 'loop' : opener === 'block' ? 'always' : 'open' };
}

function jinjaBlock(content: string): Pick<Tag, 'block'> {
  const word = /^[a-z]+/.exec(content)?.[0] ?? '';
  if (word.startsWith('end')) return { block: 'close' };
  if (word === 'else') return { block: 'else' };
  if (word === 'elif') return { block: 'middle' };
  if (word === 'for') return { block: 'loop' };
  if (word === 'if' || word === 'macro' || word === 'call') return { block: 'open' };
  if (['block', 'filter', 'with', 'raw', 'autoescape'].includes(word)) return { block: 'always' };
  return word === 'set' && !content.includes('=') ? { block: 'always' } : {};
}

function rubyBlock(content: string): Pick<Tag, 'block'> {
  if (/^(?:end\b|\})/.test(content)) return { block: 'close' };
  if (content === 'else') return { block: 'else' };
  if (/^(?:elsif|when|else|rescue|ensure|in)\b/.test(content)) return { block: 'middle' };
  if (/\bend$/.test(content)) return {};
  if (/(?:\bdo|\{)\s*(?:\|[^|]*\|)?$/.test(content) || /^(?:while|until|for)\b/.test(content)) return { block: 'loop' };
  return /^(?:if|unless|case|begin)\b/.test(content) ? { block: 'open' } : {};
}
