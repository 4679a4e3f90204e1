import type { Document } from '../../syntax/index.js';
import { byteLength, fromByteString, toByteString } from '../../text/index.js';
import { assignIndex, callBack, index } from '../access.js';
import { chunkName } from '../builder.js';
import { type Globals, LuaFault, type Run, work } from '../run.js';
import { NIL, native, type Origin, string, type TableValue, unknown, type Value } from '../values.js';
import { machineFile } from './io.js';
import { argument, libraryFunction, type NativeCall, textArgument, unknownResult } from './native.js';
import { runProgram } from './program.js';

/** Why the message of a chunk that does not parse is unknown: ours has other words. */
export const SYNTAX = "Lua's words for a syntax error";

/** `load`, `loadfile` and `dofile` (lbaselib.c of 5.4): text that is known is interpreted, in plain globals or the given ones. */
export const LOADING: Readonly<Record<string, Value>> = {
  load: libraryFunction('load', load, { many: true }),
  loadfile: libraryFunction('loadfile', loadFile, { many: true }),
  dofile: libraryFunction('dofile', doFile, { many: true }),
};

/** Steps that parsing a chunk is, however short. */
const LOAD_STEPS = 500;

function load(given: NativeCall): readonly Value[] {
  const source = argument(given, 1);
  const pieces = source.kind === 'function' ? gathered(given, source) : string(textArgument(given, 1));
  if (pieces.kind !== 'string') return [unknownResult(pieces.kind === 'unknown' ? pieces.reason : 'a chunk', given.at, true)];
  const text = pieces.value;
  const name = textArgument(given, 2, source.kind === 'function' ? '=(load)' : text);
  const mode = textArgument(given, 3, 'bt');
  const env = argument(given, 4);
  if (text.startsWith('\x1b')) return [unknownResult('a compiled chunk', given.at, true)];
  if (!mode.includes('t')) return [NIL, string(`attempt to load a text chunk (mode is '${mode}')`)];
  const { run } = given;
  work(run, given.at, LOAD_STEPS + text.length / 8);
  // the number keeps chunks of one name apart; `chunkName` leaves it out
  const file = `${chunkIdentifier(name)}\0${run.builder.chunks.size}`;
  const document = run.parseFile(file, text);
  if (document.problems.length > 0) return [NIL, unknown(SYNTAX, given.at)];
  run.builder.chunks.set(file, document);
  return [chunkFunction(run, file, document, given.args.length >= 4 ? env : plainGlobals(run))];
}

function gathered(given: NativeCall, reader: Value): Value {
  let text = '';
  for (;;) {
    const piece = callBack(given.run, reader, [], given.at)[0] ?? NIL;
    if (piece.kind === 'unknown') return piece;
    if (piece.kind === 'nil' || (piece.kind === 'string' && piece.value === '')) return string(text);
    if (piece.kind !== 'string') return unknown('a chunk whose reader function does not return a string', given.at);
    work(given.run, given.at, 1);
    text += piece.value;
    if (text.length > given.run.limits.stringLength)
      return unknown(`a string of more than ${given.run.limits.stringLength} characters`, given.at);
  }
}

function loadFile(given: NativeCall): readonly Value[] {
  const { run, at } = given;
  const path = textArgument(given, 1);
  const file = machineFile(run, path, at);
  if ('kind' in file) return [unknownResult(file.reason, at, true)];
  const document = readScript(run, path, file.text, at);
  if (document.problems.length > 0) return [NIL, unknown(SYNTAX, at)];
  return [chunkFunction(run, path, document, given.args.length >= 3 ? argument(given, 3) : plainGlobals(run))];
}

function doFile(given: NativeCall): readonly Value[] {
  const path = textArgument(given, 1);
  const file = machineFile(given.run, path, given.at);
  return 'kind' in file ? [unknownResult(file.reason, given.at, true)] : runScript(given.run, path, file.text, given.at);
}

/** Runs a file in Lua's plain globals, as `dofile` and Prosody's `RunScript` do, and gives what it returns. */
export function runScript(run: Run, path: string, text: string, at: Origin): readonly Value[] {
  const document = readScript(run, path, text, at);
  const problem = document.problems[0];
  if (problem) {
    // Lua names the place where it stopped, which may be behind the culprit
    const where: Origin = { file: path, start: problem.luaStop, end: problem.luaStop };
    const culprit: Origin = { file: path, start: problem.start, end: problem.end };
    throw new LuaFault(unknown(SYNTAX, at), problem.message, where, culprit, true);
  }
  return callBack(run, chunkFunction(run, path, document, plainGlobals(run)), [], at);
}

function readScript(run: Run, path: string, text: string, at: Origin): Document {
  work(run, at, text.length / 32);
  // luaL_loadfilex, unlike Prosody, leaves out a byte order mark and a `#` line
  const shown = text.replace(/^\ufeff/, ' ').replace(/^ ?#[^\n]*/, line => ' '.repeat(line.length));
  const document = run.parseFile(path, shown);
  run.builder.documents.set(path, document);
  return document;
}

function chunkFunction(run: Run, file: string, document: Document, env: Value): Value {
  const globals: Globals = {
    get: (name, at) => index(run, env, string(name), at, "upvalue '_ENV'"),
    set: (name, value, place) => assignIndex(run, env, string(name), value, place.statement, place.name, "upvalue '_ENV'"),
  };
  const origin = { file, start: 0, end: document.text.length };
  return { ...native(chunkName(file), args => runProgram(run, file, document, globals, args)), origin };
}

/** `_G`, in which chunks run that are given nothing else. */
export function plainGlobals(run: Run): TableValue | Value {
  return run.library.get('_G') ?? NIL;
}

/** A chunk's name in messages (luaO_chunkid of lobject.c, LUA_IDSIZE 60), but for files, which `chunkName` cuts. */
export function chunkIdentifier(name: string): string {
  if (name.startsWith('@')) return name.slice(1);
  if (name.startsWith('=')) return name.slice(1, 60);
  const [line = ''] = name.split('\n');
  if (!name.includes('\n') && byteLength(name) < 45) return `[string "${name}"]`;
  return `[string "${fromByteString(toByteString(line).slice(0, 45))}..."]`;
}
