import { callBack } from '../access.js';
import { type Run, setEntry } from '../run.js';
import { bool, get, NIL, newTable, string, type TableValue, unknown, type Value } from '../values.js';
import { fileSystemModule } from './lfs.js';
import { libraryFunction, type NativeCall, textArgument, unknowable, unknownResult } from './native.js';

/** Lua's `require` (loadlib.c of 5.4): Lua's own modules, those of `package.preload`, LuaFileSystem; others are unknown. */
export const REQUIRE: Value = libraryFunction('require', load, { many: true });

/** Lua's `package`. Which modules are loaded is known only of Lua's own and of those that the configuration loads. */
export function packageLibrary(loaded: Iterable<readonly [string, Value]>): TableValue {
  const modules = newTable(loaded);
  modules.table.state.set('open', unknown('the modules that Prosody has loaded'));
  return newTable([
    ['config', string('/\n;\n?\n!\n-\n')],
    ['path', unknown('where Lua looks for modules')],
    ['cpath', unknown('where Lua looks for modules')],
    ['loaded', modules],
    ['preload', newTable()],
    ['searchers', unknown('how Lua looks for modules')],
    ['searchpath', unknowable('package.searchpath', 'where Lua looks for modules')],
    ['loadlib', unknowable('package.loadlib', 'a library of the machine')],
  ]);
}

function part(run: Run, name: 'loaded' | 'preload'): TableValue | undefined {
  const library = run.library.get('package');
  const value = library?.kind === 'table' ? get(library, name) : NIL;
  return value.kind === 'table' ? value : undefined;
}

function load(given: NativeCall): readonly Value[] {
  const { run, at } = given;
  const name = textArgument(given, 1);
  const loaded = part(run, 'loaded');
  const before = loaded ? get(loaded, name) : NIL;
  if (before.kind !== 'nil') return [before];
  const preload = part(run, 'preload');
  const loader = preload ? get(preload, name) : NIL;
  if (loader.kind === 'nil' && name !== 'lfs') return [unknownResult(`the module ${name}`, at, true)];
  const made =
    loader.kind === 'nil' ? fileSystemModule() : (callBack(run, loader, [string(name), string(':preload:')], at)[0] ?? NIL);
  const module = made.kind === 'nil' ? bool(true) : made;
  if (loaded) setEntry(run, loaded.table, name, module, at);
  return loader.kind === 'nil' ? [module] : [module, string(':preload:')];
}
