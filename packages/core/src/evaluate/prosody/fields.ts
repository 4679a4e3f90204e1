import type { Run } from '../run.js';
import { native, unknown, type Value } from '../values.js';
import { credential, fileReader } from './contents.js';
import type { FileEnvironment } from './environment.js';
import { component, virtualHost } from './hosts.js';
import { include, type RunFile } from './include.js';

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
    RunScript: native('RunScript', (_, { at }) => [unknown('what a script returns', at)]),
  };
  if (run.version !== '0.12') {
    fields.FileContents = fileReader(run, environment, 'FileContents');
    fields.FileLine = fileReader(run, environment, 'FileLine');
    fields.FileLines = fileReader(run, environment, 'FileLines');
    fields.Credential = credential(run);
  }
  for (const [name, value] of Object.entries(fields)) environment.fields.set(name, value);
}
