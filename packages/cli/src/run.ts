import { type Command, CommanderError } from 'commander';
import type { Io } from './io.js';
import { buildProgram, prepareArguments } from './program.js';
import { CommandError, STATUS } from './status.js';

/**
 * Runs one command.
 * @param argv the arguments behind the program's name
 * @param io streams, environment and working directory
 * @returns the exit status (see `STATUS`); never throws and never ends the process
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    let status: number = STATUS.ok;
    const words = prepareArguments(argv);
    const program = buildProgram(words, io, result => {
      status = result;
    });
    hintAtHelp(program, program.name());
    await program.parseAsync(words, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError && error.code === 'commander.excessArguments' && argv.includes('--add-ldap2'))
      io.stderr.write('(a host is named behind an equals sign: --add-ldap2=HOST)\n');
    return failed(error, io);
  }
}

/** Behind an error, a command names its own help. */
function hintAtHelp(command: Command, words: string): void {
  const lists = command.parent === null ? 'commands and options' : command.commands.length > 0 ? 'its commands' : 'its options';
  command.showHelpAfterError(`(${words} --help lists ${lists})`);
  for (const each of command.commands) hintAtHelp(each, `${words} ${each.name()}`);
}

function failed(error: unknown, io: Io): number {
  // help and version come as errors too; commander has printed what there is to print
  if (error instanceof CommanderError) return error.exitCode === 0 ? STATUS.ok : STATUS.usage;
  const message = error instanceof Error ? error.message : String(error);
  if (CommandError.is(error)) io.stderr.write(`prosodist: ${message}\n`);
  else io.stderr.write(`prosodist: internal error: ${message.split('\n')[0]} (PROSODIST_DEBUG=1 shows where)\n`);
  if (io.env.PROSODIST_DEBUG === '1' && error instanceof Error) io.stderr.write(`${error.stack}\n`);
  return CommandError.is(error) ? error.status : STATUS.usage;
}
