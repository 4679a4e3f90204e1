// Options that no getter names: those that portmanager derives from a net service, and mod_cron from a periodic task.
import { fold, singleLocals } from './constants.mjs';
import { callOf, memberOf, walk } from './lua.mjs';

/**
 * The net services that a file offers (`module:provides("net", {…})`, `module:add_item("net-provider", {…})`).
 * Out: `{ name, prefix, line, encryption?, ports?, private? }`; the prefix is that of its options (core/portmanager.lua).
 */
export function netServices({ ast }, moduleName) {
  const context = { locals: singleLocals(ast), moduleName };
  const services = [];
  walk(ast, node => {
    const call = callOf(node);
    const method = call && memberOf(call.base)?.name;
    const kind = call?.args[0]?.value;
    if (!(method === 'provides' && kind === 'net') && !(method === 'add_item' && kind === 'net-provider')) return;
    const table = tableOf(call.args[1], context);
    const field = key => fold(table?.fields.find(candidate => candidate.key?.name === key)?.value, context)?.value;
    // without a name of its own a service has its module's, less the provider's prefix (moduleapi's `provides`)
    const name = field('name') ?? moduleName.replace(/^net_/, '');
    const port = field('default_port');
    services.push({
      name,
      prefix: field('config_prefix') ?? name,
      line: node.loc.start.line,
      encryption: field('encryption'),
      ports: field('default_ports') ?? (port === undefined ? undefined : [port]),
      private: field('private') === true ? true : undefined,
    });
  });
  return services;
}

function tableOf(node, context) {
  if (node?.type === 'Identifier' && context.locals.has(node.name)) return tableOf(context.locals.get(node.name), context);
  return node?.type === 'TableConstructorExpression' ? node : undefined;
}

const frequencies = new Set(['hourly', 'daily', 'weekly']);

/**
 * The periodic tasks of a file. Out: `{ name, when, line }` with the option that moves the task's period, as mod_cron of
 * 13.0 composes it: module, task name with everything but letters and digits made `_`, `period`.
 */
export function cronTasks({ ast }, moduleName) {
  const tasks = [];
  walk(ast, node => {
    const call = callOf(node);
    const member = call && memberOf(call.base);
    if (member?.object.name !== 'module' || !frequencies.has(member.name)) return;
    const given = call.args[0]?.type === 'StringLiteral' ? call.args[0].value : member.name;
    const task = given.replace(/[^A-Za-z0-9]/g, '_').toLowerCase();
    tasks.push({ name: `${moduleName}_${task}_period`, when: member.name, line: node.loc.start.line });
  });
  return tasks;
}
