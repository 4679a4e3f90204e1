import { runScript } from '../library/chunk.js';
import { folderOf } from '../paths.js';
import type { Run } from '../run.js';
import { NIL, native, type Origin, unknown, type Value } from '../values.js';
import { credential, fileReader, givenPath } from './contents.js';
import type { FileEnvironment } from './environment.js';
import { component, unplaced, virtualHost } from './hosts.js';
import { include, type RunFile } from './include.js';
import { fileError } from './messages.js';

/** The real fields of a file's environment: assigning to one of them overwrites it and sets no option. */
export function addFields(run: Run, environment: FileEnvironment, runFile: RunFile): void {
  const host = virtualHost(run, environment);
  const part = component(run, environment);
  const reader = include(run, environment, runFile);
  const fields: Record<string, Value> = {
    VirtualHost: host,
    Host: host,
    host,
    Component: part,
    component: part,
    Include: reader,
    include: reader,
    RunScript: native('RunScript', ([name = NIL], { at }) => runNamed(run, environment, name, at)),
  };
  if (run.version !== '0.12') {
    fields.FileContents = fileReader(run, environment, 'FileContents');
    fields.FileLine = fileReader(run, environment, 'FileLine');
    fields.FileLines = fileReader(run, environment, 'FileLines');
    fields.Credential = credential(run);
  }
  for (const [name, value] of Object.entries(fields)) environment.fields.set(name, value);
}

/** `RunScript "path"`: `dofile`, in Lua's plain globals and not in the configuration's (core/configmanager.lua). */
function runNamed(run: Run, environment: FileEnvironment, name: Value, at: Origin): readonly Value[] {
  if (name.kind === 'unknown') return [{ ...name, more: true }];
  // without a name `dofile` reads the standard input
  if (name.kind === 'nil') return [{ ...unknown('what stands in the standard input', at), more: true }];
  const path = givenPath(folderOf(environment.file), name, 'dofile', at);
  const read = run.files.readFile(path);
  if (!read.ok) throw unplaced(`cannot ${read.problem === 'directory' ? 'read' : 'open'} ${fileError(path, read.problem)}`, at);
  return runScript(run, path, read.text, at);
}
