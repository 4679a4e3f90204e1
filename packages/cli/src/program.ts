import { Command, InvalidArgumentError, Option } from 'commander';
import type { Io } from './io.js';
import { addChanges, type Runs } from './program-changes.js';
import { addDirectory } from './program-directory.js';
import { addSetup } from './program-setup.js';
import { CommandError } from './status.js';
import { VERSION } from './version.js';

/**
 * Only what names the commands and options is here: each command's code is loaded when it runs, so that help is quick.
 * @param argv the arguments; where the first one of them says that no other command than `check` is meant, the others are not made
 */
export function buildProgram(argv: readonly string[], io: Io, done: (status: number) => void): Command {
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
    .exitOverride()
    .addOption(
      new Option('--prosody <version>', 'version of Prosody to judge by (default: the installed one, else 13.0)').choices([
        '0.12',
        '13.0',
      ]),
    )
    .option('--format <format>', 'how to print: text (default) or json; check has more', collect)
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'))
    .option('--show-secrets', 'print passwords and other secrets instead of •••');
  const failOn = () =>
    new Option('--fail-on <severity>', 'exit with 1 from this severity on')
      .choices(['error', 'warning', 'info'])
      .default('warning');
  const preset = () => new Option('--preset <name>', 'which rules run').choices(['recommended', 'strict', 'security']);
  const noEntry = 'a file or folder (default: /etc/prosody/prosody.cfg.lua)';

  const add = (name: string, description: string, parent: Command = program) =>
    parent.command(name).description(description).helpOption('-h, --help', 'print help');
  /** What every command that writes can be told about it. */
  const addWriting = (name: string, description: string, parent?: Command) =>
    add(name, description, parent)
      .option('--write', 'write the files')
      .option('--diff', 'print the diff with --write too')
      .option('--backup [=SUFFIX]', 'also leave the old text beside each file (SUFFIX only behind =; .bak without one)')
      .option(
        '--verify <command>',
        'have a command accept the new files first, %s in it; luac and prosodyctl are known (repeatable)',
        collect,
      )
      .addOption(
        new Option('--write-mode <mode>', 'how a file gets its new text').choices(['auto', 'rename', 'in-place']).default('auto'),
      );
  const runs: Runs = load =>
    async function (this: Command) {
      const action = await load();
      done(await action(io, this.args, this.optsWithGlobals<never>()));
    };

  add('check', 'Report what is wrong with a configuration.')
    .argument('[path...]', 'files or folders; - reads standard input (default: /etc/prosody/prosody.cfg.lua)')
    .option('--stdin-filename <path>', 'what file the text on standard input is')
    .option('--as <path>', 'judge the one file that is named as if it were this one')
    .option('--fail-on <severity>', 'exit with 1 from this severity on: error, warning (default), info', severity)
    .option('--max-warnings <n>', 'exit with 1 for more warnings than these; of fewer only errors count', limit)
    .option('--quiet', 'print only what makes the check fail')
    .option('--statistics', 'count the findings of each rule')
    .option('--timing', 'print how long each rule takes')
    .option('--watch', 'check again whenever a file changes')
    .option('--output-file <file>', 'write there instead of to standard output')
    .option('--baseline <file>', 'report only what is not in this file')
    .option('--write-baseline', 'write what is found to the file of --baseline')
    .option('--prune-baseline', 'take out of the file of --baseline what is found no more')
    .addOption(preset())
    .option('--settings <file>', 'take this file, not the nearest prosodist.json')
    .option('--no-settings', 'take no prosodist.json')
    .addHelpText('after', FORMAT_HELP)
    .action(runs(async () => (await import('./commands/check.js')).check));
  if (ALONE.includes(argv[0])) return program;
  addWriting('fix', 'Repair what can be repaired; prints a diff unless --write is given.')
    .argument('[path]', noEntry)
    .option('--unsafe', 'take fixes that somebody has to look at')
    .option('--rule <name>', 'take the fixes of this rule only (repeatable)', collect)
    .addOption(preset())
    .option('--settings <file>', 'take this file, not the nearest prosodist.json')
    .option('--no-settings', 'take no prosodist.json')
    .option('--add-ldap2 [=HOST]', 'also let users of a directory log in to a virtual host (HOST only behind =)')
    .addOption(failOn())
    .action(runs(async () => (await import('./commands/fix.js')).fix));
  addWriting('upgrade', 'Report what another version of Prosody reads differently, refuses or ignores.')
    .argument('[path]', noEntry)
    .addOption(new Option('--to <version>', 'the version to go to').choices(['0.12', '13.0']).makeOptionMandatory())
    .option('--unsafe', 'take fixes that somebody has to look at')
    .addOption(preset())
    .option('--settings <file>', 'take this file, not the nearest prosodist.json')
    .option('--no-settings', 'take no prosodist.json')
    .addOption(failOn())
    .action(runs(async () => (await import('./commands/upgrade.js')).upgrade));
  add('show', 'Print what Prosody would have in memory.')
    .argument('[path]', noEntry)
    .option('--host <name>', 'one host or component, with what it takes over from the global section')
    .option('--option <name>', 'one option')
    .option('--origin', 'where each value was set, and what it overrode')
    .addOption(
      new Option('--modules', 'the modules of each host, and what enables them').conflicts(['option', 'origin', 'files']),
    )
    .addOption(
      new Option('--files', 'the files in the order of reading, and what includes them').conflicts(['host', 'option', 'origin']),
    )
    .action(runs(async () => (await import('./commands/show.js')).show));
  add('diff', 'Print what changes for Prosody between two trees.')
    .argument('<before>', 'a file or folder, or REVISION:PATH for a tree as a git revision has it')
    .argument('<after>', 'likewise')
    .action(runs(async () => (await import('./commands/diff.js')).diff));
  add('explain', "Print a rule's page.")
    .argument('<rule>', 'name of the rule')
    .action(runs(async () => (await import('./commands/explain.js')).explain));
  add('rules', 'List the rules.').action(runs(async () => (await import('./commands/rules.js')).rules));
  addChanges(addWriting, runs, noEntry);
  addDirectory(add, runs, noEntry);
  addSetup(addWriting, add, runs, noEntry);
  addWriting('undo', 'Take back what the last --write did; prints a diff unless --write is given.')
    .argument('[path]', noEntry)
    .addOption(new Option('--id <number>', 'take back this write, not the last').argParser(wholeNumber))
    .option('--list', 'print the writes that can be taken back')
    .action(runs(async () => (await import('./commands/undo.js')).undo));
  add('lsp', 'Serve editors (Language Server Protocol).')
    .option('--stdio', 'talk over standard input and output')
    .action(runs(async () => (await import('./commands/lsp.js')).lsp));
  return program;
}

/** Making all commands takes longer than these. */
const ALONE: readonly (string | undefined)[] = ['check', '--version', '-V'];

/** Options that take a value behind `=` only. */
const OPTIONAL = ['--add-ldap2', '--backup', '--guests'];

/**
 * `--add-ldap2` takes its host behind `=` only: `--add-ldap2 /etc/prosody` means the folder, as everybody who types it
 * means it. Commander would swallow the next word, so a bare one gets an empty host.
 */
export function prepareArguments(argv: readonly string[]): string[] {
  if (argv.length === 0)
    throw new CommandError('no command; `prosodist check` checks /etc/prosody, `prosodist --help` lists the rest');
  const end = argv.indexOf('--');
  return argv.map((argument, index) => (OPTIONAL.includes(argument) && (end < 0 || index < end) ? `${argument}=` : argument));
}

function wholeNumber(value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new InvalidArgumentError('`prosodist undo --list` shows the numbers.');
  return Number(value);
}

const FORMAT_HELP = `
Formats: text, compact, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson. --format may be given more than once,
each but one with a file: --format sarif=out.sarif --format text.`;

const SEVERITIES = ['error', 'warning', 'info'];

function severity(value: string): string {
  if (!SEVERITIES.includes(value)) throw new InvalidArgumentError(`Allowed choices are ${SEVERITIES.join(', ')}.`);
  return value;
}

function limit(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It is a number from 0 on.');
  return Number(value);
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
