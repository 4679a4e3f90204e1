import { callBack, index } from '../access.js';
import { faultText } from '../builder.js';
import { GLOBAL, type Include } from '../configuration.js';
import { alike } from '../joins.js';
import { fileHandle } from '../library/handles.js';
import { toText } from '../operators.js';
import { baseName, folderOf, globMatches, isGlob, resolveRelativePath } from '../paths.js';
import type { LuaFault, Run } from '../run.js';
import { type FunctionValue, NIL, native, type Origin, string, unknown, type Value } from '../values.js';
import { currentScope, type FileEnvironment } from './environment.js';
import { unplaced } from './hosts.js';
import { FOLDER_READ, fileError } from './messages.js';

/** Runs a file of the tree; given by the loader, which knows how. */
export type RunFile = (path: string, text: string, at: Origin) => void;

/** `Include "path"` and `Include "folder/*.cfg.lua"` (env.Include of core/configmanager.lua). */
export function include(run: Run, environment: FileEnvironment, runFile: RunFile): FunctionValue {
  return native('Include', ([argument = NIL], { at }) => {
    if (argument.kind === 'unknown') return [];
    const pattern = toText(argument);
    if (pattern === undefined || argument.kind !== 'string')
      throw unplaced(
        argument.kind === 'table'
          ? "attempt to call a nil value (method 'match')"
          : `attempt to index a ${argument.kind} value (local 'file')`,
        at,
      );
    const folder = folderOf(environment.file);
    const glob = isGlob(pattern);
    if (glob && pattern.endsWith('/')) throw unplaced("attempt to perform arithmetic on a nil value (local 'path_pos')", at);
    const path = glob ? globPath(folder, pattern) : resolveRelativePath(folder, pattern);
    const files = glob ? matching(run, path, at) : [path];
    run.builder.includes.push({ origin: at, pattern, path, glob, scope: currentScope(environment), files } satisfies Include);
    const before = run.builder.settings.length;
    // for the files of a folder Prosody calls the field `Include`, which an assignment may have overwritten
    const called = environment.fields.get('Include') ?? NIL;
    if (glob && files.length > 0 && called.kind !== 'function' && called.kind !== 'unknown' && called.kind !== 'table')
      throw unplaced(`attempt to call a ${called.kind} value (field 'Include')`, at);
    const texts = files.map(file => readIncluded(run, file, at, runFile));
    if (files.length > 1) markOrderDependent(run, before, path);
    return glob ? [] : [usedFile(run, texts[0]!, at)];
  });
}

/**
 * What Include makes of an error of the file that it read: `error(err:gsub("%[string.-%]", file), 0)`, for which only a text
 * is good (core/configmanager.lua).
 */
export function raisedByInclude(run: Run, fault: LuaFault, file: string): LuaFault {
  const { value, cause, syntax } = fault;
  if (syntax || value.kind === 'unknown') return fault;
  if (value.kind === 'table') return unplaced("attempt to call a nil value (method 'gsub')", cause!);
  if (value.kind !== 'string') return unplaced(`attempt to index a ${value.kind} value (local 'err')`, cause!);
  const text = faultText(run.builder, fault);
  return /\[string[\s\S]*?\]/.test(text)
    ? unplaced(
        text.replace(/\[string[\s\S]*?\]/g, () => file),
        cause!,
      )
    : fault;
}

function readIncluded(run: Run, path: string, at: Origin, runFile: RunFile): string {
  const read = run.files.readFile(path);
  if (!read.ok && read.problem === 'directory') throw unplaced(FOLDER_READ, at);
  if (!read.ok) throw unplaced(`Error loading included ${path}: ${fileError(path, read.problem)}`, at);
  runFile(path, read.text, at);
  return read.text;
}

/** Include gives back the file, which it has read to the end and left open. */
function usedFile(run: Run, text: string, at: Origin): Value {
  const file = fileHandle(run, text, at);
  callBack(run, index(run, file, string('read'), at, undefined), [file, string('a')], at);
  return file;
}

function globPath(folder: string, pattern: string): string {
  const head = pattern.slice(0, Math.max(0, pattern.length - baseName(pattern).length - 1));
  const resolved = head === '' ? folder : resolveRelativePath(folder, head);
  return `${resolved}/${baseName(pattern)}`;
}

/** The files that match, in the folder's own order: Prosody does not sort. Names that start with a dot are left out. */
function matching(run: Run, path: string, at: Origin): string[] {
  const glob = baseName(path);
  const folder = path.slice(0, path.length - glob.length - 1);
  const listed = run.files.readDirectory(folder === '' ? '/' : folder);
  if (!listed.ok) throw unplaced(`cannot open ${fileError(folder, listed.problem)}`, at);
  return listed.names.filter(name => !name.startsWith('.') && globMatches(glob, name)).map(name => `${folder}/${name}`);
}

/**
 * Two files of one folder that set the same option: which one wins depends on the order in which the file system lists
 * them, so the value is unknown, unless both say the same.
 */
function markOrderDependent(run: Run, from: number, path: string): void {
  const byOption = new Map<string, Map<string, Value>>();
  for (const setting of run.builder.settings.slice(from)) {
    if (setting.form === 'opening') continue;
    const key = `${setting.scope}\n${setting.name}`;
    const files = byOption.get(key) ?? new Map<string, Value>();
    byOption.set(key, files.set(setting.origin.file, setting.value));
  }
  for (const [key, files] of byOption) {
    const values = [...files.values()];
    if (values.every(value => alike(value, values[0]!))) continue;
    const [scope, name] = key.split('\n') as [string, string];
    const options = run.builder.options.get(scope);
    const option = options?.get(name);
    if (!options || !option) continue;
    const where = scope === GLOBAL ? 'the global section' : scope;
    const reason = `the order in which the folder lists the files of ${path}: ${files.size} of them set \`${name}\` in ${where}`;
    run.journal.write(options, name, { ...option, value: unknown(reason, option.setting.valueOrigin, values) });
  }
}
