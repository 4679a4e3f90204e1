// Statements and list entries that somebody has made comments of (the third rule of ownership).
import { type Comment, type Document, type Expression, type LuaStatement, parse } from '../syntax/index.js';
import { lineEnd, lineStart, type Range, type TextEdit } from '../text/index.js';

/** Comment lines that would be a statement, or a list entry, without their marks. */
export interface Disabled extends Range {
  /** The option of an assignment, `Include` of a call; the value's source of an entry. */
  readonly name: string;
  /** The Lua text. */
  readonly source: string;
  /** Makes Lua of it. */
  readonly enable: readonly TextEdit[];
  /** Whether words without `--` stand behind it: perhaps only prose that looks like Lua. */
  readonly prose: boolean;
}

/** What a comment would be without its marks, and the edits that take them away. */
interface Stripped {
  readonly source: string;
  readonly edits: readonly TextEdit[];
  readonly end: number;
}

/** A commented list of modules may be long. */
const MOST_LINES = 400;
const known = new WeakMap<Document, readonly Disabled[]>();

/** The statements among the comments of a document. */
export function disabledStatements(document: Document): readonly Disabled[] {
  const found = known.get(document) ?? search(document, document.comments, statementOfSource, /^[A-Za-z_]\w*\s*[=("'{[]/);
  known.set(document, found);
  return found;
}

/** The entries among the comments inside a table. */
export function disabledEntries(document: Document, table: Range): readonly Disabled[] {
  const inside = document.comments.filter(comment => comment.start > table.start && comment.end < table.end);
  return search(document, inside, entryOfSource, /^\S/);
}

type Read = (source: string) => { name: string; length: number } | undefined;

function search(document: Document, comments: readonly Comment[], read: Read, start: RegExp): Disabled[] {
  const found: Disabled[] = [];
  for (let first = 0; first < comments.length; first++) {
    const comment = comments[first]!;
    for (let last = first; last < Math.min(comments.length, first + MOST_LINES); last++) {
      const stripped = strip(document, comments.slice(first, last + 1));
      if (!stripped || !start.test(stripped.source)) break;
      // only what has all its brackets can be whole
      if (isOpen(stripped.source)) continue;
      const what = read(stripped.source);
      if (!what) break;
      found.push(asDisabled(document, comment, stripped, what));
      first = last;
      break;
    }
  }
  return found;
}

function asDisabled(document: Document, comment: Comment, stripped: Stripped, what: { name: string; length: number }): Disabled {
  const { source, edits, end } = stripped;
  const rest = source.slice(what.length);
  const prose = /^\s*[^\s\-;,]/.test(rest);
  if (!prose) return { start: comment.start, end, name: what.name, source, enable: edits, prose };
  const at = lineEnd(document.text, comment.start) - rest.trimStart().length;
  return {
    start: comment.start,
    end,
    name: what.name,
    source: source.slice(0, what.length),
    enable: [...edits, { start: at, end: at, text: '-- ' }],
    prose,
  };
}

/** Takes the marks off comment lines that follow each other, or off one block; undefined where they are not that. */
function strip({ text }: Document, comments: readonly Comment[]): Stripped | undefined {
  const first = comments[0]!;
  const block = /^--\[(=*)\[[ \t]*/.exec(text.slice(first.start, first.end));
  if (block) {
    const close = /[ \t]*\]=*\]$/.exec(text.slice(first.start, first.end))!;
    if (comments.length > 1 || !text.slice(first.start, first.end).endsWith(`]${block[1]}]`)) return undefined;
    const from = first.start + block[0].length;
    const to = Math.max(from, first.end - close[0].length);
    const edits = [
      { start: first.start, end: from, text: '' },
      { start: to, end: first.end, text: '' },
    ];
    return { source: text.slice(from, to), edits, end: first.end };
  }
  const mark = /^(-{2,})([ \t]*)/.exec(text.slice(first.start, first.end))!;
  const marks = new RegExp(`^-{2,${mark[1]!.length}}[ \\t]{0,${mark[2]!.length}}`);
  const lines: string[] = [];
  const edits: TextEdit[] = [];
  for (const [index, comment] of comments.entries()) {
    if (text.slice(lineStart(text, comment.start), comment.start).trim() !== '') return undefined;
    if (index > 0 && !/^\r?\n[ \t]*$/.test(text.slice(comments[index - 1]!.end, comment.start))) return undefined;
    const line = text.slice(comment.start, comment.end);
    if (/^--\[=*\[/.test(line)) return undefined;
    const { length } = marks.exec(line)![0];
    lines.push(line.slice(length));
    edits.push({ start: comment.start, end: comment.start + length, text: '' });
  }
  return { source: lines.join('\n'), edits, end: comments.at(-1)!.end };
}

function isOpen(source: string): boolean {
  const code = source.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|--[^\n]*/g, '');
  return (code.match(/[{(]/g)?.length ?? 0) > (code.match(/[})]/g)?.length ?? 0);
}

function statementOfSource(source: string): { name: string; length: number } | undefined {
  const whole = only(source);
  if (whole) return { name: whole, length: source.length };
  // words behind the value, on a single line: the shortest start that is a statement
  if (source.includes('\n')) return undefined;
  for (const end of source.matchAll(/["'}\])](?=\s)|\b(?:true|false|\d+)(?=\s)/g)) {
    const length = end.index + end[0].length;
    const name = only(source.slice(0, length));
    if (name && /^\s*[A-Za-z(]/.test(source.slice(length))) return { name, length };
  }
  return undefined;
}

function only(source: string): string | undefined {
  const { statements, problems } = parse(source);
  return problems.length === 0 && statements.length === 1 ? subject(statements[0]!.node) : undefined;
}

/** What a statement is about, if it is one that configurations have and prose has not. */
function subject(node: LuaStatement): string | undefined {
  if (node.type === 'AssignmentStatement') {
    const [variable] = node.variables;
    const plain = node.variables.length === 1 && variable?.type === 'Identifier' && node.init.length === 1;
    return plain && isConstant(node.init[0]!) ? variable.name : undefined;
  }
  if (node.type !== 'CallStatement') return undefined;
  let call: Expression = node.expression;
  while (call.type === 'CallExpression' || call.type === 'TableCallExpression' || call.type === 'StringCallExpression')
    call = call.base;
  return call.type === 'Identifier' && /^(?:Include|VirtualHost|Component)$/.test(call.name) ? call.name : undefined;
}

function entryOfSource(source: string): { name: string; length: number } | undefined {
  const read = (part: string) => {
    const { statements, problems } = parse(`x = {${part}\n}`);
    const node = statements[0]?.node;
    if (problems.length > 0 || node?.type !== 'AssignmentStatement' || statements.length > 1) return undefined;
    const [table] = node.init;
    const [field, ...more] = table?.type === 'TableConstructorExpression' ? table.fields : [];
    if (!field || more.length > 0 || !isConstant(field.value)) return undefined;
    return part.slice(field.range[0] - 5, field.range[1] - 5);
  };
  const whole = read(source);
  if (whole !== undefined) return { name: whole, length: source.length };
  const quoted = /^(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')[ \t]*[;,]/.exec(source)?.[0];
  const name = quoted !== undefined && !source.includes('\n') ? read(quoted) : undefined;
  return name === undefined ? undefined : { name, length: quoted!.length };
}

/** Whether an expression is a value as configurations write it; a bare word is prose. */
function isConstant(node: Expression): boolean {
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
    case 'NilLiteral':
      return true;
    case 'TableConstructorExpression':
      return node.fields.every(field => isConstant(field.value));
    case 'UnaryExpression':
      return isConstant(node.argument);
    case 'BinaryExpression':
      return (isConstant(node.left) || isName(node.left)) && (isConstant(node.right) || isName(node.right));
    case 'Identifier':
      return node.name.startsWith('ENV_');
    case 'CallExpression':
      return isName(node.base) && node.arguments.every(isConstant);
    case 'StringCallExpression':
      return isName(node.base);
    default:
      return false;
  }
}

function isName(node: Expression): boolean {
  return node.type === 'Identifier' || (node.type === 'MemberExpression' && isName(node.base));
}
