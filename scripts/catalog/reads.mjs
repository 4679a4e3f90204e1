// Option reads: every place in a file where Prosody's code asks for an option by name.
import { fold, singleLocals } from './constants.mjs';
import { callOf, memberOf, textOf, walk } from './lua.mjs';

const configmanagers = new Set(['core.configmanager', 'prosody.core.configmanager']);

/**
 * The option reads of one file.
 * In: the parsed file and the name of the module it belongs to. Out: `reads`, each `{ name, getter, scope, line, details }`,
 * and `dynamic`, the source text of names that only running the code could tell.
 */
export function optionReads({ source, ast }, moduleName) {
  const context = { locals: singleLocals(ast), moduleName, source };
  const globalModule = isGlobalModule(ast);
  const reads = [];
  const dynamic = [];
  walk(ast, (node, ancestors) => {
    const call = callOf(node);
    const read = call && (moduleRead(call, ancestors, globalModule) ?? configRead(call, context));
    if (!read) return;
    const name = fold(read.name, context)?.value;
    const line = node.loc.start.line;
    if (typeof name !== 'string') {
      dynamic.push({ name: read.name ? textOf(read.name, source) : '', line });
      return;
    }
    reads.push({ name, getter: read.getter, scope: read.scope, line, details: detailsOf(read, node, ancestors, context) });
  });
  return { reads, dynamic };
}

/** `x:get_option…("name", …)`: the module API (core/moduleapi.lua). */
function moduleRead({ base, args }, ancestors, globalModule) {
  const member = memberOf(base);
  const getter = member?.indexer === ':' && /^get_option(?:_(\w+))?$/.exec(member.name);
  if (!getter || !args.length) return undefined;
  return {
    getter: getter[1] ?? 'any',
    name: args[0],
    rest: args.slice(1),
    scope: scopeOf(member.object, ancestors, globalModule),
  };
}

/** Where a module API read looks: `module` is the whole server in a module that called set_global, outside add_host. */
function scopeOf(receiver, ancestors, globalModule) {
  const context = callOf(receiver);
  if (context && memberOf(context.base)?.name === 'context') return context.args[0]?.value === '*' ? 'global' : 'host';
  if (receiver.type !== 'Identifier' || receiver.name !== 'module' || !globalModule) return 'host';
  const perHost = ancestors.some(node => node.type === 'FunctionDeclaration' && memberOf(node.identifier)?.name === 'add_host');
  return perHost ? 'host' : 'global';
}

/** Whether the module moves itself to the global scope when it loads. */
function isGlobalModule(ast) {
  return ast.body.some(statement => {
    const call = statement.type === 'CallStatement' && callOf(statement.expression);
    const member = call && memberOf(call.base);
    return member?.name === 'set_global' && member.object.name === 'module';
  });
}

/** `configmanager.get(host, "name")`, also through a local, also in the form before 0.10 with the section "core". */
function configRead({ base, args }, context) {
  if (args.length < 2 || !isConfigGetter(base, context)) return undefined;
  const name = args.length > 2 && args[1].type === 'StringLiteral' && args[1].value === 'core' ? args[2] : args[1];
  return { getter: 'raw', name, rest: [], scope: fold(args[0], context)?.value === '*' ? 'global' : 'host' };
}

function isConfigGetter(node, context) {
  if (node.type === 'Identifier' && context.locals.has(node.name)) {
    const init = context.locals.get(node.name);
    return init.type === 'MemberExpression' && isConfigGetter(init, context);
  }
  const member = memberOf(node);
  if (member?.indexer !== '.' || (member.name !== 'get' && member.name !== 'rawget')) return false;
  let object = member.object;
  while (object.type === 'Identifier' && context.locals.has(object.name)) object = context.locals.get(object.name);
  if (object.type === 'Identifier') return object.name === 'configmanager';
  const call = callOf(object);
  return call?.base.name === 'require' && configmanagers.has(call.args[0]?.value);
}

/** What else the call says: default, enum values, bounds, and the idioms around it (`or x`, `~= false`, `== true`). */
function detailsOf({ getter, rest }, node, ancestors, context) {
  const details = {};
  const value = expression => {
    const folded = fold(expression, context);
    // a whole catalogue of templates as a default is nothing to show anybody
    return folded && JSON.stringify(folded.value).length <= 160 ? folded.value : { $expr: textOf(expression, context.source) };
  };
  const put = (key, expression) => {
    if (expression && expression.type !== 'NilLiteral') details[key] = value(expression);
  };
  put('default', rest[0]);
  if (getter === 'enum') details.enum = rest.map(value);
  if (['number', 'integer', 'period'].includes(getter)) {
    put('min', rest[1]);
    put('max', rest[2]);
  }
  const parent = ancestors.at(-1);
  if (parent?.type === 'LogicalExpression' && parent.operator === 'or' && parent.left === node && !('default' in details)) {
    put('default', parent.right);
  }
  if (parent?.type === 'BinaryExpression' && parent.left === node && parent.right.type === 'BooleanLiteral') {
    details.boolean = true;
    if (parent.operator === '~=' && parent.right.value === false) details.default = true;
    if (parent.operator === '==' && parent.right.value === true) details.default = false;
  }
  return details;
}
