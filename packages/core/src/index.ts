export * from './evaluate/index.js';
export {
  type Comment,
  type Document,
  type LuaStatement,
  ownership,
  type Ownership,
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
