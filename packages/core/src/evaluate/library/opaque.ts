import type { Value } from '../values.js';
import { libraryFunction, unknownResult } from './native.js';
import { taint } from './taint.js';

/** A table of functions whose results nobody can know, and which may call and change what they are given. */
function opaque(library: string, names: readonly string[], reason: string): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    names.map(name => [
      name,
      libraryFunction(
        `${library}.${name}`,
        given => {
          taint(given.run, given.args, reason, given.at, undefined);
          return [unknownResult(reason, given.at, true)];
        },
        { strict: false },
      ),
    ]),
  );
}

const COROUTINES = ['close', 'create', 'isyieldable', 'resume', 'running', 'status', 'wrap', 'yield'];

const DEBUG_NAMES = [
  'debug',
  'gethook',
  'getinfo',
  'getlocal',
  'getmetatable',
  'getregistry',
  'getupvalue',
  'getuservalue',
  'setcstacklimit',
  'sethook',
  'setlocal',
  'setmetatable',
  'setupvalue',
  'setuservalue',
  'traceback',
  'upvalueid',
  'upvaluejoin',
];

/** Lua's `coroutine`: what runs in one is not followed. */
export const COROUTINE = opaque('coroutine', COROUTINES, 'a coroutine');

/** Lua's `debug`: it looks into the interpreter, which is another one here. */
export const DEBUG = opaque('debug', DEBUG_NAMES, 'what the debug library finds');
