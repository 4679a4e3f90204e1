import { firstIndex, lineEnd, lineStart } from '../text/index.js';
import type { Comment, Document } from './document.js';
import { tokenAt } from './lexer.js';

/**
 * Who owns what stands around a statement (the rule of ownership):
 * a statement owns its own text, the `;` behind it, the comment behind that on the same line, and the comment lines
 * directly above it, without a blank line between. Everything else belongs to the region and never moves.
 */
export interface Ownership {
  /** Start of the first line of the comments attached above, or of the statement's own line. */
  readonly start: number;
  /** End of the statement's last line: behind its separator and trailing comment, before the line end. */
  readonly end: number;
  readonly leading: readonly Comment[];
  readonly trailing: Comment | null;
}

/** What the stretch `[start, end)`, a statement or a table entry, owns in this document. */
export function ownership(document: Document, start: number, end: number): Ownership {
  const { text } = document;
  const separator = tokenAt(text, end);
  const behind =
    separator.kind === 'symbol' && /[;,]/.test(text[separator.start]!) && lineEnd(text, end) >= separator.end
      ? separator.end
      : end;
  const line = lineEnd(text, behind);
  const after = document.comments[firstIndex(document.comments, comment => comment.start >= behind)];
  const trailing = after && after.start < line && text.slice(behind, after.start).trim() === '' ? after : null;
  const leading = attachedAbove(document, lineStart(text, start));
  return {
    start: leading[0] ? lineStart(text, leading[0].start) : lineStart(text, start),
    end: trailing?.end ?? behind,
    leading,
    trailing,
  };
}

/** Comment lines that end on the line above `line`, one after the other, each alone on its line. */
function attachedAbove(document: Document, line: number): Comment[] {
  const { text, comments } = document;
  const attached: Comment[] = [];
  let top = line;
  for (let index = firstIndex(comments, comment => comment.end > line) - 1; index >= 0; index--) {
    const comment = comments[index]!;
    const between = text.slice(comment.end, top);
    if (between !== '\n' && between !== '\r\n') break;
    if (text.slice(lineStart(text, comment.start), comment.start).trim() !== '' || isBanner(text, comment)) break;
    attached.unshift(comment);
    top = lineStart(text, comment.start);
  }
  return attached;
}

/** `------ Components ------`: a heading of the region below, not of one statement. */
function isBanner(text: string, comment: Comment): boolean {
  return /^-{4,}/.test(text.slice(comment.start, comment.end));
}
