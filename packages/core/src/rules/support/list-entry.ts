import type { Configuration, Origin } from '../../evaluate/index.js';
import type { FileEdit } from '../../patch/change.js';
import { ownership } from '../../syntax/index.js';
import { lineEnd, lineStart } from '../../text/index.js';

/**
 * An edit that takes an entry out of the list that it stands in: with its line and the comment behind it where it has one for
 * itself, else with its separator. Comments above stay: they may be the heading of several entries.
 */
export function withoutEntry({ documents }: Configuration, at: Origin): FileEdit | undefined {
  const document = documents.get(at.file);
  if (!document || document.problems.length > 0) return undefined;
  const { text } = document;
  const { end } = ownership(document, at.start, at.end);
  const line = lineEnd(text, end);
  const start = lineStart(text, at.start);
  if (text.slice(start, at.start).trim() === '' && text.slice(end, line).trim() === '') {
    const newline = /^\r?\n?/.exec(text.slice(line, line + 2))![0].length;
    return { file: at.file, start, end: line + newline, text: '' };
  }
  const behind = /^\s*[;,][ \t]*/.exec(text.slice(at.end));
  if (behind) {
    const after = at.end + behind[0].length;
    const isLast = /^(?:\r?\n|--)/.test(text.slice(after));
    const blanks = isLast ? /[ \t]*$/.exec(text.slice(0, at.start))![0].length : 0;
    return {
      file: at.file,
      start: at.start - blanks,
      end: isLast ? after - /[ \t]*$/.exec(behind[0])![0].length : after,
      text: '',
    };
  }
  const before = /[;,]\s*$/.exec(text.slice(0, at.start));
  return { file: at.file, start: before ? before.index : at.start, end: at.end, text: '' };
}
