/**
 * The tree of a Lua chunk: luaparse's node shapes, typed here so that luaparse stays behind `parse.ts`.
 *
 * `range` counts from the start of the *statement* a node belongs to (see `Statement` in `document.ts`), so that an edit
 * elsewhere in the file leaves the tree as it is.
 */

export interface Node {
  readonly type: string;
  readonly range: readonly [number, number];
}

export interface Identifier extends Node {
  readonly type: 'Identifier';
  readonly name: string;
}

export interface StringLiteral extends Node {
  readonly type: 'StringLiteral';
  readonly raw: string;
}

export interface NumericLiteral extends Node {
  readonly type: 'NumericLiteral';
  readonly raw: string;
}

export interface BooleanLiteral extends Node {
  readonly type: 'BooleanLiteral';
  readonly value: boolean;
}

export interface NilLiteral extends Node {
  readonly type: 'NilLiteral';
}

export interface VarargLiteral extends Node {
  readonly type: 'VarargLiteral';
}

export interface TableKey extends Node {
  readonly type: 'TableKey';
  readonly key: Expression;
  readonly value: Expression;
}

export interface TableKeyString extends Node {
  readonly type: 'TableKeyString';
  readonly key: Identifier;
  readonly value: Expression;
}

export interface TableValue extends Node {
  readonly type: 'TableValue';
  readonly value: Expression;
}

export type TableField = TableKey | TableKeyString | TableValue;

export interface TableConstructor extends Node {
  readonly type: 'TableConstructorExpression';
  readonly fields: readonly TableField[];
}

export interface UnaryExpression extends Node {
  readonly type: 'UnaryExpression';
  readonly operator: 'not' | '-' | '~' | '#';
  readonly argument: Expression;
}

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '%'
  | '^'
  | '/'
  | '//'
  | '&'
  | '|'
  | '~'
  | '<<'
  | '>>'
  | '..'
  | '~='
  | '=='
  | '<'
  | '<='
  | '>'
  | '>=';

export interface BinaryExpression extends Node {
  readonly type: 'BinaryExpression';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface LogicalExpression extends Node {
  readonly type: 'LogicalExpression';
  readonly operator: 'or' | 'and';
  readonly left: Expression;
  readonly right: Expression;
}

export interface MemberExpression extends Node {
  readonly type: 'MemberExpression';
  readonly indexer: '.' | ':';
  readonly identifier: Identifier;
  readonly base: Expression;
}

export interface IndexExpression extends Node {
  readonly type: 'IndexExpression';
  readonly base: Expression;
  readonly index: Expression;
}

export interface CallExpression extends Node {
  readonly type: 'CallExpression';
  readonly base: Expression;
  readonly arguments: readonly Expression[];
}

/** `f { … }`: luaparse names its one argument `arguments`. */
export interface TableCallExpression extends Node {
  readonly type: 'TableCallExpression';
  readonly base: Expression;
  readonly arguments: TableConstructor;
}

/** `f "…"` */
export interface StringCallExpression extends Node {
  readonly type: 'StringCallExpression';
  readonly base: Expression;
  readonly argument: StringLiteral;
}

export type Call = CallExpression | TableCallExpression | StringCallExpression;

export interface FunctionDeclaration extends Node {
  readonly type: 'FunctionDeclaration';
  readonly identifier: Identifier | MemberExpression | null;
  readonly isLocal: boolean;
  readonly parameters: readonly (Identifier | VarargLiteral)[];
  readonly body: readonly LuaStatement[];
}

/** An expression. Parentheses leave no trace in the tree; whether a call stands in them is read off the source. */
export type Expression =
  | Identifier
  | StringLiteral
  | NumericLiteral
  | BooleanLiteral
  | NilLiteral
  | VarargLiteral
  | TableConstructor
  | UnaryExpression
  | BinaryExpression
  | LogicalExpression
  | MemberExpression
  | IndexExpression
  | Call
  | FunctionDeclaration;

export interface LocalStatement extends Node {
  readonly type: 'LocalStatement';
  readonly variables: readonly Identifier[];
  readonly init: readonly Expression[];
}

export interface AssignmentStatement extends Node {
  readonly type: 'AssignmentStatement';
  readonly variables: readonly (Identifier | MemberExpression | IndexExpression)[];
  readonly init: readonly Expression[];
}

export interface CallStatement extends Node {
  readonly type: 'CallStatement';
  readonly expression: Call;
}

export interface ReturnStatement extends Node {
  readonly type: 'ReturnStatement';
  readonly arguments: readonly Expression[];
}

export interface Clause extends Node {
  readonly type: 'IfClause' | 'ElseifClause' | 'ElseClause';
  readonly condition?: Expression;
  readonly body: readonly LuaStatement[];
}

export interface IfStatement extends Node {
  readonly type: 'IfStatement';
  readonly clauses: readonly Clause[];
}

export interface LoopStatement extends Node {
  readonly type: 'WhileStatement' | 'RepeatStatement';
  readonly condition: Expression;
  readonly body: readonly LuaStatement[];
}

export interface DoStatement extends Node {
  readonly type: 'DoStatement';
  readonly body: readonly LuaStatement[];
}

export interface ForNumericStatement extends Node {
  readonly type: 'ForNumericStatement';
  readonly variable: Identifier;
  readonly start: Expression;
  readonly end: Expression;
  readonly step: Expression | null;
  readonly body: readonly LuaStatement[];
}

export interface ForGenericStatement extends Node {
  readonly type: 'ForGenericStatement';
  readonly variables: readonly Identifier[];
  readonly iterators: readonly Expression[];
  readonly body: readonly LuaStatement[];
}

export interface LabelStatement extends Node {
  readonly type: 'LabelStatement' | 'GotoStatement';
  readonly label: Identifier;
}

export interface BreakStatement extends Node {
  readonly type: 'BreakStatement';
}

export type LuaStatement =
  | LocalStatement
  | AssignmentStatement
  | CallStatement
  | ReturnStatement
  | IfStatement
  | LoopStatement
  | DoStatement
  | ForNumericStatement
  | ForGenericStatement
  | LabelStatement
  | BreakStatement
  | FunctionDeclaration;
