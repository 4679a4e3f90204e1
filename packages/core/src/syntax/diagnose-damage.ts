// What scripts and half-done edits leave behind: merges, sed that comments out too much, echo without -e, one half of a table.
import { lineEnd, lineStart } from '../text/positions.js';
import type { Detector } from './diagnose.js';
import { type Token, tokens as tokensOf } from './lexer.js';

/** The lines of git around the two sides of a conflict. */
export const mergeMarker: Detector = scene => {
  const line = lineStart(scene.text, scene.error);
  const end = lineEnd(scene.text, scene.error);
  if (!/^(?:<{7}|={7}|>{7})/.test(scene.text.slice(line, end))) return undefined;
  return {
    start: line,
    end,
    message: 'a merge conflict marker is left in the file',
    help: 'Choose one side of the conflict and remove the `<<<<<<<`, `=======` and `>>>>>>>` lines.',
  };
};

/** `"a",, "b"`: Lua has no empty entries. */
const doubledSeparator: Detector = ({ text, tokens, at }) => {
  const here = tokens[at];
  const before = tokens[at - 1];
  if (!here || !before || !isSeparator(text, here)) return undefined;
  const opener = text.slice(before.start, before.end) === '{';
  if (!opener && !isSeparator(text, before)) return undefined;
  const mark = text.slice(here.start, here.end);
  return {
    start: here.start,
    end: here.end,
    message: opener ? `\`${mark}\` without an entry before it` : `\`${mark}\` for the second time, with no entry in between`,
    help: 'Remove it; an entry may have been lost here.',
    repair: { start: here.start, end: here.end, text: '', title: `Remove the needless \`${mark}\`` },
  };
};

function isSeparator(text: string, token: Token): boolean {
  return token.kind === 'symbol' && /^[,;]$/.test(text.slice(token.start, token.end));
}

/** `VirtualHost "a"\n    enabled = true`, with a backslash and an n. */
const literalNewline: Detector = ({ text, error, lost }) => {
  const line = lineStart(text, error);
  const end = Math.min(lineEnd(text, error), lost.end);
  const found = [...text.slice(line, end).matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|--.*|(\\n)/g)].find(match => match[1]);
  if (!found) return undefined;
  const start = line + found.index;
  const broken = text
    .slice(start, end)
    .replace(/("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|--.*)|\\n/g, (_, kept?: string) => kept ?? '\n');
  return {
    start,
    end: start + 2,
    message: '`\\n` is two characters here, not the end of a line',
    help: 'Write each line on a line of its own; `echo` without -e leaves this.',
    repair: { start, end, text: broken, title: 'Break the line' },
  };
};

/** The bracket that would close a table stands in a comment. */
const commentedBrace: Detector = scene => {
  const { text, tokens, at, lost } = scene;
  if (at < tokens.length - 1) return undefined;
  const comments = tokensOf(text, lost.start, lost.end).filter(token => token.kind === 'comment' && !token.flaw);
  const swallowed = comments.find(
    comment => openBefore(text, tokens, comment.start) && closesMore(text.slice(comment.start, comment.end)),
  );
  if (!swallowed) return undefined;
  const { start, end } = swallowed;
  const comment = text.slice(start, end);
  const entry = /^--((?:"[^"]*"|'[^']*')[ \t]*[,;]?)(?=.*\})/.exec(comment);
  const alone = /^--[ \t]*(?=\}[ \t]*[,;]?[ \t]*$)/.exec(comment);
  const verdict = {
    start,
    end,
    message: 'the `}` that closes the table is part of this comment',
    help: 'A comment goes on to the end of the line: put what is to be read on a line of its own.',
  };
  if (entry)
    return {
      ...verdict,
      repair: { start, end: start + entry[0].length, text: `--[[${entry[1]}]]`, title: 'Comment out the entry alone' },
    };
  if (alone) return { ...verdict, repair: { start, end: start + alone[0].length, text: '', title: 'Read the `}`' } };
  return verdict;
};

function openBefore(text: string, tokens: readonly Token[], position: number): boolean {
  let open = 0;
  for (const token of tokens) {
    if (token.start >= position) break;
    const word = token.kind === 'symbol' ? text.slice(token.start, token.end) : '';
    if (word === '{') open++;
    if (word === '}') open--;
  }
  return open > 0;
}

function closesMore(comment: string): boolean {
  const plain = comment.replace(/"[^"]*"|'[^']*'/g, '');
  return plain.split('}').length > plain.split('{').length;
}

/** `-- modules_enabled = {` was made a comment, and its entries were not. */
const halfCommented: Detector = ({ text, tokens }) => {
  const [first] = tokens;
  if (!first || !(first.kind === 'string' || text[first.start] === '}')) return undefined;
  const above = text.slice(0, lineStart(text, first.start)).trimEnd();
  // the first entries may have been taken for arguments of the call before
  const head =
    /(?:^|\n)[ \t]*(-{2,}[ \t]*([A-Za-z_]\w*)[ \t]*=[ \t]*\{[^}\n]*)(?:\n[ \t]*(?:"[^"\n]*"|'[^'\n]*')[ \t]*[,;]?[ \t]*){0,9}$/.exec(
      above,
    );
  if (!head) return undefined;
  return {
    start: first.start,
    end: first.end,
    message: `above, \`${head[2]} = {\` is a comment, and its entries are not`,
    help: 'Make all lines of the table comments, or none.',
  };
};

/** In the order in which they are tried; a merge's marks come before all else. */
export const DAMAGE: readonly Detector[] = [literalNewline, doubledSeparator, commentedBrace, halfCommented];
