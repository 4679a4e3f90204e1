import type { AssignmentStatement, Expression, FunctionDeclaration, LuaStatement } from '../syntax/index.js';
import { assignIndex } from './access.js';
import { callExpression, closure, evaluate, evaluateList, naming } from './expressions.js';
import { type Completion, takeAll } from './joins.js';
import { runGenericFor, runNumericFor, runRepeat, runWhile } from './loops.js';
import { reasonOf } from './operators.js';
import { type Frame, fault, findLocal, innerScope, originOf, step } from './run.js';
import { NIL, string, truth, type Value } from './values.js';

/** Runs statements in the frame's own scope. `goto` to a label among them starts again from there. */
export function runStatements(frame: Frame, body: readonly LuaStatement[]): Completion {
  for (let at = 0; at < body.length; at++) {
    const statement = body[at]!;
    step(frame.run, originOf(frame, statement));
    const completion = runStatement(frame, statement);
    if (completion?.jump === 'goto') {
      const label = body.findIndex(other => other.type === 'LabelStatement' && other.label.name === completion.label);
      if (label < 0) return completion;
      at = label;
    } else if (completion) return completion;
  }
  return undefined;
}

/** Runs a block in a scope of its own. */
export function runBlock(frame: Frame, body: readonly LuaStatement[]): Completion {
  return runStatements(innerScope(frame), body);
}

/** Runs one statement. */
export function runStatement(frame: Frame, node: LuaStatement): Completion {
  switch (node.type) {
    case 'LocalStatement': {
      const values = evaluateList(frame, node.init);
      node.variables.forEach((variable, index) => declare(frame, variable.name, values[index] ?? NIL));
      return undefined;
    }
    case 'AssignmentStatement':
      return assign(frame, node);
    case 'CallStatement':
      callExpression(frame, node.expression);
      return undefined;
    case 'FunctionDeclaration':
      return declareFunction(frame, node);
    case 'IfStatement':
      return runIf(frame, node.clauses);
    case 'DoStatement':
      return runBlock(frame, node.body);
    case 'WhileStatement':
      return runWhile(frame, node);
    case 'RepeatStatement':
      return runRepeat(frame, node);
    case 'ForNumericStatement':
      return runNumericFor(frame, node);
    case 'ForGenericStatement':
      return runGenericFor(frame, node);
    case 'ReturnStatement':
      return { jump: 'return', values: evaluateList(frame, node.arguments) };
    case 'BreakStatement':
      return { jump: 'break' };
    case 'GotoStatement':
      return { jump: 'goto', label: node.label.name };
    default:
      return undefined;
  }
}

/** Calls a function of the configuration's own. */
export function runFunction(outer: Frame, node: FunctionDeclaration, args: readonly Value[]): readonly Value[] {
  const named = node.parameters.filter(parameter => parameter.type === 'Identifier');
  const self = node.identifier?.type === 'MemberExpression' && node.identifier.indexer === ':' ? ['self'] : [];
  const names = [...self, ...named.map(parameter => parameter.name)];
  const frame: Frame = { ...innerScope(outer), varargs: named.length < node.parameters.length ? args.slice(names.length) : [] };
  names.forEach((name, index) => declare(frame, name, args[index] ?? NIL));
  const completion = runStatements(frame, node.body);
  return completion?.jump === 'return' ? completion.values : [];
}

export function declare(frame: Frame, name: string, value: Value): void {
  frame.run.journal.write(frame.scope.variables, name, value);
}

function assign(frame: Frame, node: AssignmentStatement): Completion {
  // Lua evaluates the tables and keys on the left, then the right side, and assigns from the right
  const targets = node.variables.map(variable => target(frame, variable));
  const values = evaluateList(frame, node.init);
  for (let index = targets.length - 1; index >= 0; index--) {
    targets[index]!(values[index] ?? NIL, node.init[Math.min(index, node.init.length - 1)]!, node);
  }
  return undefined;
}

type Store = (value: Value, source: Expression, statement: LuaStatement) => void;

function target(frame: Frame, variable: AssignmentStatement['variables'][number]): Store {
  if (variable.type === 'Identifier') {
    return (value, source, statement) => {
      const place = { statement: originOf(frame, statement), name: originOf(frame, variable), value: originOf(frame, source) };
      setVariable(frame, variable.name, value, place);
    };
  }
  const base = evaluate(frame, variable.base);
  const key = variable.type === 'MemberExpression' ? string(variable.identifier.name) : evaluate(frame, variable.index);
  const keyNode = variable.type === 'MemberExpression' ? variable.identifier : variable.index;
  return (value, _source, statement) =>
    assignIndex(frame.run, base, key, value, originOf(frame, statement), originOf(frame, keyNode), naming(frame, variable.base));
}

function setVariable(frame: Frame, name: string, value: Value, place: Parameters<Frame['globals']['set']>[2]): void {
  const scope = findLocal(frame.scope, name);
  if (scope) frame.run.journal.write(scope.variables, name, value);
  else frame.globals.set(name, value, place);
}

function declareFunction(frame: Frame, node: FunctionDeclaration): Completion {
  const { identifier } = node;
  if (!identifier) throw fault('a function without a name', originOf(frame, node));
  const at = originOf(frame, node);
  if (identifier.type === 'MemberExpression') {
    const base = evaluate(frame, identifier.base);
    assignIndex(
      frame.run,
      base,
      string(identifier.identifier.name),
      closure(frame, node),
      at,
      originOf(frame, identifier),
      naming(frame, identifier.base),
    );
  } else if (node.isLocal) {
    declare(frame, identifier.name, NIL);
    declare(frame, identifier.name, closure(frame, node));
  } else
    setVariable(frame, identifier.name, closure(frame, node), { statement: at, name: originOf(frame, identifier), value: at });
  return undefined;
}

type Clause = Extract<LuaStatement, { type: 'IfStatement' }>['clauses'][number];

function runIf(frame: Frame, clauses: readonly Clause[]): Completion {
  const [clause, ...rest] = clauses;
  if (!clause) return undefined;
  if (!clause.condition) return runBlock(frame, clause.body);
  const condition = evaluate(frame, clause.condition);
  const known = truth(condition);
  if (known !== undefined) return known ? runBlock(frame, clause.body) : runIf(frame, rest);
  const at = originOf(frame, clause.condition);
  return takeAll(frame.run, reasonOf(condition), at, [() => runBlock(frame, clause.body), () => runIf(frame, rest)]);
}
