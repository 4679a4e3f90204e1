export * from './catalog/index.js';
export * from './evaluate/index.js';
export { type FixOptions, type FixResult, fixAll } from './fix/fix.js';
export { judge, type LintOptions, type LintResult, lint } from './lint/lint.js';
export * from './patch/index.js';
export type { Finding, Fix, Related, Safety, Severity } from './rules/finding.js';
export { RULES } from './rules/index.js';
export { rulePage } from './rules/pages.js';
export type { Rule, RuleContext, UnlinkedFile, Visitors } from './rules/rule.js';
export {
  type Comment,
  type Document,
  type LuaStatement,
  type Ownership,
  ownership,
  parse,
  print,
  readString,
  type Statement,
  type StringContent,
  type SyntaxProblem,
  type Token,
  tokenAt,
  tokens,
} from './syntax/index.js';
export * from './text/index.js';
