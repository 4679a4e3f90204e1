// Constant folding: what a Lua expression is worth, as far as one file can tell.
import { callOf, decode, memberOf, walk } from './lua.mjs';

/**
 * The locals of a file that are bound exactly once and never assigned again, so that a name means one expression.
 * In: the tree. Out: a map from name to that expression.
 */
export function singleLocals(ast) {
  const bindings = new Map();
  const bind = (name, init) => bindings.set(name, [...(bindings.get(name) ?? []), init]);
  walk(ast, node => {
    if (node.type === 'LocalStatement') {
      node.variables.forEach((variable, index) => {
        bind(variable.name, node.init[index]);
      });
    } else if (node.type === 'AssignmentStatement') {
      for (const variable of node.variables) if (variable.type === 'Identifier') bind(variable.name, undefined);
    } else if (node.type === 'FunctionDeclaration') {
      for (const parameter of node.parameters) if (parameter.name) bind(parameter.name, undefined);
      if (node.identifier?.type === 'Identifier') bind(node.identifier.name, undefined);
    } else if (node.type === 'ForNumericStatement') bind(node.variable.name, undefined);
    else if (node.type === 'ForGenericStatement') for (const variable of node.variables) bind(variable.name, undefined);
  });
  return new Map([...bindings].filter(([, inits]) => inits.length === 1 && inits[0]).map(([name, [init]]) => [name, init]));
}

const arithmetic = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
};

/**
 * Folds an expression. In: the node; `context` with `locals` (of singleLocals) and `moduleName`.
 * Out: `{ value }` with a JSON value (a list an array, `null` for nil), or undefined when only running it could tell.
 */
export function fold(node, context, depth = 0) {
  if (!node || depth > 20) return undefined;
  const inner = child => fold(child, context, depth + 1);
  switch (node.type) {
    case 'StringLiteral':
      return { value: decode(node.value) };
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return { value: node.value };
    case 'NilLiteral':
      return { value: null };
    case 'Identifier':
      return context.locals.has(node.name) ? inner(context.locals.get(node.name)) : undefined;
    case 'UnaryExpression': {
      const operand = inner(node.argument);
      if (node.operator === '-' && typeof operand?.value === 'number') return { value: -operand.value };
      return node.operator === 'not' && operand ? { value: operand.value === null || operand.value === false } : undefined;
    }
    case 'BinaryExpression': {
      const [left, right] = [inner(node.left), inner(node.right)];
      if (!left || !right) return undefined;
      if (node.operator === '..') {
        const parts = [left.value, right.value];
        return parts.every(part => typeof part === 'string' || Number.isInteger(part)) ? { value: parts.join('') } : undefined;
      }
      const operation = arithmetic[node.operator];
      const numbers = typeof left.value === 'number' && typeof right.value === 'number';
      return operation && numbers ? { value: operation(left.value, right.value) } : undefined;
    }
    case 'MemberExpression': {
      const { object, name } = memberOf(node);
      return object.type === 'Identifier' && object.name === 'module' && name === 'name' && context.moduleName
        ? { value: context.moduleName }
        : undefined;
    }
    case 'TableConstructorExpression':
      return foldTable(node, inner);
    default:
      return isOwnName(node) && context.moduleName ? { value: context.moduleName } : foldCall(node, inner);
  }
}

/** A table of constants: a list becomes an array, string keys an object; anything else is left alone. */
function foldTable(node, inner) {
  const list = [];
  const keyed = {};
  for (const field of node.fields) {
    const folded = inner(field.value);
    if (!folded) return undefined;
    if (field.type === 'TableValue') list.push(folded.value);
    else if (field.type === 'TableKeyString') keyed[field.key.name] = folded.value;
    else {
      const key = inner(field.key);
      if (typeof key?.value !== 'string') return undefined;
      keyed[key.value] = folded.value;
    }
  }
  if (list.length && Object.keys(keyed).length) return undefined;
  return { value: Object.keys(keyed).length ? keyed : list };
}

/** `module:get_name()` is the module's own name, as `module.name` is. */
function isOwnName(node) {
  const member = memberOf(callOf(node)?.base);
  return member?.name === 'get_name' && member.object.name === 'module';
}

/** `set.new{…}`, `array{…}` and `array.new{…}` are worth their list. */
function foldCall(node, inner) {
  const call = callOf(node);
  if (!call || call.args.length > 1) return undefined;
  const member = memberOf(call.base);
  const name = member ? member.name === 'new' && member.object.name : call.base.name;
  if (name !== 'set' && name !== 'array') return undefined;
  if (!call.args.length) return { value: [] };
  const folded = inner(call.args[0]);
  return Array.isArray(folded?.value) ? folded : undefined;
}
