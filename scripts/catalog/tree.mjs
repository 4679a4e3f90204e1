// A Prosody tree on disk: where the labs keep it, which Lua files it has, which module each belongs to.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';

export const versions = ['0.12', '13.0'];

/** The folder that test/labs/install-prosody.sh fills: in: '0.12' or '13.0'; out: its …/usr/lib/prosody. */
export function labTree(version) {
  const labs = process.env.PROSODIST_LABS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'prosodist-labs');
  return join(labs, `prosody-${version}`, 'usr/lib/prosody');
}

/** Whether a folder is a Prosody tree that can be read. */
export const isTree = root => existsSync(join(root, 'core/moduleapi.lua'));

/**
 * Every Lua file of a tree, sorted by path.
 * Out: `{ path, file, module, own, fromModules }`: `file` is relative to the tree, `module` the name of the module it
 * belongs to (`core.x`, `util.x`, `net.x` for the rest), `own` whether it is a module's main file.
 */
export function luaFiles(root) {
  const community = communityFiles(root);
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.lua'))
    .map(entry => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .filter(file => /^(modules|core|util|net)\//.test(file))
    .sort();
  return [
    ...files.map(file => ({ path: join(root, file), file, ...belonging(file), fromModules: community.has(file) })),
    ...commands(root),
  ];
}

/** The two commands, which read options of their own; Debian keeps them in usr/bin. */
function commands(root) {
  return ['prosody', 'prosodyctl']
    .map(name => ({ path: resolve(root, '../../bin', name), file: name, module: name, own: false, fromModules: false }))
    .filter(({ path }) => existsSync(path));
}

/** Which module a file belongs to, by the places of Prosody's pluginloader (core/… util/pluginloader.lua). */
function belonging(file) {
  const main = /^modules\/(?:(?:[^/]+\/)*)mod_([^/]+)\.lua$/.exec(file);
  if (main) {
    const folders = file.split('/').slice(1, -1);
    const name = main[1];
    const loadable = folders.every(folder => folder === name || folder === `mod_${name}`);
    // a file in another module's folder is loaded by that module alone, under its own name
    return { module: name, own: loadable };
  }
  const folder = /^modules\/(?:mod_)?([^/]+)\//.exec(file);
  if (folder) return { module: folder[1], own: false };
  return {
    module: file
      .replace(/^modules\//, '')
      .replace(/(\.lib)?\.lua$/, '')
      .replaceAll('/', '.'),
    own: false,
  };
}

/** The files that Debian's package prosody-modules installed into the tree, by dpkg's own list. */
function communityFiles(root) {
  const system = resolve(root, '../../..');
  const list = join(system, 'var/lib/dpkg/info/prosody-modules.list');
  if (!existsSync(list)) return new Set();
  const paths = readFileSync(list, 'utf8').split('\n').filter(Boolean);
  return new Set(paths.map(path => relative(root, join(system, path))));
}
