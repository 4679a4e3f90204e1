import { Command, Option } from 'commander';
import type { GlobalOptions } from './context.js';
import type { Io } from './io.js';
import { CommandError } from './status.js';
import { VERSION } from './version.js';

/** Only what names the commands and options is here: each command's code is loaded when it runs, so that help is quick. */
export function buildProgram(io: Io, done: (status: number) => void): Command {
  const program = new Command('prosodist')
    .description('Checks and repairs the configuration of Prosody and Jitsi Meet.')
    .version(`prosodist ${VERSION} (Prosody 0.12, 13.0)`, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .configureOutput({
      writeOut: text => io.stdout.write(text),
      writeErr: text => io.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'prosodist: ')),
    })
    .configureHelp({ showGlobalOptions: true, helpWidth: 100 })
    .showHelpAfterError('(prosodist --help lists commands and options)')
    .exitOverride()
    .addOption(
      new Option('--prosody <version>', 'version of Prosody to judge by (default: the installed one, else 13.0)').choices([
        '0.12',
        '13.0',
      ]),
    )
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'))
    .option('--show-secrets', 'print passwords and other secrets instead of •••');
  const failOn = () =>
    new Option('--fail-on <severity>', 'exit with 1 from this severity on')
      .choices(['error', 'warning', 'info'])
      .default('warning');
  const noEntry = 'a file or folder (default: /etc/prosody/prosody.cfg.lua)';

  const add = (name: string, description: string) =>
    program.command(name).description(description).helpOption('-h, --help', 'print help');
  const runs = <Options>(
    load: () => Promise<(io: Io, argument: string[], options: Options & GlobalOptions) => Promise<number>>,
  ) =>
    async function (this: Command) {
      const action = await load();
      done(await action(io, this.args, this.optsWithGlobals<Options & GlobalOptions>()));
    };

  add('check', 'Report what is wrong with a configuration.')
    .argument('[path...]', 'files or folders; - reads standard input (default: /etc/prosody/prosody.cfg.lua)')
    .option('--stdin-filename <path>', 'what file the text on standard input is')
    .addOption(failOn())
    .action(runs(async () => (await import('./commands/check.js')).check));
  add('fix', 'Repair what can be repaired; prints a diff unless --write is given.')
    .argument('[path]', noEntry)
    .option('--write', 'write the files')
    .option('--diff', 'print the diff with --write too')
    .option('--unsafe', 'take fixes that somebody has to look at')
    .option('--rule <name>', 'take the fixes of this rule only (repeatable)', collect)
    .option('--add-ldap2 [=HOST]', 'also let users of a directory log in to a virtual host (HOST only behind =)')
    .addOption(failOn())
    .action(runs(async () => (await import('./commands/fix.js')).fix));
  add('show', 'Print what Prosody would have in memory.')
    .argument('[path]', noEntry)
    .option('--host <name>', 'one host or component, with what it takes over from the global section')
    .option('--option <name>', 'one option')
    .option('--origin', 'where each value was set, and what it overrode')
    .action(runs(async () => (await import('./commands/show.js')).show));
  add('diff', 'Print what changes for Prosody between two trees.')
    .argument('<before>', 'a file or folder, or REVISION:PATH for a tree as a git revision has it')
    .argument('<after>', 'likewise')
    .action(runs(async () => (await import('./commands/diff.js')).diff));
  add('explain', "Print a rule's page.")
    .argument('<rule>', 'name of the rule')
    .action(runs(async () => (await import('./commands/explain.js')).explain));
  add('rules', 'List the rules.').action(runs(async () => (await import('./commands/rules.js')).rules));
  add('patch', 'Change options by a list of operations; prints a diff unless --write is given.')
    .argument('[path]', noEntry)
    .requiredOption('-f, --file <operations>', 'JSON file with the operations; - reads standard input')
    .option('--write', 'write the files')
    .option('--diff', 'print the diff with --write too')
    .action(runs(async () => (await import('./commands/patch.js')).patch));
  add('lsp', 'Serve editors (Language Server Protocol).')
    .option('--stdio', 'talk over standard input and output')
    .action(runs(async () => (await import('./commands/lsp.js')).lsp));
  return program;
}

/**
 * `--add-ldap2` takes its host behind `=` only: `--add-ldap2 /etc/prosody` means the folder, as everybody who types it
 * means it. Commander would swallow the next word, so a bare one gets an empty host.
 */
export function prepareArguments(argv: readonly string[]): string[] {
  if (argv.length === 0)
    throw new CommandError('no command; `prosodist check` checks /etc/prosody, `prosodist --help` lists the rest');
  const end = argv.indexOf('--');
  return argv.map((argument, index) => (argument === '--add-ldap2' && (end < 0 || index < end) ? '--add-ldap2=' : argument));
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
