import { type Disposable, ShellExecution, Task, type TaskDefinition, TaskGroup, TaskScope, tasks } from 'vscode';

interface ProsodistTask extends TaskDefinition {
  readonly command: string;
  readonly path?: string;
  readonly arguments?: string[];
}

/** Tasks of the type `prosodist`: the command line, with its findings among the problems. */
export function provideTasks(): Disposable {
  return tasks.registerTaskProvider('prosodist', {
    provideTasks: () => ['check', 'doctor'].map(command => taskOf({ type: 'prosodist', command })),
    resolveTask: task => taskOf(task.definition as ProsodistTask, task.scope),
  });
}

function taskOf(definition: ProsodistTask, scope: Task['scope'] = TaskScope.Workspace): Task {
  const { command, path = '.', arguments: more = [] } = definition;
  const compact = command === 'check' ? ['--format', 'compact'] : [];
  const execution = new ShellExecution('prosodist', [command, ...compact, ...more, path]);
  const task = new Task(definition, scope, command, 'prosodist', execution, ['$prosodist']);
  if (command === 'check') task.group = TaskGroup.Test;
  return task;
}
