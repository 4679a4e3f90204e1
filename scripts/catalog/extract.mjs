// One tree, everything that the catalogue wants of it, as plain sorted data.
import { join } from 'node:path';
import { checkLists } from './check-lists.mjs';
import { callOf, memberOf, parseLua, walk } from './lua.mjs';
import { optionReads } from './reads.mjs';
import { cronTasks, netServices } from './services.mjs';
import { luaFiles } from './tree.mjs';

/**
 * Reads a Prosody tree. In: the folder that has core/, modules/, util/ and net/.
 * Out: `files`, `options` (name → reads), `services`, `tasks`, `modules`, `checkLists`, and what could not be told: `dynamic`,
 * `unparsed`.
 */
export function extract(root) {
  const result = { files: [], options: new Map(), services: [], tasks: [], modules: new Map(), dynamic: [], unparsed: [] };
  for (const entry of luaFiles(root)) {
    if (entry.own && !result.modules.has(entry.module)) {
      result.modules.set(entry.module, { name: entry.module, community: entry.fromModules, depends: new Set(), global: false });
    }
    let parsed;
    try {
      parsed = parseLua(entry.path);
    } catch (error) {
      result.unparsed.push(`${entry.file}: ${error.message}`);
      continue;
    }
    extractFile(entry, parsed, result);
  }
  // only 13.0's mod_cron asks for the period of a task
  if (!result.dynamic.some(({ file, name }) => file === 'modules/mod_cron.lua' && name.includes('_period'))) result.tasks = [];
  result.checkLists = checkLists(parseLua(join(root, 'util/prosodyctl/check.lua')));
  return result;
}

function extractFile({ file, module: name, fromModules }, parsed, result) {
  const { reads, dynamic } = optionReads(parsed, name);
  const services = netServices(parsed, name);
  const tasks = cronTasks(parsed, name);
  for (const read of dynamic) result.dynamic.push({ ...read, file });
  if (reads.length || services.length || tasks.length) {
    const index = result.files.push({ file, module: name, community: fromModules }) - 1;
    for (const read of reads) {
      if (!result.options.has(read.name)) result.options.set(read.name, []);
      result.options.get(read.name).push({ ...read, file: index });
    }
    for (const service of services) result.services.push({ ...service, file: index });
    for (const task of tasks) result.tasks.push({ ...task, file: index });
  }
  const own = result.modules.get(name);
  if (own && file.startsWith('modules/')) describeModule(parsed, own);
}

/** Which modules this one pulls in, and whether it moves itself to the global scope. */
function describeModule({ ast }, own) {
  walk(ast, (node, ancestors) => {
    const call = callOf(node);
    const member = call && memberOf(call.base);
    if (member?.object.name !== 'module') return;
    if (member.name === 'depends' && typeof call.args[0]?.value === 'string') own.depends.add(call.args[0].value);
    const top = !ancestors.some(parent => parent.type === 'FunctionDeclaration');
    if (member.name === 'set_global' && top) own.global = true;
  });
}
