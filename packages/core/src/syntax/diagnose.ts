import type { TextEdit } from '../text/edits.js';
import { lineEnd, lineStart } from '../text/positions.js';
import { DAMAGE, mergeMarker } from './diagnose-damage.js';
import type { SyntaxProblem } from './document.js';
import { type Token, tokens } from './lexer.js';
import { type ChunkResult, parseChunk } from './parse.js';
import type { Chunk } from './split.js';

/** What a detector sees: the statement at fault, as far as it was given up, its tokens, and the one luaparse stopped at. */
interface Scene {
  readonly text: string;
  readonly lost: { readonly start: number; readonly end: number };
  readonly tokens: readonly Token[];
  readonly message: string;
  readonly error: number;
  /** Index into `tokens` of the first token at or behind the error; `tokens.length` at the end. */
  readonly at: number;
}

type Verdict = Omit<SyntaxProblem, 'lost' | 'luaStop'>;
type Repair = TextEdit & { readonly title: string };
export type Detector = (scene: Scene) => Verdict | undefined;

/**
 * Says what is wrong with a chunk that did not parse: at the culprit, which is often the line before the one that Lua
 * names, and with the edit that mends it where trying it shows that the statement then parses.
 */
export function diagnose(
  text: string,
  chunk: Chunk,
  result: ChunkResult,
  lost: SyntaxProblem['lost'],
): Omit<SyntaxProblem, 'luaStop'> {
  const message = result.ok ? 'not a statement' : result.message;
  const error = Math.min(chunk.start + (result.ok ? 0 : result.index), text.length);
  const found = tokens(text, lost.start, lost.end).filter(token => token.kind !== 'comment' || token.flaw);
  const index = found.findIndex(token => token.end > error);
  const scene: Scene = { text, lost, tokens: found, message, error, at: index < 0 ? found.length : index };
  for (const detect of DETECTORS) {
    const verdict = detect(scene);
    if (!verdict) continue;
    const { repair, ...rest } = verdict;
    return { ...rest, ...(repair && mends(scene, repair) ? { repair } : {}), lost };
  }
  return { ...plain(scene), lost };
}

/** Whether the statement parses with the repair; one that does not is not offered. */
function mends({ text, lost }: Scene, repair: Repair): boolean {
  if (repair.start < lost.start || repair.end > lost.end) return false;
  return parseChunk(text.slice(lost.start, repair.start) + repair.text + text.slice(repair.end, lost.end)).ok;
}

const CURLY = /[\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb]/;

const curlyQuotes: Detector = ({ text, tokens, lost }) => {
  const token = tokens.find(candidate => candidate.kind === 'unknown' && CURLY.test(text[candidate.start]!));
  if (!token) return undefined;
  const end = lineEnd(text, token.start);
  const line = text.slice(token.start, end);
  const close = /^.[^\u2018-\u201e\u00ab\u00bb"'\n]*(?:[\u2018-\u201e\u00ab\u00bb]|["'])/.exec(line)?.[0];
  const verdict: Verdict = {
    start: token.start,
    end: token.start + (close?.length ?? 1),
    message: `\`${text[token.start]}\` is a typographic quote, not one of Lua's`,
    help: 'Write straight quotes: "…". A word processor or a web page has changed them.',
  };
  const straight = text.slice(token.start, Math.min(end, lost.end)).replace(/[\u2018-\u201e\u00ab\u00bb]/g, '"');
  return {
    ...verdict,
    repair: { start: token.start, end: Math.min(end, lost.end), text: straight, title: 'Use straight quotes' },
  };
};

const foreignComment: Detector = ({ text, tokens, at, error }) => {
  const line = lineStart(text, error);
  const foreign = /^([ \t]*)(\/\/|\/\*|#|;;)/.exec(text.slice(line, lineEnd(text, error)));
  const slashes = tokens.slice(0, at + 1).findLast(token => ['//', '#'].includes(text.slice(token.start, token.end)));
  const start = foreign ? line + foreign[1]!.length : slashes?.start;
  if (start === undefined || lineStart(text, start) !== line) return undefined;
  const mark = foreign ? foreign[2]! : text.slice(slashes!.start, slashes!.end);
  return {
    start,
    end: lineEnd(text, start),
    message: `\`${mark}\` does not start a comment in Lua`,
    help: 'Start the comment with `--`.',
    repair: { start, end: start + mark.length, text: '--', title: 'Make it a Lua comment' },
  };
};

const equality: Detector = ({ text, tokens }) => {
  const [name, sign] = tokens;
  if (name?.kind !== 'name' || !sign || text.slice(sign.start, sign.end) !== '==') return undefined;
  return {
    start: sign.start,
    end: sign.end,
    message: '`==` compares; an option is set with one `=`',
    help: 'Write `=`.',
    repair: { start: sign.start, end: sign.end, text: '=', title: 'Write `=`' },
  };
};

const colon: Detector = ({ text, tokens }) => {
  const [name, sign] = tokens;
  if (name?.kind !== 'name' || !sign || text.slice(sign.start, sign.end) !== ':') return undefined;
  const gap = text[sign.end] === ' ' || text[sign.end] === '\t' ? '' : ' ';
  return {
    start: sign.start,
    end: sign.end,
    message: 'an option is set with `=`, not with `:`',
    help: 'Write `=`.',
    repair: { start: sign.start, end: sign.end, text: ` =${gap}`, title: 'Write `=`' },
  };
};

const hyphenName: Detector = ({ text, tokens }) => {
  const [name, minus, rest] = tokens;
  if (name?.kind !== 'name' || rest?.kind !== 'name' || !minus || text.slice(minus.start, minus.end) !== '-') return undefined;
  if (minus.start !== name.end || rest.start !== minus.end) return undefined;
  const tail = /^(?:-[A-Za-z0-9_]+)+/.exec(text.slice(minus.start))![0];
  const fixed = tail.replaceAll('-', '_');
  return {
    start: name.start,
    end: minus.start + tail.length,
    message: `\`${text.slice(name.start, minus.start)}${tail}\` is not a name: a hyphen means minus in Lua`,
    help: `Names have underscores: \`${text.slice(name.start, minus.start)}${fixed}\`.`,
    repair: { start: minus.start, end: minus.start + tail.length, text: fixed, title: 'Write underscores' },
  };
};

const unfinishedString: Detector = ({ text, tokens }) => {
  const token = tokens.find(candidate => candidate.flaw?.startsWith('unfinished'));
  if (!token) return undefined;
  const end = lineEnd(text, token.start);
  if (token.flaw !== 'unfinished string') {
    const what = token.kind === 'comment' ? 'comment' : 'string';
    return {
      start: token.start,
      end,
      message: `this long ${what} is never closed`,
      help: `Close it with \`]]\` (as many \`=\` as it opens with).`,
    };
  }
  const quote = text[token.start]!;
  const body = text.slice(token.start, end).replace(/\s*(?:[,;}\s]*(?:--.*)?)$/, '');
  const at = token.start + body.length;
  return {
    start: token.start,
    end,
    message: 'this string is not closed on its line',
    help: `Put the closing \`${quote}\` behind it.`,
    repair: { start: at, end: at, text: quote, title: 'Close the string' },
  };
};

const malformedToken: Detector = ({ text, tokens }) => {
  const token = tokens.find(candidate => candidate.flaw?.startsWith('malformed'));
  if (!token) return undefined;
  const word = text.slice(token.start, token.end);
  const { start, end } = token;
  if (token.flaw === 'malformed long bracket')
    return {
      start,
      end,
      message: `\`${word}\` begins no long string`,
      help: `Write \`${word}[\`, or put quotes around the text.`,
    };
  return {
    start,
    end,
    message: `\`${word}\` is not a number`,
    help: `Put quotes around it ("${word}") if it is text, or a blank behind the number.`,
  };
};

const invalidEscape: Detector = ({ text, tokens, message, at, error }) => {
  if (!/invalid escape|hexadecimal digit|decimal escape/.test(message)) return undefined;
  const token = tokens.find(candidate => candidate.kind === 'string' && candidate.end > error - 2) ?? tokens[at];
  if (!token) return undefined;
  const body = text.slice(token.start, token.end);
  const inside = body.search(/\\(?![abfnrtvxzu0-9\\"'\r\n])/);
  const start = token.start + Math.max(0, inside);
  return {
    start,
    end: start + 2,
    message: `\`${text.slice(start, start + 2)}\` is not an escape of Lua`,
    help: `A backslash is written twice in a quoted string: \`\\\\\`, as in "CORP\\\\user".`,
    ...(inside >= 0 ? { repair: { start, end: start + 1, text: '\\\\', title: 'Double the backslash' } } : {}),
  };
};

const missingSeparator: Detector = ({ text, tokens, message, at }) => {
  const before = tokens[at - 1];
  const here = tokens[at];
  if (!before || !here || !/'\}' expected|unexpected/.test(message) || !insideTable(text, tokens, at)) return undefined;
  if (!endsValue(text, before) || !startsEntry(text, here)) return undefined;
  const separator = siblingSeparator(text, tokens, at);
  const name = separator === ';' ? 'semicolon' : 'comma';
  return {
    start: before.start,
    end: before.end,
    message: `a ${name} is missing behind this entry of the table`,
    help: `Put \`${separator}\` behind it; Lua notices only at \`${text.slice(here.start, here.end)}\`.`,
    repair: { start: before.end, end: before.end, text: separator, title: `Insert \`${separator}\`` },
  };
};

const unclosed: Detector = ({ text, tokens, at, lost }) => {
  const opener = openerAt(text, tokens, at);
  if (!opener || at < tokens.length - 1) return undefined;
  const word = text.slice(opener.start, opener.end);
  const closer = ({ '{': '}', '(': ')', '[': ']' } as Record<string, string>)[word] ?? (word === 'repeat' ? 'until' : 'end');
  const lines = lineStart(text, opener.start);
  const indent = /^[ \t]*/.exec(text.slice(lines))![0];
  const last = tokens.at(-1)!;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const sameLine = lineStart(text, last.start) === lines;
  const insert = sameLine ? (closer === '}' ? ` ${closer}` : closer) : `${eol}${indent}${closer}`;
  return {
    start: opener.start,
    end: opener.end,
    message: `\`${word}\` is never closed`,
    help: `Close it with \`${closer}\`${sameLine ? '' : ' on a line of its own'}.`,
    ...(closer === 'until' || last.end > lost.end
      ? {}
      : { repair: { start: last.end, end: last.end, text: insert, title: `Close with \`${closer}\`` } }),
  };
};

const DETECTORS: readonly Detector[] = [
  mergeMarker,
  curlyQuotes,
  unfinishedString,
  malformedToken,
  invalidEscape,
  equality,
  colon,
  hyphenName,
  ...DAMAGE,
  missingSeparator,
  foreignComment,
  unclosed,
];

function plain({ text, tokens, at, message, error }: Scene): Verdict {
  const token = tokens[Math.min(at, tokens.length - 1)];
  const start = token?.start ?? Math.min(error, text.length);
  const end = Math.max(token?.end ?? start, start);
  if (tokens.length === 1 && token?.kind === 'name') {
    return {
      start,
      end,
      message: `\`${text.slice(start, end)}\` alone is not a statement`,
      help: 'Give it a value with `=`, or make the line a comment with `--`.',
    };
  }
  return {
    start,
    end,
    message: message.replace(/'/g, '`'),
    help: 'The statement here is not Lua; what stands around it was read.',
  };
}

function endsValue(text: string, token: Token): boolean {
  return (
    ['string', 'number', 'name'].includes(token.kind) ||
    ['}', ')', ']', 'true', 'false', 'nil', 'end'].includes(text.slice(token.start, token.end))
  );
}

function startsEntry(text: string, token: Token): boolean {
  return (
    ['string', 'number', 'name'].includes(token.kind) ||
    ['{', '[', 'true', 'false', 'nil', 'function'].includes(text.slice(token.start, token.end))
  );
}

function insideTable(text: string, tokens: readonly Token[], at: number): boolean {
  const opener = openerAt(text, tokens, at);
  return opener !== undefined && text[opener.start] === '{';
}

/** The innermost bracket or block that is still open before token `at`. */
function openerAt(text: string, tokens: readonly Token[], at: number): Token | undefined {
  const open: Token[] = [];
  for (const token of tokens.slice(0, at)) {
    const word = token.kind === 'string' ? '' : text.slice(token.start, token.end);
    if (['{', '(', '[', 'function', 'if', 'for', 'while', 'repeat'].includes(word)) open.push(token);
    else if (['}', ')', ']', 'end', 'until'].includes(word)) open.pop();
  }
  return open.at(-1);
}

function siblingSeparator(text: string, tokens: readonly Token[], at: number): string {
  const near = tokens.slice(0, at).findLast(token => token.kind === 'symbol' && /[,;]/.test(text[token.start]!));
  const later = near ?? tokens.slice(at).find(token => token.kind === 'symbol' && /[,;]/.test(text[token.start]!));
  return later ? text[later.start]! : ',';
}
