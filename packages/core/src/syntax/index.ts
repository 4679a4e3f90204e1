export type * from './ast.js';
export { type Ownership, ownership } from './comments.js';
export { type Comment, type Document, print, type Statement, type SyntaxProblem } from './document.js';
export { KEYWORDS, type Token, type TokenKind, tokenAt, tokens } from './lexer.js';
export { parse } from './parse.js';
export { readString, type StringContent } from './strings.js';
export type { TemplateKind } from './template-tags.js';
export { type Control, type Placeholder, placeholderIn, shown } from './templates.js';
