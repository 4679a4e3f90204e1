// Checkouts of the prosody-modules collection: which modules there are beyond Debian's, and which options they read.
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseLua } from './lua.mjs';
import { optionReads } from './reads.mjs';
import { netServices } from './services.mjs';

/**
 * In: folders that hold `mod_NAME/…`; `known`, the names of modules to leave out.
 * Out: module → option name → set of getters. A file that does not parse is left out.
 */
export function communityModules(folders, known) {
  const modules = new Map();
  for (const { path, module } of folders.flatMap(moduleFiles)) {
    if (known.has(module)) continue;
    if (!modules.has(module)) modules.set(module, new Map());
    const options = modules.get(module);
    const add = (name, getter) => options.set(name, (options.get(name) ?? new Set()).add(getter));
    let parsed;
    try {
      parsed = parseLua(path);
    } catch {
      continue;
    }
    for (const { name, getter } of optionReads(parsed, module).reads) if (/^[A-Za-z_]\w*$/.test(name)) add(name, getter);
    for (const { prefix, encryption } of netServices(parsed, module)) {
      add(`${prefix}_ports`, 'ports');
      add(`${prefix}_interfaces`, 'interfaces');
      if (encryption === 'ssl') add(`${prefix}_ssl`, 'ssl');
    }
  }
  return modules;
}

/** The Lua files below every `mod_NAME` folder of a checkout, with NAME. */
function moduleFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.lua'))
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
    .map(path => ({ path, module: /(?:^|\/)mod_(\w[\w-]*)\//.exec(relative(folder, path))?.[1] }))
    .filter(({ module }) => module)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
