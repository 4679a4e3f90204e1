import type { Configuration, Origin, Setting, Value } from '../../evaluate/index.js';
import { editsOnly, type FileEdit } from '../../patch/change.js';
import { isPlain } from '../../patch/placement.js';
import { ownership, readString } from '../../syntax/index.js';
import { lineEnd, lineStart } from '../../text/index.js';
import type { Fix, Safety } from '../finding.js';

/** The source text of a place. */
export function sourceOf(configuration: Configuration, at: Origin): string {
  return configuration.documents.get(at.file)?.text.slice(at.start, at.end) ?? '';
}

/** A fix that is one replacement. */
export function replacement(title: string, safety: Safety, at: Origin, text: string): Fix {
  return { title, safety, ...editsOnly([{ file: at.file, start: at.start, end: at.end, text }]) };
}

/**
 * The place of a part of a string's value in the source: offsets into the value become offsets into the file, escapes
 * counted. The whole value's place where the string is no single literal.
 */
export function placeInString(configuration: Configuration, value: Value, start: number, end: number): Origin | null {
  const { origin } = value;
  if (!origin || value.kind !== 'string') return origin;
  const literal = literalOf(configuration, value);
  if (!literal) return origin;
  const from = origin.start + literal.sourceOffset(start);
  return { file: origin.file, start: from, end: Math.max(from, origin.start + literal.sourceOffset(end)) };
}

/** The literal a string value was written as, or `undefined` where it was computed. */
export function literalOf(configuration: Configuration, value: Value) {
  if (value.kind !== 'string' || !value.origin) return undefined;
  const source = sourceOf(configuration, value.origin);
  if (!/^(?:["'][\s\S]*["']|\[=*\[[\s\S]*\]=*\])$/.test(source)) return undefined;
  const literal = readString(source);
  return literal.value === value.value ? literal : undefined;
}

/**
 * An edit that removes a statement with what it owns: its separator, its trailing comment and the comments attached
 * above. `undefined` where something else stands on its lines, or where code may run it.
 */
export function removal(configuration: Configuration, setting: Setting): { edit: FileEdit; text: string } | undefined {
  const { origin } = setting;
  const document = configuration.documents.get(origin.file);
  if (!document || setting.form !== 'assignment' || !isPlain(document, setting)) return undefined;
  const { text } = document;
  const owned = ownership(document, origin.start, origin.end);
  const end = lineEnd(text, owned.end);
  const alone = text.slice(lineStart(text, origin.start), origin.start).trim() === '' && text.slice(owned.end, end).trim() === '';
  if (!alone) return undefined;
  const newline = /^\r?\n?/.exec(text.slice(end, end + 2))![0].length;
  return { edit: { file: origin.file, start: owned.start, end: end + newline, text: '' }, text: text.slice(owned.start, end) };
}

/** Lines with the indent of their first one taken away. */
export function outdent(text: string): string {
  const indent = /^[ \t]*/.exec(text)![0];
  return indent === '' ? text : text.replaceAll(`\n${indent}`, '\n').slice(indent.length);
}
