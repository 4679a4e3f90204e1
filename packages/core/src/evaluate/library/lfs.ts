import { NIL, newTable, string, type TableValue, unknown, type Value } from '../values.js';
import { argument, libraryFunction, type NativeCall, textArgument, unknowable, unknownResult } from './native.js';

/** LuaFileSystem, which Prosody itself needs and configurations use: what the given file system can say. */
export function fileSystemModule(): TableValue {
  const module = newTable([
    ['attributes', libraryFunction('attributes', given => attributes(given), { many: true })],
    ['symlinkattributes', unknowable('symlinkattributes', 'what is known of a file')],
    ['dir', libraryFunction('dir', given => directory(given), { many: true })],
    ['currentdir', unknowable('currentdir', 'the working directory')],
    ['_VERSION', unknown('the version of LuaFileSystem')],
    ['_DESCRIPTION', unknown('the version of LuaFileSystem')],
    ['_COPYRIGHT', unknown('the version of LuaFileSystem')],
    ...['chdir', 'link', 'lock', 'lock_dir', 'mkdir', 'rmdir', 'setmode', 'touch', 'unlock'].map((name): [string, Value] => [
      name,
      unknowable(name, 'what is known of a file'),
    ]),
  ]);
  return module;
}

function absent(given: NativeCall, path: string): readonly Value[] {
  const where = path.startsWith('/') ? 'which is not there here' : 'of the working directory';
  return [unknownResult(`the file ${path}, ${where}`, given.at, true)];
}

/** `lfs.attributes(path [, name])`: of all attributes only the mode is known. */
function attributes(given: NativeCall): readonly Value[] {
  const path = textArgument(given, 1);
  const found = path.startsWith('/') ? given.run.files.stat(path) : undefined;
  if (!found) return absent(given, path);
  const wanted = argument(given, 2);
  const mode = found.kind === 'special' ? unknown('the kind of a special file') : string(found.kind);
  if (wanted.kind === 'string') return [wanted.value === 'mode' ? mode : unknown(`the ${wanted.value} of the file ${path}`)];
  const table = newTable([['mode', mode]], given.at);
  table.table.state.set('open', unknown(`what is known of the file ${path}`));
  return [table];
}

/** `for name in lfs.dir(path)`, in the order of the file system, `.` and `..` first. */
function directory(given: NativeCall): readonly Value[] {
  const path = textArgument(given, 1);
  const listed = path.startsWith('/') ? given.run.files.readDirectory(path) : undefined;
  if (!listed?.ok) return absent(given, path);
  const names = ['.', '..', ...listed.names];
  const state = new Map([['at', 0]]);
  const next = ({ run }: NativeCall): readonly Value[] => {
    const at = state.get('at')!;
    run.journal.write(state, 'at', at + 1);
    return [at < names.length ? string(names[at]!) : NIL];
  };
  // it is given the open folder, which is unknown
  const walk = libraryFunction('for iterator', next, { strict: false });
  return [walk, unknown('an open folder', given.at)];
}
