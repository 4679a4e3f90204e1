import { callBack, index } from '../access.js';
import type { FileProblem } from '../files.js';
import { fileHandle } from '../library/handles.js';
import { folderOf, resolveRelativePath } from '../paths.js';
import { LuaFault, type Run } from '../run.js';
import {
  type Caller,
  type FunctionValue,
  integer,
  NIL,
  native,
  newTable,
  type Origin,
  string,
  truth,
  unknown,
  type Value,
} from '../values.js';
import { environmentVariable, type FileEnvironment } from './environment.js';
import { callersFault, unplaced } from './hosts.js';
import { fileError } from './messages.js';

type Kind = 'FileContents' | 'FileLine' | 'FileLines';

/** 13.0's `FileContents`, `FileLine` and `FileLines`: what a file beside the configuration says (core/configmanager.lua). */
export function fileReader(run: Run, environment: FileEnvironment, kind: Kind): FunctionValue {
  return native(kind, (args, caller) => readGiven(run, folderOf(environment.file), kind, args, caller));
}

function readGiven(
  run: Run,
  folder: string,
  kind: Kind,
  [name = NIL, mode = NIL]: readonly Value[],
  caller: Caller,
): readonly Value[] {
  const { at } = caller;
  if (name.kind === 'unknown') return [name];
  if (kind === 'FileLines' && name.kind === 'nil') return [unknown('what stands in the standard input', at)];
  const path = givenPath(folder, name, kind === 'FileLines' ? 'lines' : 'open', at);
  const read = run.files.readFile(path);
  if (!read.ok) throw unreadable(kind, path, read.problem, caller);
  if (kind === 'FileLines') return [lines(read.text)];
  const format = truth(mode) === false ? string(kind === 'FileContents' ? '*a' : '*l') : mode;
  const handle = fileHandle(run, read.text, at);
  const method = index(run, handle, string('read'), at, undefined);
  const [text = NIL] = callBack(run, method, [handle, format], at);
  // where there is nothing to read there is no message either, and Prosody raises nil
  if (truth(text) === false) throw new LuaFault(NIL, 'nil', null, at);
  return [text];
}

/**
 * `resolve_relative_path` (util/paths.lua) of what a configuration gives for a path. What is neither text nor nothing is
 * refused there; nil and false go through to the function that opens it, which refuses them.
 */
export function givenPath(folder: string, name: Value, opener: string, at: Origin): string {
  if (name.kind === 'string') return resolveRelativePath(folder, name.value);
  if (truth(name) === false) throw unplaced(`bad argument #1 to '${opener}' (string expected, got ${name.kind})`, at);
  if (name.kind === 'table') throw unplaced("attempt to call a nil value (method 'gsub')", at);
  throw unplaced(`attempt to index a ${name.kind} value (local 'path')`, at);
}

/** `FileLines` reads with io.lines, which raises where Prosody's own code stands; the others name the caller's line. */
function unreadable(kind: Kind, path: string, problem: FileProblem, caller: Caller): LuaFault {
  if (kind === 'FileLines') {
    const reason = fileError('', problem).slice(2);
    return unplaced(problem === 'directory' ? reason : `cannot open file '${path}' (${reason})`, caller.at);
  }
  return callersFault(problem === 'directory' ? 'Is a directory' : fileError(path, problem), caller);
}

/** 13.0's `Credential`: a file of the folder that the service manager names; not knowable without that folder. */
export function credential(run: Run): FunctionValue {
  return native('Credential', (args, caller) => {
    const { at } = caller;
    const folder = environmentVariable(run, 'CREDENTIALS_DIRECTORY', at);
    if (folder.kind === 'unknown') return [unknown('a credential that the service manager hands over', at)];
    if (folder.kind === 'string') return readGiven(run, folder.value, 'FileContents', args, caller);
    throw callersFault('Credential() requires the $CREDENTIALS_DIRECTORY environment variable to be set', caller);
  });
}

function lines(text: string): Value {
  const list = text.split('\n');
  if (list.at(-1) === '') list.pop();
  return newTable(list.map((line, at) => [integer(at + 1).value, string(line)] as const));
}
