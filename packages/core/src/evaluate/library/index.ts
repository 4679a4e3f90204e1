import { newTable, type Value } from '../values.js';
import { BASE } from './base.js';

/** Lua's global names, new for each evaluation so that a configuration that changes a library table harms only itself. */
export function standardLibrary(): ReadonlyMap<string, Value> {
  const globals = new Map<string, Value>(Object.entries(BASE));
  globals.set('_G', newTable(globals));
  return globals;
}
