import { newTable, type TableValue, unknown, type Value } from '../values.js';
import { BASE } from './base.js';
import { LOADING } from './chunk.js';
import { IO } from './io.js';
import { MATH } from './math.js';
import { COROUTINE, DEBUG } from './opaque.js';
import { OS } from './os.js';
import { packageLibrary, REQUIRE } from './require.js';
import { STRING } from './string.js';
import { TABLE } from './table.js';
import { UTF8 } from './utf8.js';

/** What Prosody's start-up puts into `_G` before it reads the configuration (util/startup.lua). */
const PROSODY = [
  'prosody',
  'log',
  'hosts',
  'bare_sessions',
  'full_sessions',
  'arg',
  'CFG_SOURCEDIR',
  'CFG_CONFIGDIR',
  'CFG_PLUGINDIR',
  'CFG_DATADIR',
];

const LIBRARIES = { string: STRING, table: TABLE, math: MATH, os: OS, io: IO, utf8: UTF8, coroutine: COROUTINE, debug: DEBUG };

/**
 * Lua's global names, new for each evaluation so that a configuration that changes a library table harms only itself.
 * They are those of Lua 5.4, with which Debian runs Prosody: no `unpack`, `loadstring`, `setfenv` or `bit32`.
 */
export function standardLibrary(): ReadonlyMap<string, Value> {
  const libraries = Object.entries(LIBRARIES).map(([name, functions]): [string, TableValue] => [
    name,
    newTable(Object.entries(functions)),
  ]);
  const globals = new Map<string, Value>([
    ...Object.entries(BASE),
    ...Object.entries(LOADING),
    ['require', REQUIRE],
    ...libraries,
  ]);
  for (const name of PROSODY) globals.set(name, unknown(`\`${name}\` of the running Prosody`));
  const all = newTable(globals);
  const packages = packageLibrary([...libraries, ['_G', all]]);
  for (const [name, value] of [
    ['_G', all],
    ['package', packages],
  ] as const) {
    globals.set(name, value);
    all.table.entries.set(name, { value, origin: null, keyOrigin: null });
  }
  const loaded = packages.table.entries.get('loaded')?.value;
  if (loaded?.kind === 'table') loaded.table.entries.set('package', { value: packages, origin: null, keyOrigin: null });
  return globals;
}
