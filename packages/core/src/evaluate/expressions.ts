import type { Call, Expression, FunctionDeclaration, Identifier, TableConstructor } from '../syntax/index.js';
import { readString } from '../syntax/index.js';
import { call, index } from './access.js';
import { joinValues, openTable, takeAll } from './joins.js';
import { argumentsAt, atToken, callToken, lastToken, operatorAt, parenthesized } from './library/lines.js';
import { numeral } from './library/numbers.js';
import { binary, reasonOf, unary } from './operators.js';
import { mustEvaluate } from './reuse.js';
import { type Frame, fault, findLocal, originOf, type Scope, setEntry, step, work } from './run.js';
import { runFunction } from './statements.js';
import { literal, masked, openedBy } from './templates.js';
import {
  bool,
  type FunctionValue,
  keyOf,
  NIL,
  newTable,
  openEnd,
  string,
  type TableValue,
  truth,
  unknown,
  type Value,
  valueAt,
} from './values.js';

/** The one value of an expression; a call's first. */
export function evaluate(frame: Frame, node: Expression): Value {
  const at = originOf(frame, node);
  switch (node.type) {
    case 'StringLiteral':
      return literal(frame, node, () => string(readString(node.raw).value, at));
    case 'NumericLiteral':
      return literal(frame, node, () => numeral(node.raw, at) ?? unknown(`the number ${node.raw}`, at));
    case 'BooleanLiteral':
      return literal(frame, node, () => bool(node.value, at));
    case 'NilLiteral':
      return { kind: 'nil', origin: at };
    case 'VarargLiteral':
      return valueAt(frame.varargs, 0);
    case 'Identifier':
      return variable(frame, node.name, node);
    case 'TableConstructorExpression':
      return construct(frame, node);
    case 'FunctionDeclaration':
      return closure(frame, node);
    case 'UnaryExpression':
      return unary(frame.run, node.operator, evaluate(frame, node.argument), at, naming(frame, node.argument));
    case 'BinaryExpression': {
      const left = evaluate(frame, node.left);
      const right = evaluate(frame, node.right);
      const names = [naming(frame, node.left), naming(frame, node.right)] as const;
      return atToken(
        at,
        () => (/^[<>]=?$/.test(node.operator) ? lastToken(frame, node) : operatorAt(frame, node.left)),
        () => binary(frame.run, node.operator, left, right, at, names),
      );
    }
    case 'LogicalExpression':
      return logical(frame, node.operator, node.left, node.right, node);
    case 'MemberExpression':
    case 'IndexExpression': {
      if (isEnvironment(frame, node.base)) return environmentEntry(frame, node);
      const base = evaluate(frame, node.base);
      const key = node.type === 'MemberExpression' ? memberKey(frame, node.identifier) : evaluate(frame, node.index);
      const name = naming(frame, node.base);
      return atToken(
        at,
        () => lastToken(frame, node),
        () => index(frame.run, base, key, at, name),
      );
    }
    default:
      return valueAt(callExpression(frame, node), 0);
  }
}

/**
 * The values of a list of expressions: the last one, if it is a call or `...`, gives all of its own.
 * @param call the call whose arguments they are
 */
export function evaluateList(frame: Frame, nodes: readonly Expression[], call?: Call): readonly Value[] {
  const values: Value[] = [];
  nodes.forEach((node, position) => {
    const many = position === nodes.length - 1 && (node.type === 'VarargLiteral' || isCall(node));
    if (!many || parenthesized(frame, node, call && argumentsAt(frame, call))) values.push(evaluate(frame, node));
    else append(frame, values, node.type === 'VarargLiteral' ? frame.varargs : callExpression(frame, node));
  });
  return values;
}

/** One by one: an argument list of `push` would be on the stack. */
function append(frame: Frame, values: Value[], more: readonly Value[]): void {
  work(frame.run, null, more.length / 8);
  for (const value of more) values.push(value);
}

export function isCall(node: Expression): node is Call {
  return node.type === 'CallExpression' || node.type === 'TableCallExpression' || node.type === 'StringCallExpression';
}

/** Runs a call and gives all its values. */
export function callExpression(frame: Frame, node: Call): readonly Value[] {
  const at = originOf(frame, node);
  step(frame.run, at);
  const { base } = node;
  const run = (callee: Value, args: readonly Value[], name: string | undefined) =>
    atToken(
      at,
      () => callToken(frame, node),
      () => call(frame.run, callee, args, at, name),
    );
  if (base.type === 'MemberExpression' && base.indexer === ':') {
    const self = evaluate(frame, base.base);
    const place = originOf(frame, base);
    const method = atToken(
      place,
      () => lastToken(frame, base),
      () => index(frame.run, self, string(base.identifier.name), place, naming(frame, base.base)),
    );
    return run(method, [self, ...callArguments(frame, node)], `method '${base.identifier.name}'`);
  }
  const callee = evaluate(frame, base);
  return run(callee, callArguments(frame, node), naming(frame, base));
}

function callArguments(frame: Frame, node: Call): readonly Value[] {
  if (node.type === 'CallExpression') return evaluateList(frame, node.arguments, node);
  return [evaluate(frame, node.type === 'TableCallExpression' ? node.arguments : node.argument)];
}

/** How Lua names an expression in its messages (ldebug.c, varinfo). */
export function naming(frame: Frame, node: Expression): string | undefined {
  if (node.type === 'Identifier') return `${placeOf(frame, node.name)} '${node.name}'`;
  if (node.type === 'StringLiteral') return `constant '${readString(node.raw).value}'`;
  if (node.type === 'MemberExpression') return `${node.indexer === ':' ? 'method' : 'field'} '${node.identifier.name}'`;
  if (node.type !== 'IndexExpression') return undefined;
  const { index: key } = node;
  if (key.type === 'StringLiteral') return `field '${readString(key.raw).value}'`;
  // OP_GETI, for a constant from 0 to 255
  return key.type === 'NumericLiteral' && /^(?:[0-9]|[1-9][0-9]|1[0-9][0-9]|2[0-4][0-9]|25[0-5])$/.test(key.raw)
    ? "field 'integer index'"
    : "field '?'";
}

function placeOf(frame: Frame, name: string): 'local' | 'upvalue' | 'global' {
  let place: 'local' | 'upvalue' = 'local';
  for (let scope: Scope | null = frame.scope; scope; scope = scope.parent) {
    if (scope.variables.has(name)) return place;
    if (scope.ofFunction) place = 'upvalue';
  }
  return 'global';
}

/** Whether an expression is the table of the global variables, `_ENV`. */
export function isEnvironment(frame: Frame, node: Expression): boolean {
  return node.type === 'Identifier' && node.name === '_ENV' && !findLocal(frame.scope, '_ENV');
}

function environmentEntry(frame: Frame, node: Extract<Expression, { type: 'MemberExpression' | 'IndexExpression' }>): Value {
  const at = originOf(frame, node);
  const key = node.type === 'MemberExpression' ? string(node.identifier.name) : evaluate(frame, node.index);
  if (key.kind === 'string') return frame.globals.get(key.value, at);
  return key.kind === 'unknown' ? unknown(key.reason, at) : { kind: 'nil', origin: at };
}

function memberKey(frame: Frame, identifier: Identifier): Value {
  const hidden = masked(frame, identifier);
  return hidden ? unknown(hidden, originOf(frame, identifier)) : string(identifier.name);
}

function variable(frame: Frame, name: string, node: Expression): Value {
  const hidden = masked(frame, node);
  if (hidden) return unknown(hidden, originOf(frame, node));
  const scope = findLocal(frame.scope, name);
  if (scope) return scope.variables.get(name)!;
  if (name === '_ENV') return unknown('the table of all global variables', originOf(frame, node));
  return frame.globals.get(name, originOf(frame, node));
}

function construct(frame: Frame, node: TableConstructor): TableValue {
  const { run } = frame;
  const value = newTable([], originOf(frame, node));
  const opened = openedBy(frame, node, node.fields);
  if (opened) openTable(run, value.table, opened);
  let next = 1;
  node.fields.forEach((field, position) => {
    const origin = originOf(frame, field);
    if (field.type === 'TableKeyString' && masked(frame, field.key)) {
      openTable(run, value.table, masked(frame, field.key)!);
      evaluate(frame, field.value);
    } else if (field.type === 'TableKeyString') {
      setEntry(
        run,
        value.table,
        field.key.name,
        noted(frame, evaluate(frame, field.value), field.key.name),
        origin,
        originOf(frame, field.key),
      );
    } else if (field.type === 'TableKey') {
      const key = evaluate(frame, field.key);
      const known = keyOf(key);
      const entry = noted(
        frame,
        evaluate(frame, field.value),
        typeof known === 'string' || typeof known === 'number' ? known : null,
      );
      if (known !== undefined) setEntry(run, value.table, known, entry, origin, originOf(frame, field.key));
      else if (key.kind === 'unknown') openTable(run, value.table, key.reason);
      else throw fault(key.kind === 'nil' ? 'table index is nil' : 'table index is NaN', origin);
    } else {
      const last = position === node.fields.length - 1;
      const values = last ? evaluateList(frame, [field.value]) : [evaluate(frame, field.value)];
      const more = openEnd(values);
      if (more) openTable(run, value.table, more);
      values.forEach((_, index) => {
        setEntry(run, value.table, next, noted(frame, valueAt(values, index), next++), origin);
      });
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
  mustEvaluate(frame.run);
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
