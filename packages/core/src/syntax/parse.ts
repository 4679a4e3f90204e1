import luaparse from 'luaparse';
import { lineIndex } from '../text/positions.js';
import type { LuaStatement } from './ast.js';
import { constantProblems } from './constants.js';
import { diagnose } from './diagnose.js';
import type { Comment, Document, Statement, SyntaxProblem } from './document.js';
import { jumpStops } from './jumps.js';
import { luaStops } from './lua-stop.js';
import { resumeAfter } from './recover.js';
import { reparse } from './reparse.js';
import { type Chunk, split } from './split.js';
import { recognise, type Template } from './templates.js';

/** What luaparse made of a chunk: its statements, or its complaint with the offset inside the chunk. */
export type ChunkResult =
  | { readonly ok: true; readonly body: readonly LuaStatement[] }
  | { readonly ok: false; readonly message: string; readonly index: number };

/** Above this many problems the rest of the file is given up as one: it is no configuration. */
const MOST_PROBLEMS = 200;

/**
 * Reads a file's text. Never throws: what is not Lua becomes a problem and costs its statement, not the file.
 * @param text the file, as `decode` gives it
 * @param previous an earlier document of the same file, whose statements are used again where their text is the same
 * @param name the file's name, for what only it can tell: `prosody.cfg.lua.j2` is a template
 * @example parse('a = 1\nb = = 2\nc = 3').statements.length // → 2
 */
export function parse(text: string, previous?: Document, name = ''): Document {
  const edited = previous && previous.text !== text ? afterEdit(text, previous) : previous;
  if (edited) return edited;
  const cache = new Map<string, readonly LuaStatement[]>();
  const known = previous?.cache;
  const read = (source: string): ChunkResult => {
    const body = cache.get(source) ?? known?.get(source);
    const result: ChunkResult = body ? { ok: true, body } : parseChunk(source);
    if (result.ok) cache.set(source, result.body);
    return result;
  };
  const template = recognise(text, name, source => parseStatements(source, read).problems.length);
  if (!template) return { ...parseStatements(text, read), ...PLAIN, cache };
  const { kind, placeholders, controls } = template;
  const parsed = parseStatements(template.masked, read);
  const problems = parsed.problems.map(problem => withoutRepair(problem, template));
  return { ...parsed, text, lines: lineIndex(text), problems, template: kind, placeholders, controls, cache };
}

/** The document after an edit that touched few statements; `undefined` where the whole has to be read. */
function afterEdit(text: string, previous: Document): Document | undefined {
  const { cache } = previous;
  // what was typed and is gone would be kept for ever
  if (cache.size > 2 * previous.statements.length + 100) return undefined;
  const fresh = new Map<string, readonly LuaStatement[]>();
  const parsed = reparse(text, previous, source => {
    const body = cache.get(source) ?? fresh.get(source);
    const result: ChunkResult = body ? { ok: true, body } : parseChunk(source);
    if (result.ok) fresh.set(source, result.body);
    return result;
  });
  if (!parsed) return undefined;
  for (const [source, body] of fresh) cache.set(source, body);
  return { ...parsed, ...PLAIN, cache };
}

const PLAIN = { template: null, placeholders: [], controls: [] } as const;

/** A repair that was made of masked text must not be written over a placeholder. */
function withoutRepair(problem: SyntaxProblem, { placeholders }: Template): SyntaxProblem {
  const { repair, ...rest } = problem;
  if (!repair || placeholders.some(({ start, end }) => start < repair.end && end > repair.start)) return rest;
  return problem;
}

/** Parses one stretch of Lua with luaparse (Lua 5.3's grammar and 5.4's attributes); never throws. */
export function parseChunk(source: string): ChunkResult {
  try {
    const tree = luaparse.parse(blankAttributes(source), { luaVersion: '5.3', ranges: true, comments: false });
    return { ok: true, body: tree.body as unknown as LuaStatement[] };
  } catch (error) {
    if (error instanceof SyntaxError && 'index' in error) {
      return {
        ok: false,
        message: error.message.replace(/^\[\d+:\d+\] /, ''),
        index: Math.min(Number(error.index), source.length),
      };
    }
    // luaparse recurses: too deep a nesting ends its stack, where Lua says "chunk has too many syntax levels"
    return { ok: false, message: 'nested too deeply', index: 0 };
  }
}

/** Lua 5.4's `<const>` and `<close>`, which luaparse does not know, become blanks of the same length. */
function blankAttributes(source: string): string {
  return source.includes('<c') ? source.replace(/<\s*(?:const|close)\s*>/g, attribute => ' '.repeat(attribute.length)) : source;
}

export type Parsed = Omit<Document, 'cache' | keyof typeof PLAIN>;

function parseStatements(text: string, read: (source: string) => ChunkResult): Parsed {
  const statements: Statement[] = [];
  const comments: Comment[] = [];
  const problems: SyntaxProblem[] = [];
  const fail = (chunk: Chunk, result: ChunkResult, resume: number, luaStop: number) => {
    problems.push({ ...diagnose(text, chunk, result, { start: chunk.start, end: resume }), luaStop });
  };
  let from = prologue(text, problems);
  while (from < text.length) {
    const region = split(text, from);
    const whole = from === 0 && usesLabels(text) ? read(text) : undefined;
    if (whole?.ok) {
      // jumps are checked over the whole chunk, so a file that uses them is parsed whole
      add(statements, 0, whole.body);
      comments.push(...region.comments);
      break;
    }
    const failed = readChunks(text, region.chunks, read, statements);
    const resume = failed ? resumeAfter(text, failed.chunk, failed.result, read) : undefined;
    for (const comment of region.comments) if (comment.start < (resume?.offset ?? text.length)) comments.push(comment);
    if (!failed || !resume) break;
    add(statements, failed.chunk.start, resume.salvaged);
    const end = problems.length + 1 < MOST_PROBLEMS ? resume.offset : text.length;
    const jump = whole && jumpStops(text, whole);
    const stop = jump ?? luaStops(text, failed.chunk, failed.result);
    fail({ ...failed.chunk, start: resume.culprit }, shifted(failed.result, failed.chunk.start - resume.culprit), end, stop);
    from = end;
  }
  checkReturn(text, statements, problems);
  for (const problem of constantProblems(text, statements)) {
    const behind = problems.findIndex(({ luaStop }) => luaStop > problem.luaStop);
    problems.splice(behind < 0 ? problems.length : behind, 0, problem);
  }
  return { text, lines: lineIndex(text), statements, comments, problems };
}

/** A byte order mark or a `#!` line, both of which Prosody takes for Lua and refuses (util/envload.lua loads a string). */
function prologue(text: string, problems: SyntaxProblem[]): number {
  if (text.startsWith('\ufeff')) {
    problems.push({
      start: 0,
      end: 1,
      message: 'a byte order mark at the start of the file',
      help: 'Remove it: Lua takes the mark for a symbol of the program. Save the file as "UTF-8 without BOM".',
      repair: { start: 0, end: 1, text: '', title: 'Remove the byte order mark' },
      lost: { start: 0, end: 1 },
      luaStop: 0,
    });
    return 1;
  }
  if (!text.startsWith('#')) return 0;
  const newline = text.indexOf('\n');
  const end = newline < 0 ? text.length : newline;
  problems.push({
    start: 0,
    end,
    message: 'a `#` line is not a comment in Lua',
    help: 'Start the line with `--`. Prosody does not run the file as a script, so a `#!` line is not skipped.',
    repair: { start: 0, end: 0, text: '--', title: 'Make the line a comment' },
    lost: { start: 0, end },
    luaStop: 0,
  });
  return end;
}

function usesLabels(text: string): boolean {
  return /\bgoto\b|::/.test(text);
}

function readChunks(text: string, chunks: readonly Chunk[], read: (source: string) => ChunkResult, statements: Statement[]) {
  for (const chunk of chunks) {
    const result: ChunkResult = chunk.flaw
      ? { ok: false, message: chunk.flaw.flaw ?? 'unexpected symbol', index: chunk.flaw.start - chunk.start }
      : read(text.slice(chunk.start, chunk.end));
    if (!result.ok) return { chunk, result };
    add(statements, chunk.start, result.body);
  }
  return undefined;
}

function add(statements: Statement[], base: number, body: readonly LuaStatement[]): void {
  for (const node of body) statements.push({ base, start: base + node.range[0], end: base + node.range[1], node });
}

function shifted(result: ChunkResult, by: number): ChunkResult {
  return result.ok ? result : { ...result, index: Math.max(0, result.index + by) };
}

/** `return` must be the last statement of a chunk; statement by statement nobody would notice. */
function checkReturn(text: string, statements: readonly Statement[], problems: SyntaxProblem[]): void {
  const at = statements.findIndex(statement => statement.node.type === 'ReturnStatement');
  if (at < 0 || at === statements.length - 1) return;
  const next = statements[at + 1]!;
  const newline = text.indexOf('\n', next.start);
  problems.push({
    start: next.start,
    end: newline < 0 ? next.end : Math.min(next.end, newline),
    message: "statements after `return`: '<eof>' expected",
    help: 'Nothing may follow a `return` at the top of a file. Remove the `return`, or what stands behind it.',
    lost: { start: next.start, end: next.start },
    luaStop: next.start,
  });
}
