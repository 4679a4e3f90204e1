import type { TextEdit } from '../text/edits.js';
import type { LineIndex } from '../text/positions.js';
import type { LuaStatement } from './ast.js';
import type { TemplateKind } from './template-tags.js';
import type { Control, Placeholder } from './templates.js';

/** A top-level statement that parsed. Its tree's ranges count from `base`; `start` and `end` count from the text's. */
export interface Statement {
  readonly base: number;
  readonly start: number;
  readonly end: number;
  readonly node: LuaStatement;
}

/** A comment, delimiters included, line end excluded. Offsets into the text. */
export interface Comment {
  readonly start: number;
  readonly end: number;
}

/** A place where the text is not Lua, and what would put it right. Offsets into the text. */
export interface SyntaxProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly help: string;
  /** The one edit that makes the statement parse, where there is exactly one sensible one. */
  readonly repair?: TextEdit & { readonly title: string };
  /** The stretch that was given up because of it; what is outside was read. */
  readonly lost: { readonly start: number; readonly end: number };
  /** Where Lua itself stops and names the line; often behind the culprit. */
  readonly luaStop: number;
}

/**
 * A file's text cut into top-level statements, comments and what could not be read. Nothing is lost: `print` gives the
 * text back, byte for byte.
 */
export interface Document {
  readonly text: string;
  readonly lines: LineIndex;
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
  /** The language of the template that this is; null for plain Lua. Statements are those of the text with its marks masked. */
  readonly template: TemplateKind | null;
  /** The marks of the template, in order. */
  readonly placeholders: readonly Placeholder[];
  /** What stands between control lines and may not be there, outer ones before inner ones. */
  readonly controls: readonly Control[];
  /** Parsed chunks by their text, so that the next `parse` of this file need not parse them again; shared with that one. */
  readonly cache: Map<string, readonly LuaStatement[]>;
}

/** The text of a document, put together from its statements and what stands between them. */
export function print(document: Document): string {
  let out = '';
  let at = 0;
  for (const statement of document.statements) {
    out += document.text.slice(at, statement.start) + document.text.slice(statement.start, statement.end);
    at = statement.end;
  }
  return out + document.text.slice(at);
}
