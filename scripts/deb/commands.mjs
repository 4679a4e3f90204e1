// The commands and options of the program, as plain data for what is made of them: man pages and shell completions.
import { Writable } from 'node:stream';
import { buildProgram } from '../../packages/cli/dist/program.js';

/** Out: the whole program as `{ name, path, description, usage, arguments, options, commands }`, in the program's order. */
export function commandTree() {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const io = { stdout: nowhere, stderr: nowhere, stdin: process.stdin, env: {}, cwd: '/', isTTY: false, stderrIsTTY: false };
  return describe(
    buildProgram([], io, () => {}),
    [],
  );
}

/** Every command that does something, with the words that call it: `setup ldap`. In: the tree. */
export function leaves(command) {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

function describe(command, parents) {
  const path = [...parents, command.name()];
  const help = command.createHelp();
  return {
    name: command.name(),
    path: path.slice(1),
    description: command.description(),
    usage: help.commandUsage(command),
    arguments: command.registeredArguments.map(argument => ({
      name: argument.name(),
      description: argument.description,
      choices: argument.argChoices ?? [],
    })),
    options: help.visibleOptions(command).map(option => ({
      flags: option.flags,
      long: option.long ?? null,
      short: option.short ?? null,
      description: help.optionDescription(option),
      takes: option.required ? 'value' : option.optional ? 'optional' : null,
      choices: option.argChoices ?? [],
    })),
    commands: help
      .visibleCommands(command)
      .filter(child => child.name() !== 'help')
      .map(child => describe(child, path)),
  };
}
