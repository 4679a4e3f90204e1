import type { FileEdit } from '../patch/change.js';
import type { Finding } from '../rules/finding.js';
import { type Document, tokens } from '../syntax/index.js';
import { lineEnd, lineStart, positionAt } from '../text/index.js';
import { coverage, type DirectiveComment, directives } from './comments.js';

export interface IgnoreOptions {
  /** `line`: this finding; `file`: every finding of its rule in the file. */
  readonly reach: 'line' | 'file';
  /** Why; it is written behind the rule. */
  readonly reason?: string;
}

/**
 * The edit that hides a finding by a comment: the rule is added to a comment that covers the place already, or a comment is put
 * on a line of its own above it.
 * @param document the file that the finding is in
 * @returns undefined where no comment can stand: inside a string of many lines
 * @example ignoreEdit(document, finding, { reach: 'line', reason: 'see the ticket' })
 */
export function ignoreEdit(document: Document, finding: Finding, { reach, reason = '' }: IgnoreOptions): FileEdit | undefined {
  const { text } = document;
  const { file, start } = finding.at;
  const present = commentFor(document, start, reach);
  if (present?.list) {
    const { end } = present.list;
    return { file, start: end, end, text: `${present.rules.length > 0 ? ', ' : ''}${finding.rule}` };
  }
  const said = `prosodist: ${reach === 'file' ? 'ignore-file' : 'ignore'}[${finding.rule}]${reason ? ` ${oneLine(reason)}` : ''}`;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const top = text.startsWith('\ufeff') ? 1 : 0;
  if (reach === 'file') return { file, start: top, end: top, text: `-- ${said}${newline}` };
  const line = Math.max(top, lineStart(text, start));
  const inside = (offset: number) => tokens(text).some(token => token.start < offset && offset < token.end);
  if (!inside(line)) {
    const indent = /^[ \t]*/.exec(text.slice(line, lineEnd(text, line)))![0];
    return { file, start: line, end: line, text: `${indent}-- ${said}${newline}` };
  }
  // the line begins inside a string or comment that ends on it
  const end = lineEnd(text, start);
  return inside(end) || text.slice(line, end).includes('--') ? undefined : { file, start: end, end, text: ` -- ${said}` };
}

/** A comment that covers the place and could name one more rule. */
function commentFor(document: Document, offset: number, reach: IgnoreOptions['reach']): DirectiveComment | undefined {
  const comments = directives(document);
  const covered = coverage(document, comments);
  const { line } = positionAt(document.lines, offset);
  return comments.find(comment => {
    if (comment.kind !== (reach === 'file' ? 'ignore-file' : 'ignore')) return false;
    const lines = covered.get(comment)!;
    return lines.first <= line && line <= lines.last;
  });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
