import type { AssignmentStatement, Expression, FunctionDeclaration, LuaStatement } from '../syntax/index.js';
import { assignIndex } from './access.js';
import { callExpression, closure, evaluate, evaluateList, isEnvironment, naming } from './expressions.js';
import { afterMaybe, type Completion, joinLists, takeAll } from './joins.js';
import { atToken, lastToken } from './library/lines.js';
import { runGenericFor, runNumericFor, runRepeat, runWhile } from './loops.js';
import { reasonOf } from './operators.js';
import { type Frame, fault, findLocal, innerScope, originOf, step } from './run.js';
import { NIL, openEnd, string, truth, type Value, valueAt } from './values.js';

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
    } else if (completion) {
      const behind = body.slice(at + 1);
      return afterMaybe(frame.run, completion, originOf(frame, statement), () => runStatements(frame, behind));
    }
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
      node.variables.forEach((variable, index) => declare(frame, variable.name, valueAt(values, index)));
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
  const scope = { variables: new Map(), parent: outer.scope, ofFunction: true as const };
  const rest =
    args.length > names.length ? args.slice(names.length) : args.slice(-1).filter(value => openEnd([value]) !== undefined);
  const frame: Frame = { ...outer, scope, varargs: named.length < node.parameters.length ? rest : [] };
  names.forEach((name, index) => {
    declare(frame, name, valueAt(args, index));
  });
  const completion = runStatements(frame, node.body);
  if (completion?.jump !== 'return') return [];
  const { values, maybe } = completion;
  return maybe === undefined ? values : joinLists([values, []], maybe, originOf(outer, node));
}

export function declare(frame: Frame, name: string, value: Value): void {
  frame.run.journal.write(frame.scope.variables, name, value);
}

function assign(frame: Frame, node: AssignmentStatement): Completion {
  // Lua evaluates the tables and keys on the left, then the right side, and assigns from the right
  const targets = node.variables.map(variable => target(frame, variable));
  const values = evaluateList(frame, node.init);
  for (let index = targets.length - 1; index >= 0; index--) {
    targets[index]!(valueAt(values, index), node.init[Math.min(index, node.init.length - 1)]!, node);
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
  const environment = isEnvironment(frame, variable.base);
  const base = environment ? NIL : evaluate(frame, variable.base);
  const key = variable.type === 'MemberExpression' ? string(variable.identifier.name) : evaluate(frame, variable.index);
  const keyNode = variable.type === 'MemberExpression' ? variable.identifier : variable.index;
  return (value, source, statement) => {
    const at = originOf(frame, statement);
    if (environment && key.kind === 'string') {
      frame.globals.set(key.value, value, { statement: at, name: originOf(frame, keyNode), value: originOf(frame, source) });
    }
    if (environment) return;
    const name = naming(frame, variable.base);
    const set = () => assignIndex(frame.run, base, key, value, at, originOf(frame, keyNode), name);
    atToken(at, () => lastToken(frame, statement), set);
  };
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
