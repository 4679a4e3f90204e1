import type { Call, Expression, FunctionDeclaration, TableConstructor } from '../syntax/index.js';
import { readString } from '../syntax/index.js';
import { call, index } from './access.js';
import { joinValues, openTable, takeAll } from './joins.js';
import { binary, parseNumber, reasonOf, unary } from './operators.js';
import { type Frame, fault, findLocal, originOf, setEntry, step } from './run.js';
import { runFunction } from './statements.js';
import { bool, type FunctionValue, keyOf, NIL, newTable, string, type TableValue, truth, unknown, type Value } from './values.js';

/** The one value of an expression; a call's first. */
export function evaluate(frame: Frame, node: Expression): Value {
  const at = originOf(frame, node);
  switch (node.type) {
    case 'StringLiteral':
      return string(readString(node.raw).value, at);
    case 'NumericLiteral':
      return { ...(parseNumber(node.raw) ?? unknown(`the number ${node.raw}`)), origin: at };
    case 'BooleanLiteral':
      return bool(node.value, at);
    case 'NilLiteral':
      return { kind: 'nil', origin: at };
    case 'VarargLiteral':
      return frame.varargs[0] ?? NIL;
    case 'Identifier':
      return variable(frame, node.name, node);
    case 'TableConstructorExpression':
      return construct(frame, node);
    case 'FunctionDeclaration':
      return closure(frame, node);
    case 'UnaryExpression':
      return unary(node.operator, evaluate(frame, node.argument), at, naming(frame, node.argument));
    case 'BinaryExpression': {
      const left = evaluate(frame, node.left);
      const right = evaluate(frame, node.right);
      return binary(frame.run, node.operator, left, right, at, [naming(frame, node.left), naming(frame, node.right)]);
    }
    case 'LogicalExpression':
      return logical(frame, node.operator, node.left, node.right, node);
    case 'MemberExpression':
      return index(frame.run, evaluate(frame, node.base), string(node.identifier.name), at, naming(frame, node.base));
    case 'IndexExpression':
      return index(frame.run, evaluate(frame, node.base), evaluate(frame, node.index), at, naming(frame, node.base));
    default:
      return callExpression(frame, node)[0] ?? NIL;
  }
}

/** The values of a list of expressions: the last one, if it is a call or `...`, gives all of its own. */
export function evaluateList(frame: Frame, nodes: readonly Expression[]): readonly Value[] {
  const values: Value[] = [];
  nodes.forEach((node, position) => {
    if (position < nodes.length - 1 || node.inParens) values.push(evaluate(frame, node));
    else if (node.type === 'VarargLiteral') values.push(...frame.varargs);
    else if (isCall(node)) values.push(...callExpression(frame, node));
    else values.push(evaluate(frame, node));
  });
  return values;
}

export function isCall(node: Expression): node is Call {
  return node.type === 'CallExpression' || node.type === 'TableCallExpression' || node.type === 'StringCallExpression';
}

/** Runs a call and gives all its values. */
export function callExpression(frame: Frame, node: Call): readonly Value[] {
  const at = originOf(frame, node);
  step(frame.run, at);
  const { base } = node;
  if (base.type === 'MemberExpression' && base.indexer === ':') {
    const self = evaluate(frame, base.base);
    const method = index(frame.run, self, string(base.identifier.name), originOf(frame, base), naming(frame, base.base));
    return call(frame.run, method, [self, ...callArguments(frame, node)], at, `method '${base.identifier.name}'`);
  }
  const callee = evaluate(frame, base);
  return call(frame.run, callee, callArguments(frame, node), at, naming(frame, base));
}

function callArguments(frame: Frame, node: Call): readonly Value[] {
  if (node.type === 'CallExpression') return evaluateList(frame, node.arguments);
  return [evaluate(frame, node.type === 'TableCallExpression' ? node.arguments : node.argument)];
}

/** How Lua names an expression in its messages (ldebug.c, varinfo). */
export function naming(frame: Frame, node: Expression): string | undefined {
  if (node.inParens) return undefined;
  if (node.type === 'Identifier') return `${findLocal(frame.scope, node.name) ? 'local' : 'global'} '${node.name}'`;
  if (node.type === 'MemberExpression') return `${node.indexer === ':' ? 'method' : 'field'} '${node.identifier.name}'`;
  if (node.type === 'IndexExpression')
    return node.index.type === 'StringLiteral' ? `field '${readString(node.index.raw).value}'` : "field '?'";
  return undefined;
}

function variable(frame: Frame, name: string, node: Expression): Value {
  const scope = findLocal(frame.scope, name);
  if (scope) return scope.variables.get(name)!;
  return frame.globals.get(name, originOf(frame, node));
}

function construct(frame: Frame, node: TableConstructor): TableValue {
  const { run } = frame;
  const value = newTable([], originOf(frame, node));
  let next = 1;
  node.fields.forEach((field, position) => {
    const origin = originOf(frame, field);
    if (field.type === 'TableKeyString') {
      setEntry(run, value.table, field.key.name, noted(frame, evaluate(frame, field.value), field.key.name), origin, originOf(frame, field.key));
    } else if (field.type === 'TableKey') {
      const key = evaluate(frame, field.key);
      const known = keyOf(key);
      const entry = noted(frame, evaluate(frame, field.value), typeof known === 'string' || typeof known === 'number' ? known : null);
      if (known !== undefined) setEntry(run, value.table, known, entry, origin, originOf(frame, field.key));
      else if (key.kind === 'unknown') openTable(run, value.table, key.reason);
      else throw fault(key.kind === 'nil' ? 'index is nil' : 'index is NaN', origin);
    } else {
      const last = position === node.fields.length - 1;
      const values = last ? evaluateList(frame, [field.value]) : [evaluate(frame, field.value)];
      for (const entry of values) setEntry(run, value.table, next, noted(frame, entry, next++), origin);
    }
  });
  return value;
}

/** Remembers an unset name that became an entry of a table: most often a string without quotes. */
function noted(frame: Frame, value: Value, key: string | number | null): Value {
  if (value.kind === 'nil' && value.unset) {
    frame.run.builder.unsetNames.push({ ...value.unset, use: 'entry', key });
  }
  return value;
}

/** A function value: its body runs in the scope and file in which it was written. */
export function closure(frame: Frame, node: FunctionDeclaration): FunctionValue {
  const name = node.identifier?.type === 'Identifier' ? node.identifier.name : 'anonymous';
  return { kind: 'function', origin: originOf(frame, node), body: { name, call: args => runFunction(frame, node, args) } };
}

function logical(frame: Frame, operator: 'and' | 'or', left: Expression, right: Expression, node: Expression): Value {
  const first = evaluate(frame, left);
  const known = truth(first);
  if (known !== undefined) return known === (operator === 'or') ? first : evaluate(frame, right);
  const at = originOf(frame, node);
  let second: Value = NIL;
  // the right side is evaluated only sometimes, so what it does is only sometimes done
  takeAll(frame.run, reasonOf(first), at, [
    () => {
      second = evaluate(frame, right);
      return undefined;
    },
    () => undefined,
  ]);
  if (first.kind === 'unknown' && !first.choices) return unknown(first.reason, at, undefined);
  return joinValues([first, second], reasonOf(first), at);
}
