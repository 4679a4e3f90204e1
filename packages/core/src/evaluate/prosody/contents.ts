import type { FileProblem } from '../files.js';
import { toText } from '../operators.js';
import { folderOf, resolveRelativePath } from '../paths.js';
import { fault, type LuaFault, type Run } from '../run.js';
import { type FunctionValue, integer, NIL, native, newTable, type Origin, string, unknown, type Value } from '../values.js';
import { environmentVariable, type FileEnvironment } from './environment.js';
import { unplaced } from './hosts.js';
import { fileError } from './messages.js';

/** 13.0's `FileContents`, `FileLine` and `FileLines`: what a file beside the configuration says (core/configmanager.lua). */
export function fileReader(
  run: Run,
  environment: FileEnvironment,
  kind: 'FileContents' | 'FileLine' | 'FileLines',
): FunctionValue {
  return native(kind, ([name = NIL], { at }) => {
    if (name.kind === 'unknown') return [name];
    const file = toText(name);
    if (file === undefined) throw fault(`bad argument #1 to '${kind}' (string expected, got ${name.kind})`, at);
    const path = resolveRelativePath(folderOf(environment.file), file);
    const read = run.files.readFile(path);
    if (!read.ok) throw unreadable(kind, path, read.problem, at);
    const text = content(kind, read.text);
    // reading a line of an empty file gives nil and no message, which Prosody raises as the error
    if (text.kind === 'nil') throw unplaced('nil', at);
    return [text];
  });
}

/** `FileLines` reads with io.lines, which raises where Prosody's own code stands; the others name the caller's line. */
function unreadable(kind: string, path: string, problem: FileProblem, at: Origin): LuaFault {
  if (kind === 'FileLines') {
    const reason = fileError('', problem).slice(2);
    return unplaced(problem === 'directory' ? reason : `cannot open file '${path}' (${reason})`, at);
  }
  return fault(problem === 'directory' ? 'Is a directory' : fileError(path, problem), at);
}

/** 13.0's `Credential`: a file of the folder that the service manager names; not knowable without that folder. */
export function credential(run: Run): FunctionValue {
  return native('Credential', ([name = NIL], { at }) => {
    const folder = environmentVariable(run, 'CREDENTIALS_DIRECTORY', at);
    const file = toText(name);
    if (folder.kind === 'unknown' || name.kind === 'unknown')
      return [unknown('a credential that the service manager hands over', at)];
    if (folder.kind !== 'string' || file === undefined) {
      throw fault('Credential() requires the $CREDENTIALS_DIRECTORY environment variable to be set', at);
    }
    const path = resolveRelativePath(folder.value, file);
    const read = run.files.readFile(path);
    if (!read.ok) throw fault(fileError(path, read.problem), at);
    return [string(read.text, at)];
  });
}

function content(kind: 'FileContents' | 'FileLine' | 'FileLines', text: string): Value {
  if (kind === 'FileContents') return string(text);
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (kind === 'FileLine') return lines.length === 0 ? NIL : string(lines[0] ?? '');
  return newTable(lines.map((line, index) => [integer(index + 1).value, string(line)] as const));
}
