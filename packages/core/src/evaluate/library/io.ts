import { toText } from '../operators.js';
import type { Run } from '../run.js';
import { NIL, type Origin, type TableValue, type UnknownValue, unknown, type Value } from '../values.js';
import { fileHandle, handleType, isHandle, linesOf } from './handles.js';
import {
  anyArgument,
  argument,
  badArgument,
  libraryFunction,
  type NativeCall,
  textArgument,
  unknowable,
  unknownResult,
} from './native.js';

const INPUT = 'what stands in the standard input';
const PROGRAM = 'what a program prints';

/** Lua's `io` (liolib.c of 5.4): files that are there can be read, all else is unknown. */
export const IO: Readonly<Record<string, Value>> = {
  open: libraryFunction('io.open', open, { many: true }),
  lines: libraryFunction('io.lines', lines, { many: true }),
  close: libraryFunction('io.close', ({ at }) => [unknown('an open file', at)], { strict: false }),
  type: libraryFunction('io.type', given => [handleType(anyArgument(given, 1))]),
  input: unknowable('io.input', INPUT),
  output: unknowable('io.output', 'the standard output'),
  read: unknowable('io.read', INPUT),
  write: unknowable('io.write', 'the standard output'),
  flush: unknowable('io.flush', 'the standard output'),
  popen: unknowable('io.popen', PROGRAM),
  tmpfile: unknowable('io.tmpfile', 'a temporary file'),
  stdin: unknown(INPUT),
  stdout: unknown('the standard output'),
  stderr: unknown('the standard error output'),
};

/**
 * A file's text as the file system has it. Unknown, not missing, where it has no such file: the machine that Prosody runs
 * on may have it. The same for a relative path, which counts from Prosody's working directory.
 */
export function machineFile(run: Run, path: string, at: Origin): { readonly text: string } | UnknownValue {
  if (!path.startsWith('/')) return unknown(`the file ${path} of the working directory`, at);
  const read = run.files.readFile(path);
  return read.ok ? { text: read.text } : unknown(`the file ${path}, which cannot be read here`, at);
}

function open(given: NativeCall): readonly Value[] {
  const path = textArgument(given, 1);
  const mode = textArgument(given, 2, 'r');
  if (!/^[rwa]\+?b?$/.test(mode)) throw badArgument(given, 2, 'invalid mode');
  if (mode.replace('b', '') !== 'r')
    return [unknownResult(`the file ${path}, which the configuration itself writes`, given.at, true)];
  const handle = openHandle(given, path);
  return handle.kind === 'unknown' ? [unknownResult(handle.reason, given.at, true)] : [handle];
}

function openHandle(given: NativeCall, path: string): TableValue | UnknownValue {
  const file = machineFile(given.run, path, given.at);
  return 'kind' in file ? file : fileHandle(given.run, file.text, given.at);
}

/** `io.lines(path, …)`: the iterator, and the file that a `for` closes. */
function lines(given: NativeCall): readonly Value[] {
  const path = argument(given, 1);
  if (path.kind === 'nil') return [unknown(INPUT, given.at)];
  const handle = openHandle(given, toText(path) ?? textArgument(given, 1));
  if (!isHandle(handle)) return [handle.kind === 'unknown' ? unknownResult(handle.reason, given.at, true) : handle];
  return [linesOf(given, [handle, ...given.args.slice(1)], true), NIL, NIL, handle];
}
