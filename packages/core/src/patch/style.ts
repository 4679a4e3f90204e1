import type { Document } from '../syntax/index.js';
import { lineStart } from '../text/index.js';
import type { LiteralStyle } from './literal.js';

/** The line end that the text has at this place: its own line's, else the file's first, else LF. */
export function eolAt(text: string, offset: number): '\n' | '\r\n' {
  const newline = text.indexOf('\n', Math.max(0, offset - 1));
  const near = newline >= 0 ? newline : text.indexOf('\n');
  return near > 0 && text[near - 1] === '\r' ? '\r\n' : '\n';
}

/** The blanks before a statement, if it starts its line. */
export function indentOf(document: Document, statement: { readonly start: number }): string {
  const before = document.text.slice(lineStart(document.text, statement.start), statement.start);
  return /^\ufeff?[ \t]*$/.test(before) ? before.replace('\ufeff', '') : '';
}

/** One step of indentation more, as the text has it. */
export function deeper(text: string, indent: string): string {
  if (indent.includes('\t') || (indent === '' && /^\t\S/m.test(text) && !/^ {2,}\S/m.test(text))) return `${indent}\t`;
  const two = /^ {2}[^\s-]/m.test(text) && !/^ {4}[^\s-]/m.test(text);
  return indent + (two ? '  ' : '    ');
}

/** The quote that most strings of the text have. */
export function quoteStyle(text: string): '"' | "'" {
  const singles = text.match(/=\s*'|\{\s*'/g)?.length ?? 0;
  const doubles = text.match(/=\s*"|\{\s*"/g)?.length ?? 0;
  return singles > doubles ? "'" : '"';
}

/** How a text writes strings and separates entries, most of the time. */
export function styleOf(text: string): LiteralStyle {
  const commas = text.match(/["'}\w]\s*,[ \t]*(?:$|[\r"'{[])|["'}],/gm)?.length ?? 0;
  const semicolons = text.match(/["'}\w];/g)?.length ?? 0;
  return { quote: quoteStyle(text), separator: commas > semicolons ? ',' : ';' };
}
