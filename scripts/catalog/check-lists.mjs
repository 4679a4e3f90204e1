// The lists inside `prosodyctl check config` (util/prosodyctl/check.lua): obsolete, deprecated, global-only.
import { fold, singleLocals } from './constants.mjs';
import { callOf, memberOf, walk } from './lua.mjs';

/**
 * In: the parsed check.lua. Out: `{ obsolete, deprecated: {name: text}, globalOnly, globalExcept, globalPatterns }`;
 * the patterns are Lua's, in the order of the source: the last excepts from the one before it.
 */
export function checkLists({ ast }) {
  const context = { locals: singleLocals(ast) };
  const list = name => [...fold(context.locals.get(name), context).value].sort();
  const globalExcept = [];
  const globalPatterns = [];
  walk(ast, (node, ancestors) => {
    const call = callOf(node);
    const member = call && memberOf(call.base);
    if (member?.object.name === 'misplaced_options' && member.name === 'exclude') {
      globalExcept.push(...fold(call.args[0], context).value);
    }
    const addsMisplaced = ancestors.some(parent => parent.type === 'IfClause' && addsTo(parent, 'misplaced_options'));
    if (addsMisplaced && member?.object.name === 'name' && member.name === 'match') globalPatterns.push(call.args[0].value);
  });
  return {
    obsolete: list('obsolete'),
    deprecated: Object.fromEntries(deprecated(context).sort(([a], [b]) => (a < b ? -1 : 1))),
    globalOnly: list('known_global_options'),
    globalExcept: globalExcept.sort(),
    globalPatterns,
  };
}

/** Whether the clause's own body is `variable:add(…)`. */
function addsTo(clause, variable) {
  const call = clause.body.length === 1 && callOf(clause.body[0].expression);
  const member = call && memberOf(call.base);
  return member?.name === 'add' && member.object.name === variable;
}

/** The table of replacements, with the ports that a loop adds to it. */
function deprecated(context) {
  const table = context.locals.get('deprecated_replacements');
  const entries = table.fields.map(field => [field.key.name, fold(field.value, context)?.value ?? insteadUse(field.value)]);
  const services = fold(context.locals.get('deprecated_ports'), context).value;
  const suffixes = fold(context.locals.get('port_suffixes'), context).value;
  for (const [service, replacement] of Object.entries(services)) {
    for (const suffix of suffixes) {
      const plural = suffix === 'port' || suffix === 'interface' ? `${suffix}s` : suffix;
      entries.push([`${service}_${suffix}`, `instead, use '${replacement}_${plural}'`]);
    }
  }
  return entries;
}

/** What check.lua's own function instead_use(kind, name, value) would say. */
function insteadUse(node) {
  const [kind, name, value] = callOf(node).args.map(argument => argument.value);
  if (kind === 'option') return value ? `instead, use '${name} = "${value}"'` : `instead, use '${name}'`;
  if (kind === 'module') return `instead, add "${name}" to '${value ?? 'modules_enabled'}'`;
  if (kind === 'community') return `instead, add "${name}" from ${value ?? 'prosody-modules'}`;
  return kind;
}
